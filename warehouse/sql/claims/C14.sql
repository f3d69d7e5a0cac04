-- C14: the fee of a new car of 1 to 2 litres brought in by a company on 1 January 2025: the newest level
-- that came into force in the year up to it.
WITH found AS (
    SELECT
        max_by(value, period_start) AS computed,
        max_by(indicator || ' ' || period, period_start) AS ref,
        max(period_start) AS since
    FROM indicators
    WHERE indicator = 'recycling_fee_rub' AND period_start BETWEEN DATE '2024-01-02' AND DATE '2025-01-01'
)

SELECT
    computed,
    claim_status('C14', computed, claim_near('C14', computed)) AS status,
    CASE WHEN ref IS NULL THEN [] ELSE [ref] END AS evidence,
    coalesce(
        format('{:,.0f} roubles, in force from {}', computed, strftime(since, '%Y-%m-%d')), 'no level of the fee is held'
    ) AS why
FROM found;
