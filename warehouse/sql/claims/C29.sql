-- C29: China's direct investment in Russia a year from 2022 on. The yearly mean that covers the longest span counts.
WITH found AS (
    SELECT
        max_by(value, period_end - period_start) AS computed,
        max_by(period, period_end - period_start) AS period
    FROM indicators
    WHERE indicator = 'cn_fdi_to_ru_usd' AND value IS NOT NULL AND year(period_start) >= 2022
)

SELECT
    computed,
    claim_status('C29', computed, computed < 1.2e9) AS status,
    CASE WHEN computed IS NULL THEN [] ELSE ['cn_fdi_to_ru_usd ' || period] END AS evidence,
    coalesce(
        format('{:.2f} billion dollars a year, mean of {}', computed / 1e9, period), 'no yearly mean of these years is held'
    ) AS why
FROM found;
