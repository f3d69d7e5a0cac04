-- event_words_as_of(ts): every word for or against an event that was known at the instant ts (UTC), each as its document has
-- it. It `stands` if its document is the newest: of an article the newest body alone, of any other document that of its
-- address, of the curated reference the newest edition. `standing_of_source` is 0 for an official publisher, 1 for the
-- curated reference, 2 for an outlet. `known_at` is when the same document first said so. `told_id` is a hash of what the
-- word is about and of the day: words with one `told_id` are always of one event. Grain: telling.
CREATE OR REPLACE MACRO event_words_as_of(ts) AS TABLE
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
    SELECT source, sha256 AS payload_sha256, TRUE AS is_followed
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
)

SELECT
    c.*,
    row_number() OVER (
        ORDER BY
            c.source, c.payload_sha256, c.locator, c.event_type, c.actor, c.target, c.product, c.project, c.event_date,
            c.status, c.value, c.modality
    ) AS telling,
    event_kind(c.event_type, c.status) AS kind,
    c.modality IN ('asserted', 'reported', 'sources', 'planned') AS happens,
    'e-' || substr(md5(concat_ws(
        '|', c.event_type, c.actor, coalesce(c.target, ''),
        CASE WHEN goods_tell_apart(c.event_type, c.project) THEN coalesce(c.product, '') ELSE '' END,
        coalesce(c.project, ''), event_kind(c.event_type, c.status), CAST(c.event_date AS VARCHAR)
    )), 1, 12) AS told_id,
    CASE
        WHEN c.source = 'reference_events' THEN c.fetched_at = (SELECT fetched_at FROM newest_edition)
        WHEN c.article_id IS NOT NULL THEN a.article_id IS NOT NULL
        ELSE f.is_followed IS NULL
    END AS stands,
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
LEFT JOIN followed AS f ON c.source = f.source AND c.payload_sha256 = f.payload_sha256;
