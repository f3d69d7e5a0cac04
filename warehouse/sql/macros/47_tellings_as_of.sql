-- tellings_as_of(ts): every word for or against an event that stands at the instant ts (UTC): of an article that of its
-- newest body alone. `standing_of_source` is 0 for an official publisher, 1 for the curated reference, 2 for an outlet.
-- What a telling leaves out (target, product, project) it gets from the one fuller telling of the same matter.
-- Grain: source, payload_sha256, locator, event_type, actor, target, product, project.
CREATE OR REPLACE MACRO tellings_as_of(ts) AS TABLE
WITH shown AS (
    SELECT article_id, payload_sha256, source, outlet, canonical_url, story_id FROM articles_as_of(ts)
),

newest_edition AS (
    SELECT max(fetched_at) AS fetched_at FROM event_candidates WHERE source = 'reference_events'
),

words AS (
    SELECT
        c.*,
        row_number() OVER (ORDER BY c.source, c.payload_sha256, c.locator, c.event_type, c.actor, c.target, c.product, c.project) AS telling,
        event_kind(c.event_type, c.status) AS kind,
        coalesce(a.outlet, s.publisher) AS outlet,
        coalesce(a.canonical_url, s.url) AS canonical_url,
        coalesce(a.story_id, c.source || ' ' || c.locator) AS story_id,
        CASE
            WHEN c.source = 'reference_events' THEN 1
            WHEN s.official OR s.family = 'carmakers' THEN 0
            WHEN regexp_matches(a.canonical_url, '^https?://([^/]*\.)?(gov\.cn|gov\.ru|government\.ru|kremlin\.ru|cbr\.ru|eec\.eaeunion\.org|gazprom\.(com|ru)|rosneft\.(com|ru))/') THEN 0
            WHEN regexp_matches(a.canonical_url, '^https?://[^/]*\.gov\.cn/') THEN 0
            ELSE 2
        END AS standing_of_source,
        c.locator LIKE '% title chars %' OR c.locator LIKE '% lead chars %' AS in_heading
    FROM event_candidates AS c
    LEFT JOIN sources AS s USING (source)
    LEFT JOIN shown AS a ON c.article_id = a.article_id AND c.payload_sha256 = a.payload_sha256 AND c.source = a.source
    WHERE
        c.known_at <= CAST(ts AS TIMESTAMP)
        AND (c.article_id IS NULL OR a.article_id IS NOT NULL)
        AND (c.source <> 'reference_events' OR c.fetched_at IS NOT DISTINCT FROM (SELECT fetched_at FROM newest_edition))
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
        (w.target IS NULL OR w.product IS NULL OR w.project IS NULL)
        AND (
            (w.target IS NULL AND f.target IS NOT NULL) OR (w.product IS NULL AND f.product IS NOT NULL)
            OR (w.project IS NULL AND f.project IS NOT NULL)
        )
    GROUP BY w.telling
    HAVING count(DISTINCT concat_ws('|', coalesce(f.target, ''), coalesce(f.product, ''), coalesce(f.project, ''))) = 1
)

SELECT
    w.* REPLACE (
        coalesce(w.target, f.target) AS target,
        coalesce(w.product, f.product) AS product,
        coalesce(w.project, f.project) AS project
    )
FROM words AS w
LEFT JOIN fuller AS f USING (telling);
