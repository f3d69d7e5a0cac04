-- What is exported: every public view, and the tables that are public themselves, column by column, in order.
-- `as_text` is the column as CSV holds it: lists and structures as JSON, a text that a spreadsheet would run as a
-- formula behind an apostrophe, anything else as it is.
SELECT
    name,
    column_name,
    type,
    coalesce(comment, '') AS meaning,
    CASE
        WHEN type LIKE '%[]' OR type LIKE 'STRUCT%'
            THEN format('CAST(to_json("{0}") AS VARCHAR) AS "{0}"', column_name)
        WHEN type = 'VARCHAR'
            THEN format(
                'CASE WHEN regexp_matches("{0}", ''^[=+\-@\t\r]'') THEN '''''''' || "{0}" ELSE "{0}" END AS "{0}"',
                column_name
            )
        ELSE format('"{0}"', column_name)
    END AS as_text
FROM dictionary
WHERE
    column_name IS NOT NULL
    AND (
        kind = 'view'
        OR name IN (
            'fetches', 'findings', 'quarantine', 'run_sources', 'runs', 'snapshot', 'sources', 'validations', 'watches'
        )
    )
ORDER BY name, position;
