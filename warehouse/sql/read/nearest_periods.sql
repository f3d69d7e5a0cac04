-- The periods that come near a label, of a series ($1 its key) or of an indicator ($1 its name). $2 the label.
-- A label that names no day is compared as a text. Grain: period, nearest first.
WITH periods AS (
    SELECT DISTINCT period, period_end FROM observations WHERE series_key = $1
    UNION
    SELECT DISTINCT period, period_end FROM indicators WHERE indicator = $1
),

asked AS (
    SELECT
        coalesce(
            last_day(try_strptime(regexp_extract($2, '^[0-9]{4}-[0-9]{2}$'), '%Y-%m')),
            CAST(try_strptime(regexp_extract($2, '^[0-9]{4}-[0-9]{2}-[0-9]{2}'), '%Y-%m-%d') AS DATE),
            CAST(try_strptime(regexp_extract($2, '^[0-9]{4}') || '-12-31', '%Y-%m-%d') AS DATE)
        ) AS day
)

SELECT p.period
FROM periods AS p
CROSS JOIN asked AS a
ORDER BY
    length(p.period) <> length($2),
    abs(date_diff('day', p.period_end, a.day)),
    levenshtein(p.period, $2),
    p.period
LIMIT 4;
