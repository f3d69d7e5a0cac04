-- answers: the indicators whose published row differs between two publications, each as it stood in both. $1 number of the
-- earlier, $2 of the later one. Grain: indicator, freq, period.
CREATE OR REPLACE TEMP TABLE answers AS
WITH old AS (
    SELECT * FROM indicator_history
    WHERE from_snapshot <= $1 AND (to_snapshot IS NULL OR to_snapshot > $1)
),

new AS (
    SELECT * FROM indicator_history
    WHERE from_snapshot <= $2 AND (to_snapshot IS NULL OR to_snapshot > $2)
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
        AND o.period_end = n.period_end
WHERE n.from_snapshot IS DISTINCT FROM o.from_snapshot;
