-- cells: the cells that the runs between two publications have touched, each as it stood in both. $1 number of the earlier,
-- $2 of the later one. Grain: series_key, period_start, period_end.
CREATE OR REPLACE TEMP TABLE cells AS
WITH touched AS (
    SELECT DISTINCT v.series_id, v.period_start, v.period_end
    FROM vintages AS v
    INNER JOIN snapshot_runs AS r USING (run_id)
    WHERE r.number > $1 AND r.number <= $2 AND NOT v.superfluous
),

stood AS (
    SELECT
        v.*,
        r.number
    FROM vintages AS v
    INNER JOIN touched AS t USING (series_id, period_start, period_end)
    INNER JOIN snapshot_runs AS r USING (run_id)
    WHERE NOT v.superfluous AND NOT v.aside AND r.number <= $2
)

SELECT
    d.series_key,
    d.freq,
    d.unit,
    s.period_start,
    s.period_end,
    count(*) FILTER (WHERE s.number <= $1) > 0 AS was_there,
    TRUE AS is_there,
    arg_max_null(s.value, s.known_at) FILTER (WHERE s.number <= $1) AS old_value,
    arg_max_null(s.value, s.known_at) AS new_value
FROM stood AS s
INNER JOIN series_dimensions AS d USING (series_id)
GROUP BY ALL;
