-- C01: China's trade with Russia in 2024, all goods, both directions. A record: no year before it that is held is above it; without one there is no telling.
WITH years AS (
    SELECT year(period_end) AS year, value, indicator || ' ' || period AS ref
    FROM indicators
    WHERE indicator = 'trade_total_usd' AND freq = 'A' AND value IS NOT NULL AND year(period_end) <= 2024
),

found AS (
    SELECT
        max(value) FILTER (WHERE year = 2024) AS computed,
        max(value) FILTER (WHERE year < 2024) AS before,
        max_by(year, value) FILTER (WHERE year < 2024) AS year_before,
        list(ref) FILTER (WHERE year = 2024) AS refs
    FROM years
)

SELECT
    computed,
    CASE
        WHEN computed IS NOT NULL AND before IS NULL THEN 'unverifiable'
        WHEN before >= computed THEN 'contradicted'
        ELSE claim_status('C01', computed, computed > before)
    END AS status,
    coalesce(refs, []) AS evidence,
    coalesce(
        concat(
            format('{:.1f} billion dollars in 2024', computed / 1e9),
            coalesce(
                format('; the highest year before that is held is {} with {:.1f}', year_before, before / 1e9),
                '; no year before is held'
            )
        ),
        'no total of 2024 is held'
    ) AS why
FROM found;
