-- revision_profile: how often, how far and how late a series moves. Grain: series_key. Sizes in percent, delays in days.
CREATE OR REPLACE VIEW revision_profile AS
WITH moved AS (
    SELECT
        series_key,
        count(*) AS revised,
        median(abs(change_pct)) AS median_change_pct,
        quantile_cont(abs(change_pct), 0.9) AS nine_in_ten_change_pct,
        median(days_between) AS median_days,
        quantile_cont(days_between, 0.9) AS nine_in_ten_days
    FROM revisions
    GROUP BY series_key
)

SELECT
    s.series_key,
    s.cells,
    coalesce(m.revised, 0) AS revised,
    coalesce(m.revised, 0) / s.cells AS revisions_per_cell,
    m.median_change_pct,
    m.nine_in_ten_change_pct,
    m.median_days,
    m.nine_in_ten_days
FROM series AS s
LEFT JOIN moved AS m USING (series_key);
