-- article_vintages: the articles that came in, each body once. Reads the registered relation `shown`.
-- A day stands for its last second. A later body of one address is known from its fetch on, whatever its own date says.
INSERT INTO article_vintages
SELECT
    article_id, source, url AS canonical_url, outlet, title, language, published_at, published_is_day, seen_at,
    topics, names, headline_only, free, shingles,
    CASE
        WHEN earlier_at IS NOT NULL THEN fetched_at
        WHEN published_at <= fetched_at
            THEN least(fetched_at, published_at + CASE WHEN published_is_day THEN INTERVAL 86399 SECOND ELSE INTERVAL 0 SECOND END)
        ELSE least(fetched_at, coalesce(seen_at, fetched_at))
    END AS known_at,
    fetched_at, run_id, payload_sha256, locator
FROM shown
WHERE NOT EXISTS (
    SELECT 1 FROM article_vintages AS a
    WHERE a.article_id = shown.article_id AND a.source = shown.source AND a.payload_sha256 = shown.payload_sha256
)
ORDER BY article_id, locator;
