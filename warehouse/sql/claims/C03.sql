-- C03: the newest cumulative figure of 2025 up to November, the newest that had come out by the day of the claim, against the
-- same months of 2024: computed where both are held, else as printed.
WITH candidates AS (
    SELECT period_end, value, indicator || ' ' || period AS ref, 0 AS printed
    FROM indicators
    WHERE indicator = 'trade_total_yoy' AND freq = 'YTD'
    UNION ALL
    SELECT period_end, value, series_key || ' ' || period AS ref, 1 AS printed
    FROM observations
    WHERE
        measure = 'trade_value_yoy' AND dataset = 'gacc_by_country_yoy_usd' AND reporter = 'CN' AND partner = 'RU'
        AND flow = 'T' AND product = 'TOTAL' AND freq = 'YTD'
),

found AS (
    SELECT
        min_by(value, (-epoch(period_end), printed)) AS computed,
        min_by(ref, (-epoch(period_end), printed)) AS ref,
        max(period_end) AS period_end
    FROM candidates
    WHERE year(period_end) = 2025 AND period_end <= DATE '2025-11-30' AND value IS NOT NULL
)

SELECT
    computed,
    claim_status('C03', computed, computed < 0) AS status,
    CASE WHEN ref IS NULL THEN [] ELSE [ref] END AS evidence,
    coalesce(
        format('{:+.1f} % for January to {}', computed, strftime(period_end, '%B %Y')), 'no cumulative figure of 2025 is held'
    ) AS why
FROM found;
