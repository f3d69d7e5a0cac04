-- The names that come near a text: indicators, measures, series keys. $1 the text. Grain: name, nearest first.
WITH names AS (
    SELECT DISTINCT indicator AS name, 0 AS kind FROM indicators
    UNION
    SELECT DISTINCT measure AS name, 1 AS kind FROM series_dimensions
    UNION
    SELECT series_key AS name, 2 AS kind FROM series_dimensions
),

compared AS (
    SELECT
        name, kind,
        greatest(
            jaro_winkler_similarity(lower(name), lower($1)),
            CASE WHEN contains(lower(name), lower($1)) OR contains(lower($1), lower(name)) THEN 0.9 ELSE 0 END,
            1 - levenshtein(lower(name), lower($1)) / greatest(length(name), length($1))
        ) AS nearness
    FROM names
)

SELECT name
FROM compared
WHERE nearness >= 0.7
ORDER BY nearness DESC, kind, name
LIMIT 5;
