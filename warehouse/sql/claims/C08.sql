-- C08: Lada's sales in 2025 so far against the same months of 2024, computed where both are held, else as AvtoVAZ or Autostat
-- printed it. The claim states a direction: any fall confirms it, whatever its size.
WITH candidates AS (
    SELECT period_end, value, indicator || ' ' || period AS ref, 0 AS place
    FROM indicators
    WHERE indicator = 'lada_sales_units_yoy' AND freq = 'YTD'
    UNION ALL
    SELECT
        period_end, value,
        series_key || ' ' || period AS ref,
        CASE WHEN dataset LIKE 'avtovaz%' THEN 1 ELSE 2 END AS place
    FROM observations
    WHERE measure = 'lada_sales_units_yoy' AND freq = 'YTD'
),

found AS (
    SELECT
        min_by(value, (-epoch(period_end), place)) AS computed,
        min_by(ref, (-epoch(period_end), place)) AS ref,
        max(period_end) AS period_end
    FROM candidates
    WHERE year(period_end) = 2025 AND value IS NOT NULL
)

SELECT
    computed,
    CASE
        WHEN computed IS NULL THEN 'no data'
        WHEN computed < 0 THEN 'confirmed'
        ELSE 'contradicted'
    END AS status,
    CASE WHEN ref IS NULL THEN [] ELSE [ref] END AS evidence,
    coalesce(
        format('{:+.1f} % for January to {}', computed, strftime(period_end, '%B %Y')), 'no comparison of 2025 with 2024 is held'
    ) AS why
FROM found;
