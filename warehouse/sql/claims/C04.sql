-- C04: China among the buyers of Russia's oil and gas in 2024. What all buyers bought is published nowhere as one table: a
-- rank that somebody states, or a share above half, would settle it; what China bought alone does not.
WITH stated AS (
    SELECT
        CASE
            WHEN measure = 'rank' THEN value
            WHEN measure = 'share' AND value > 50 THEN 1
        END AS rank,
        series_key || ' ' || period AS ref
    FROM observations
    WHERE
        measure IN ('rank', 'share') AND reporter = 'RU' AND partner = 'CN' AND flow = 'X'
        AND product IN ('27', 'energy', 'oil and gas') AND freq = 'A' AND year(period_end) = 2024
),

settled AS (
    SELECT min(rank) AS computed, list(ref) FILTER (WHERE rank IS NOT NULL) AS refs FROM stated
),

bought AS (
    SELECT
        max(value) FILTER (WHERE indicator = 'energy_imports_usd') AS energy,
        max(value) FILTER (WHERE indicator = 'crude_import_t') AS crude,
        list(indicator || ' ' || period ORDER BY indicator) AS refs
    FROM indicators
    WHERE indicator IN ('energy_imports_usd', 'crude_import_t') AND freq = 'A' AND year(period_end) = 2024
)

SELECT
    s.computed,
    CASE
        WHEN s.computed IS NULL AND len(b.refs) > 0 THEN 'unverifiable'
        ELSE claim_status('C04', s.computed, FALSE)
    END AS status,
    coalesce(s.refs, b.refs, []) AS evidence,
    CASE
        WHEN s.computed IS NOT NULL THEN format('place {:.0f} among the buyers of 2024', s.computed)
        WHEN len(b.refs) > 0
            THEN
                concat(
                    'what China bought in 2024 is held',
                    format(' ({:.1f} million t of crude oil)', b.crude / 1e6),
                    ', what others bought is not'
                )
        ELSE 'no purchases of 2024 are held'
    END AS why
FROM settled AS s
CROSS JOIN bought AS b;
