-- cells: every cell of two published files, attached as old_file and new_file, as it stands in both. Grain: series_key,
-- period_start, period_end.
CREATE OR REPLACE TEMP TABLE cells AS
WITH old AS (
    SELECT s.series_key, s.freq, s.unit, v.period_start, v.period_end, v.value
    FROM old_file.vintages AS v
    INNER JOIN old_file.series_dimensions AS s USING (series_id)
    WHERE v.known_to IS NULL AND NOT v.superfluous
),

new AS (
    SELECT s.series_key, s.freq, s.unit, v.period_start, v.period_end, v.value
    FROM new_file.vintages AS v
    INNER JOIN new_file.series_dimensions AS s USING (series_id)
    WHERE v.known_to IS NULL AND NOT v.superfluous
)

SELECT
    coalesce(n.series_key, o.series_key) AS series_key,
    coalesce(n.freq, o.freq) AS freq,
    coalesce(n.unit, o.unit) AS unit,
    coalesce(n.period_start, o.period_start) AS period_start,
    coalesce(n.period_end, o.period_end) AS period_end,
    o.series_key IS NOT NULL AS was_there,
    n.series_key IS NOT NULL AS is_there,
    o.value AS old_value,
    n.value AS new_value
FROM old AS o
FULL JOIN new AS n
    ON o.series_key = n.series_key AND o.period_start = n.period_start AND o.period_end = n.period_end;
