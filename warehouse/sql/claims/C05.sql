-- C05: China among Russia's suppliers in 2024. Russia has printed no imports by country since early 2022: a rank that
-- somebody states, or a share above half, would settle it; shares of earlier years do not.
WITH stated AS (
    SELECT
        measure, value, period, period_end,
        series_key || ' ' || period AS ref,
        year(period_end) = 2024 AND freq = 'A' AND (measure = 'rank' OR value > 50) AS settles
    FROM observations
    WHERE
        measure IN ('rank', 'share') AND reporter = 'RU' AND partner = 'CN' AND flow = 'M' AND product = 'TOTAL'
        AND value IS NOT NULL
),

found AS (
    SELECT
        min(CASE measure WHEN 'rank' THEN value ELSE 1 END) FILTER (WHERE settles) AS computed,
        list(ref) FILTER (WHERE settles) AS settling,
        list(ref ORDER BY period_end) AS refs,
        max_by(value, period_end) FILTER (WHERE measure = 'share') AS newest_share,
        max_by(period, period_end) FILTER (WHERE measure = 'share') AS newest_period
    FROM stated
)

SELECT
    computed,
    CASE
        WHEN computed IS NULL AND len(refs) > 0 THEN 'unverifiable'
        ELSE claim_status('C05', computed, FALSE)
    END AS status,
    coalesce(settling, refs, []) AS evidence,
    CASE
        WHEN computed IS NOT NULL THEN format('place {:.0f} among the suppliers of 2024', computed)
        WHEN newest_share IS NOT NULL
            THEN
                format(
                    'no rank of 2024 is held; the newest share of Russia''s imports is {:.1f} % up to {}', newest_share,
                    newest_period
                )
        ELSE 'no share and no rank among Russia''s suppliers is held'
    END AS why
FROM found;
