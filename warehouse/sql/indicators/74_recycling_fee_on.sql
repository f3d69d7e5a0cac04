-- recycling_fee_on(day, ts): what a car pays on a day, in roubles and at the Bank of Russia's newest rate on or before
-- that day in pounds, dollars and yuan, as known at the instant ts (UTC). Grain: car.
-- A rate that was set more than 14 days before is none: the money is then NULL, as it is for days to come. A car without
-- a level in force on that day has no row. `inputs`: the level, then the rates, each with its day.
CREATE OR REPLACE MACRO recycling_fee_on(day, ts) AS TABLE
WITH rates AS (
    SELECT
        product,
        max_by(value, period_start) AS rub,
        max_by(known_at, period_start) AS known_at,
        max_by(obs_status, period_start) AS obs_status,
        max_by(series_key || ' ' || period, period_start) AS input
    FROM observations_as_of(ts)
    WHERE
        measure = 'fx_rate' AND freq = 'D' AND unit = 'RUB' AND product IN ('GBP', 'USD', 'CNY') AND value > 0
        AND period_start BETWEEN CAST(day AS DATE) - 14 AND CAST(day AS DATE)
    GROUP BY product
),

beside AS (
    SELECT
        max(rub) FILTER (WHERE product = 'GBP') AS rub_per_gbp,
        max(rub) FILTER (WHERE product = 'USD') AS rub_per_usd,
        max(rub) FILTER (WHERE product = 'CNY') AS rub_per_cny,
        max(known_at) AS known_at,
        coalesce(list(obs_status), []) AS statuses,
        coalesce(list(input ORDER BY product), []) AS inputs
    FROM rates
)

SELECT
    f.car,
    f.in_force_from,
    f.in_force_until,
    f.fee_rub,
    f.fee_rub / b.rub_per_gbp AS fee_gbp,
    f.fee_rub / b.rub_per_usd AS fee_usd,
    f.fee_rub / b.rub_per_cny AS fee_cny,
    b.rub_per_gbp,
    b.rub_per_usd,
    b.rub_per_cny,
    computed_status([f.obs_status] || b.statuses) AS obs_status,
    greatest(f.known_at, coalesce(b.known_at, f.known_at)) AS known_at,
    f.inputs || b.inputs AS inputs
FROM recycling_fees_as_of(ts) AS f
CROSS JOIN beside AS b
WHERE
    f.in_force_from <= CAST(day AS DATE) AND (f.in_force_until IS NULL OR f.in_force_until >= CAST(day AS DATE));
