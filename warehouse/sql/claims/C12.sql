-- C12: the market of heavy trucks in 2025 so far against 2024: over 16 t as Autostat counts it, else from 14 t as KAMAZ counts
-- it, computed or printed; where no cumulative figure is held, what was stated of a month.
WITH candidates AS (
    SELECT period_end, value, indicator || ' ' || period AS ref, 0 AS place
    FROM indicators
    WHERE indicator IN ('ru_hcv_market_units_yoy', 'ru_hcv_market_units_ge14t_yoy') AND freq = 'YTD'
    UNION ALL
    SELECT
        period_end, value,
        series_key || ' ' || period AS ref,
        CASE WHEN freq = 'YTD' THEN 1 ELSE 2 END AS place
    FROM observations
    WHERE measure = 'ru_hcv_market_units_yoy' AND freq IN ('YTD', 'M')
    UNION ALL
    SELECT
        event_date AS period_end, value, event_id AS ref, 3 AS place
    FROM events
    WHERE event_type = 'flash_figure' AND product = 'heavy_truck_market' AND unit = 'percent'
),

found AS (
    SELECT
        min_by(value, (place > 1, -epoch(period_end), place, ref)) AS computed,
        min_by(ref, (place > 1, -epoch(period_end), place, ref)) AS ref,
        min_by(period_end, (place > 1, -epoch(period_end), place, ref)) AS period_end,
        min(place > 1) AS is_month
    FROM candidates
    WHERE year(period_end) = 2025 AND value IS NOT NULL
)

SELECT
    computed,
    claim_status('C12', computed, computed < 0) AS status,
    CASE WHEN ref IS NULL THEN [] ELSE [ref] END AS evidence,
    CASE
        WHEN computed IS NULL THEN 'no figure of the heavy truck market of 2025 is held'
        ELSE format(
                '{:+.1f} % {} {}', computed, CASE WHEN is_month THEN 'in' ELSE 'for January to' END,
                strftime(period_end, '%B %Y')
            )
    END AS why
FROM found;
