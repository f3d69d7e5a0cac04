-- code_vintages: the entries that are new, or worded otherwise than before. Reads the registered relation `listed`.
INSERT INTO code_vintages
SELECT
    source, codelist, code, name, iso, valid_from, valid_to, known_at,
    NULL AS known_to,
    run_id, payload_sha256, locator
FROM (
    SELECT DISTINCT ON (source, codelist, code) *
    FROM listed
    ORDER BY source, codelist, code, known_at DESC, locator
) AS l
WHERE NOT EXISTS (
    SELECT 1 FROM code_vintages AS c
    WHERE c.source = l.source AND c.codelist = l.codelist AND c.code = l.code AND c.known_to IS NULL
)
ORDER BY source, codelist, code;
