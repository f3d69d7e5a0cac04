-- dictionary: what every public table, view, column and macro of this database means. Grain: name, column_name.
-- Tables that serve the writer alone are left out. It finds its own database, under whatever name that is attached.
CREATE OR REPLACE VIEW dictionary AS
WITH home AS (
    SELECT database_oid
    FROM duckdb_views()
    WHERE view_name = 'dictionary' AND NOT internal
),

relations AS (
    SELECT
        database_oid,
        table_name AS name,
        'table' AS kind,
        comment
    FROM duckdb_tables()
    WHERE
        NOT internal
        AND table_name NOT IN ('schema_versions', 'definitions', 'pending_publication', 'robots', 'absences')
    UNION ALL
    SELECT
        database_oid,
        view_name AS name,
        'view' AS kind,
        comment
    FROM duckdb_views()
    WHERE NOT internal
),

described AS (
    SELECT
        name, kind,
        CAST(NULL AS VARCHAR) AS column_name,
        0 AS position,
        CAST(NULL AS VARCHAR) AS type,
        comment
    FROM relations
    SEMI JOIN home USING (database_oid)
    UNION ALL
    SELECT
        r.name, r.kind, c.column_name,
        c.column_index AS position,
        c.data_type AS type,
        c.comment
    FROM relations AS r
    SEMI JOIN home USING (database_oid)
    INNER JOIN duckdb_columns() AS c ON r.database_oid = c.database_oid AND r.name = c.table_name
    UNION ALL
    SELECT
        f.function_name AS name,
        'macro' AS kind,
        CAST(NULL AS VARCHAR) AS column_name,
        0 AS position,
        f.function_name || '(' || array_to_string(f.parameters, ', ') || ')' AS type,
        f.comment
    FROM duckdb_functions() AS f
    SEMI JOIN home USING (database_oid)
    WHERE f.function_type IN ('macro', 'table_macro') AND NOT f.internal
)

SELECT name, kind, column_name, position, type, comment
FROM described
ORDER BY kind, name, position;
