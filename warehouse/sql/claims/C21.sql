-- C21: the day from which China's duty on Russian thermal coal was zero; where the zero rate came, its latest start before 2024.
WITH found AS (
    SELECT
        max(period_start) AS day,
        arg_max(indicator || ' ' || period, period_start) AS ref
    FROM indicators
    WHERE indicator = 'coal_tariff_rate' AND value = 0 AND period_start < DATE '2024-01-01'
)

SELECT
    claim_day(day) AS computed,
    claim_status('C21', computed, claim_off('C21', computed) <= 366) AS status,
    CASE WHEN ref IS NULL THEN [] ELSE [ref] END AS evidence,
    coalesce('zero from ' || strftime(day, '%Y-%m-%d'), 'no zero duty is held') AS why
FROM found;
