-- event_candidates: what the documents say that came in, each once. Reads the registered relation `told`.
-- What an article tells is kept with the body that was entered for it: `add_articles` has run. A day stands for its last
-- second; the own date of a document counts only if it lies not after the fetch and, where an earlier body of the
-- document had been fetched, after that.
INSERT INTO event_candidates BY NAME
WITH arriving AS (
    SELECT
        *,
        CASE WHEN published_is_day THEN published_at + INTERVAL 86399 SECOND ELSE published_at END AS claimed_at
    FROM told
    WHERE
        article_id IS NULL
        OR (article_id, source, payload_sha256) IN (SELECT (article_id, source, payload_sha256) FROM article_vintages)
)

SELECT
    source, event_type, event_date, precision, effective_on, actor, target, product, project, status, value, unit,
    asserted_by, side, modality, article_id, sentence, pattern, published_at,
    CASE
        WHEN published_at <= fetched_at AND (earlier_at IS NULL OR claimed_at > earlier_at) THEN least(fetched_at, claimed_at)
        ELSE fetched_at
    END AS known_at,
    fetched_at, run_id, payload_sha256, locator
FROM arriving AS a
WHERE NOT EXISTS (
    SELECT 1 FROM event_candidates AS e
    WHERE
        e.source = a.source AND e.payload_sha256 = a.payload_sha256 AND e.locator = a.locator
        AND e.event_type = a.event_type AND e.actor = a.actor AND e.event_date = a.event_date AND e.status = a.status
        AND e.target IS NOT DISTINCT FROM a.target AND e.product IS NOT DISTINCT FROM a.product
        AND e.project IS NOT DISTINCT FROM a.project AND e.modality = a.modality
        AND e.article_id IS NOT DISTINCT FROM a.article_id
)
ORDER BY event_date, locator;
