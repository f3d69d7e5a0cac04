-- event_candidates: what the documents say that came in, each once. Reads the registered relation `told`.
-- A day stands for its last second; the own date of a document counts only if it lies not after the fetch, and not for
-- a later body of an address.
INSERT INTO event_candidates BY NAME
SELECT
    source, event_type, event_date, precision, effective_on, actor, target, product, project, status, value, unit,
    asserted_by, side, modality, article_id, sentence, pattern, published_at,
    CASE
        WHEN earlier_at IS NULL AND published_at <= fetched_at
            THEN least(fetched_at, published_at + CASE WHEN published_is_day THEN INTERVAL 86399 SECOND ELSE INTERVAL 0 SECOND END)
        ELSE fetched_at
    END AS known_at,
    fetched_at, run_id, payload_sha256, locator
FROM told
WHERE NOT EXISTS (
    SELECT 1 FROM event_candidates AS e
    WHERE
        e.source = told.source AND e.payload_sha256 = told.payload_sha256 AND e.locator = told.locator
        AND e.event_type = told.event_type AND e.actor = told.actor
        AND e.target IS NOT DISTINCT FROM told.target AND e.product IS NOT DISTINCT FROM told.product
        AND e.project IS NOT DISTINCT FROM told.project AND e.modality = told.modality
)
ORDER BY event_date, locator;
