-- tellings_as_of(ts): every word for or against an event that stands at the instant ts (UTC): of an article that of its
-- newest body alone, of any other document that of the newest body of its address, of the curated reference that of its
-- newest edition. `standing_of_source` is 0 for an official publisher, 1 for the curated reference, 2 for an outlet.
-- What a telling leaves out (target, product, project) it gets from fuller tellings of the same matter, where they agree;
-- `known_at` is when the same document first said so. Grain: telling.
CREATE OR REPLACE MACRO tellings_as_of(ts) AS TABLE
WITH shown AS (
    SELECT article_id, payload_sha256, source, outlet, canonical_url, story_id FROM articles_as_of(ts)
),

newest_edition AS (
    SELECT max(fetched_at) AS fetched_at FROM event_candidates WHERE source = 'reference_events'
),

addresses AS (
    SELECT source, url, sha256, max(fetched_at) AS last_fetched_at
    FROM payloads
    WHERE state = 'loaded' AND fetched_at <= CAST(ts AS TIMESTAMP)
    GROUP BY source, url, sha256
),

-- bodies that another one has followed at every address at which they stood
followed AS (
    SELECT source, sha256
    FROM (SELECT *, last_fetched_at < max(last_fetched_at) OVER (PARTITION BY source, url) AS is_followed FROM addresses)
    GROUP BY source, sha256
    HAVING bool_and(is_followed)
),

first_told AS (
    SELECT
        * REPLACE (min(known_at) OVER (
            PARTITION BY
                source, coalesce(article_id, source), event_type, event_date, actor, target, product, project, status, value,
                modality
        ) AS known_at)
    FROM event_candidates
    WHERE known_at <= CAST(ts AS TIMESTAMP)
),

words AS (
    SELECT
        c.*,
        row_number() OVER (
            ORDER BY c.source, c.payload_sha256, c.locator, c.event_type, c.actor, c.target, c.product, c.project, c.event_date, c.status, c.value
        ) AS telling,
        event_kind(c.event_type, c.status) AS kind,
        coalesce(a.outlet, s.publisher) AS outlet,
        coalesce(a.canonical_url, s.url) AS canonical_url,
        coalesce(a.story_id, c.source || ' ' || c.locator) AS story_id,
        CASE
            WHEN c.source = 'reference_events' THEN 1
            WHEN s.official OR s.family = 'carmakers' THEN 0
            WHEN regexp_matches(a.canonical_url, '^https?://([^/]*\.)?(gov\.cn|gov\.ru|government\.ru|kremlin\.ru|cbr\.ru|eec\.eaeunion\.org|gazprom\.(com|ru)|rosneft\.(com|ru))/') THEN 0
            ELSE 2
        END AS standing_of_source,
        c.locator LIKE '% title chars %' OR c.locator LIKE '% lead chars %' AS in_heading
    FROM first_told AS c
    LEFT JOIN sources AS s USING (source)
    LEFT JOIN shown AS a ON c.article_id = a.article_id AND c.payload_sha256 = a.payload_sha256 AND c.source = a.source
    WHERE
        CASE
            WHEN c.source = 'reference_events' THEN c.fetched_at = (SELECT fetched_at FROM newest_edition)
            WHEN c.article_id IS NOT NULL THEN a.article_id IS NOT NULL
            ELSE (c.source, c.payload_sha256) NOT IN (SELECT (source, sha256) FROM followed)
        END
),

fuller AS (
    SELECT
        w.telling,
        min(f.target) AS target,
        min(f.product) AS product,
        min(f.project) AS project
    FROM words AS w
    INNER JOIN words AS f
        ON
            w.event_type = f.event_type AND w.actor = f.actor AND w.kind = f.kind
            AND abs(date_diff('day', w.event_date, f.event_date)) <= event_days_apart(w.event_type)
            AND (w.target IS NULL OR w.target = f.target)
            AND (w.product IS NULL OR w.product = f.product)
            AND (w.project IS NULL OR w.project = f.project)
    WHERE
        f.modality IN ('asserted', 'reported', 'sources', 'planned')
        AND (
            (w.target IS NULL AND f.target IS NOT NULL) OR (w.product IS NULL AND f.product IS NOT NULL)
            OR (w.project IS NULL AND f.project IS NOT NULL)
        )
    GROUP BY w.telling
    HAVING count(DISTINCT f.target) <= 1 AND count(DISTINCT f.product) <= 1 AND count(DISTINCT f.project) <= 1
)

SELECT
    w.* REPLACE (
        coalesce(w.target, f.target) AS target,
        coalesce(w.product, f.product) AS product,
        coalesce(w.project, f.project) AS project
    )
FROM words AS w
LEFT JOIN fuller AS f USING (telling);
