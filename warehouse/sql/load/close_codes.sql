-- code_vintages: entries that a newer edition of their list words otherwise, or no longer holds, end with its fetch.
-- Reads the registered relation `listed` (a row an entry of the lists that came in).
UPDATE code_vintages
SET known_to = e.edition_at
FROM (
    SELECT
        source, codelist,
        max(known_at) AS edition_at
    FROM listed
    GROUP BY ALL
) AS e
WHERE
    code_vintages.source = e.source
    AND code_vintages.codelist = e.codelist
    AND code_vintages.known_to IS NULL
    AND code_vintages.known_at < e.edition_at
    AND NOT EXISTS (
        SELECT 1 FROM listed AS l
        WHERE
            l.source = code_vintages.source AND l.codelist = code_vintages.codelist AND l.code = code_vintages.code
            AND l.name = code_vintages.name
            AND l.iso IS NOT DISTINCT FROM code_vintages.iso
            AND l.valid_from IS NOT DISTINCT FROM code_vintages.valid_from
            AND l.valid_to IS NOT DISTINCT FROM code_vintages.valid_to
    );
