-- C16: car exports to Russia in the first half of 2025 against that of 2024. Where the half is not held, the shortest cumulative
-- figure of 2025 that holds it: it can support the claim, and not confirm it.
WITH candidates AS (
    SELECT period_end, value, indicator || ' ' || period AS ref, CASE freq WHEN 'H' THEN 0 ELSE 1 END AS place
    FROM indicators
    WHERE indicator = 'car_exports_to_ru_units_yoy' AND freq IN ('H', 'YTD')
    UNION ALL
    SELECT period_end, value, series_key || ' ' || period AS ref, 2 AS place
    FROM observations
    WHERE measure = 'quantity_yoy' AND reporter = 'CN' AND partner = 'RU' AND product IN ('8703', 'vehicles') AND freq = 'YTD'
),

found AS (
    SELECT
        min_by(value, (period_end, place, ref)) AS computed,
        min_by(ref, (period_end, place, ref)) AS ref,
        min(period_end) AS period_end
    FROM candidates
    WHERE period_end BETWEEN DATE '2025-06-30' AND DATE '2025-12-31' AND value IS NOT NULL
)

SELECT
    computed,
    CASE
        WHEN period_end > DATE '2025-06-30' AND computed < 0 THEN 'imprecise'
        WHEN period_end > DATE '2025-06-30' THEN 'unverifiable'
        ELSE claim_status('C16', computed, computed < 0)
    END AS status,
    CASE WHEN ref IS NULL THEN [] ELSE [ref] END AS evidence,
    CASE
        WHEN computed IS NULL THEN 'no comparison of the first half of 2025 is held'
        ELSE
            format('{:+.1f} % for January to {}', computed, strftime(period_end, '%B %Y'))
            || CASE WHEN period_end > DATE '2025-06-30' THEN '; the half alone is not held' ELSE '' END
    END AS why
FROM found;
