-- C27: what China saved from January 2022 to June 2024, month by month, Gulf against Russian unit value times Russian tonnes.
-- Below nine tenths of the months it is not said either way; what Rosneft stated is the claim itself and no check of it.
WITH found AS (
    SELECT
        max_by(value, period_end) AS value,
        max_by(coverage * (date_diff('month', DATE '2022-01-01', period_end) + 1), period_end) / 30 AS share_of_months,
        max_by(indicator || ' ' || period, period_end) AS ref
    FROM indicators
    WHERE indicator = 'crude_savings_usd_cum' AND period_end <= DATE '2024-06-30'
),

stated AS (
    SELECT max(value) AS value, list(indicator || ' ' || period) AS refs
    FROM indicators
    WHERE indicator = 'crude_savings_published_usd' AND period = '2024-06'
)

SELECT
    CASE WHEN f.share_of_months >= 0.9 THEN f.value END AS computed,
    CASE
        WHEN computed IS NULL AND (f.value IS NOT NULL OR s.value IS NOT NULL) THEN 'unverifiable'
        ELSE claim_status('C27', computed, computed > 0)
    END AS status,
    CASE WHEN f.ref IS NULL THEN [] ELSE [f.ref] END || coalesce(s.refs, []) AS evidence,
    CASE
        WHEN computed IS NOT NULL
            THEN format('{:.1f} billion dollars over {:.0f} of 30 months', f.value / 1e9, 30 * f.share_of_months)
        WHEN f.value IS NOT NULL
            THEN
                format(
                    '{:.1f} billion dollars over {:.0f} of 30 months: too few to say', f.value / 1e9, 30 * f.share_of_months
                )
        WHEN s.value IS NOT NULL THEN 'only the statement itself is held, without a method'
        ELSE 'neither unit values nor a statement are held'
    END AS why
FROM found AS f
CROSS JOIN stated AS s;
