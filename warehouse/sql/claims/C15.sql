-- C15: 667,000 roubles in pounds at the Bank of Russia's newest rate in the 14 days up to the day of the claim, else at the mean
-- of December 2025.
WITH rates AS (
    SELECT
        max_by(value, period_start) FILTER (
            WHERE freq = 'D' AND period_start BETWEEN DATE '2025-12-06' AND DATE '2025-12-20'
        ) AS of_day,
        max_by(indicator || ' ' || period, period_start) FILTER (
            WHERE freq = 'D' AND period_start BETWEEN DATE '2025-12-06' AND DATE '2025-12-20'
        ) AS ref_of_day,
        max(value) FILTER (WHERE freq = 'M' AND period = '2025-12') AS of_month,
        max(indicator || ' ' || period) FILTER (WHERE freq = 'M' AND period = '2025-12') AS ref_of_month
    FROM indicators
    WHERE indicator = 'fx_rub_per_gbp'
)

SELECT
    667000 / nullif(coalesce(of_day, of_month), 0) AS computed,
    claim_status('C15', computed, claim_near('C15', computed)) AS status,
    CASE WHEN computed IS NULL THEN [] ELSE [coalesce(ref_of_day, ref_of_month)] END AS evidence,
    coalesce(
        format('{:,.0f} pounds at {:.2f} roubles a pound', computed, coalesce(of_day, of_month)),
        'no rate of the pound in December 2025 is held'
    ) AS why
FROM rates;
