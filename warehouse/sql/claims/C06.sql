-- C06: cars (HS 8703) to Russia in 2024 over 2022; where a year is known as all vehicles alone, the indicator's grade says so.
WITH found AS (
    SELECT
        max(value) AS computed,
        list(indicator || ' ' || period) AS refs,
        any_value(grade) AS grade
    FROM indicators
    WHERE indicator = 'car_exports_to_ru_units_ratio_2022' AND freq = 'A' AND year(period_end) = 2024
),

years AS (
    SELECT
        max(value) FILTER (WHERE year(period_end) = 2022) AS units_2022,
        max(value) FILTER (WHERE year(period_end) = 2024) AS units_2024
    FROM indicators
    WHERE indicator = 'car_exports_to_ru_units' AND freq = 'A'
)

SELECT
    f.computed,
    claim_status('C06', f.computed, f.computed > 1) AS status,
    coalesce(f.refs, []) AS evidence,
    CASE
        WHEN f.computed IS NULL THEN 'units of 2022 and 2024 are not both held'
        ELSE
            format('{:.1f} times', f.computed)
            || coalesce(format(': {:,.0f} units in 2024 over {:,.0f} in 2022', y.units_2024, y.units_2022), '')
            || CASE WHEN f.grade = 'do not quote' THEN ', of two counts with different scope' ELSE '' END
    END AS why
FROM found AS f
CROSS JOIN years AS y;
