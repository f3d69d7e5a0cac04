-- C02: the year with the most trade, of the years up to 2024 that are held. One year alone is no comparison, and neither is
-- a row of years without 2023 and 2024.
WITH years AS (
    SELECT year(period_end) AS year, value, indicator || ' ' || period AS ref
    FROM indicators
    WHERE indicator = 'trade_total_usd' AND freq = 'A' AND value IS NOT NULL AND year(period_end) <= 2024
),

found AS (
    SELECT
        CASE WHEN count(*) FILTER (WHERE year IN (2023, 2024)) = 2 THEN CAST(max_by(year, value) AS DOUBLE) END AS computed,
        count(*) AS held,
        min(year) AS since,
        max(value) AS highest,
        list(ref ORDER BY value DESC) AS refs
    FROM years
)

SELECT
    computed,
    claim_status('C02', computed, FALSE) AS status,
    coalesce(refs, []) AS evidence,
    CASE
        WHEN computed IS NULL THEN 'the totals of 2023 and 2024 are not both held'
        ELSE format('{:.0f} with {:.1f} billion dollars, of {} years held since {}', computed, highest / 1e9, held, since)
    END AS why
FROM found;
