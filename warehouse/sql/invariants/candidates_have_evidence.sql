-- What a document says to have happened leads to an archived payload, and to a body of its article where it has one; it
-- was known by its fetch, and what the document makes of it is told in a word that `events` knows.
SELECT e.source, e.payload_sha256, e.locator
FROM event_candidates AS e
ANTI JOIN payloads AS p ON e.source = p.source AND e.payload_sha256 = p.sha256
UNION ALL
SELECT e.source, e.payload_sha256, e.locator
FROM event_candidates AS e
ANTI JOIN article_vintages AS a
    ON e.article_id = a.article_id AND e.source = a.source AND e.payload_sha256 = a.payload_sha256
WHERE e.article_id IS NOT NULL
UNION ALL
SELECT source, payload_sha256, locator
FROM event_candidates
WHERE
    known_at > fetched_at
    OR modality NOT IN ('asserted', 'reported', 'sources', 'planned', 'hypothetical', 'denied', 'cancelled');
