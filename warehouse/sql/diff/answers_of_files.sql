-- answers: the indicators of two published files, attached as old_file and new_file, as they stand in both. Grain:
-- indicator, freq, period.
CREATE OR REPLACE TEMP TABLE answers AS
WITH old AS (
    SELECT * FROM old_file.indicator_history
    WHERE to_snapshot IS NULL
),

new AS (
    SELECT * FROM new_file.indicator_history
    WHERE to_snapshot IS NULL
)

SELECT
    coalesce(n.indicator, o.indicator) AS indicator,
    coalesce(n.freq, o.freq) AS freq,
    coalesce(n.period_start, o.period_start) AS period_start,
    coalesce(n.period_end, o.period_end) AS period_end,
    coalesce(n.unit, o.unit) AS unit,
    o.indicator IS NOT NULL AS was_there,
    n.indicator IS NOT NULL AS is_there,
    o.value AS old_value,
    n.value AS new_value,
    o.method AS old_method,
    n.method AS new_method,
    row(n.known_at, n.inputs) <> row(o.known_at, o.inputs) AS moved
FROM old AS o
FULL JOIN new AS n
    ON
        o.indicator = n.indicator AND o.freq = n.freq AND o.period_start = n.period_start
        AND o.period_end = n.period_end;
