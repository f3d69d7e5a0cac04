-- article_vintages: the articles that came in, each body once. Reads the registered relation `shown`.
-- A heading that a later feed shows as it was is no new body, whatever else that feed holds: it is entered again only
-- where it differs from what the same source showed last. A day stands for its last second; the article's own date counts
-- only if it lies not after the fetch and, where an earlier body of the document had been fetched, after that.
INSERT INTO article_vintages
WITH arriving AS (
    SELECT
        article_id, source, url AS canonical_url, outlet, title, language, published_at, published_is_day, seen_at,
        topics, names, headline_only, free, shingles,
        CASE WHEN published_is_day THEN published_at + INTERVAL 86399 SECOND ELSE published_at END AS claimed_at,
        fetched_at, earlier_at, run_id, payload_sha256, locator
    FROM shown
    QUALIFY row_number() OVER (PARTITION BY article_id, source, payload_sha256, fetched_at ORDER BY headline_only, locator) = 1
),

bodies AS (
    SELECT
        article_id, source, headline_only, fetched_at, payload_sha256, TRUE AS is_new,
        CASE WHEN headline_only THEN hash(title, language, published_at, topics, names, free, shingles) ELSE hash(payload_sha256) END AS content
    FROM arriving
    UNION ALL
    SELECT
        article_id, source, headline_only, fetched_at, payload_sha256, FALSE AS is_new,
        CASE WHEN headline_only THEN hash(title, language, published_at, topics, names, free, shingles) ELSE hash(payload_sha256) END AS content
    FROM article_vintages
    WHERE article_id IN (SELECT article_id FROM arriving)
),

differing AS (
    SELECT *
    FROM bodies
    WINDOW one_article AS (PARTITION BY article_id, source, headline_only ORDER BY fetched_at, is_new, payload_sha256)
    QUALIFY is_new AND content IS DISTINCT FROM lag(content) OVER one_article
)

SELECT
    a.article_id, a.source, a.canonical_url, a.outlet, a.title, a.language, a.published_at, a.published_is_day, a.seen_at,
    a.topics, a.names, a.headline_only, a.free, a.shingles,
    CASE
        WHEN a.published_at <= a.fetched_at AND (a.earlier_at IS NULL OR a.claimed_at > a.earlier_at) THEN least(a.fetched_at, a.claimed_at)
        WHEN a.published_at IS NULL AND (a.earlier_at IS NULL OR a.seen_at > a.earlier_at) THEN least(a.fetched_at, a.seen_at)
        ELSE a.fetched_at
    END AS known_at,
    a.fetched_at, a.run_id, a.payload_sha256, a.locator
FROM arriving AS a
INNER JOIN differing AS d USING (article_id, source, headline_only, payload_sha256, fetched_at)
ORDER BY a.article_id, a.fetched_at, a.locator;
