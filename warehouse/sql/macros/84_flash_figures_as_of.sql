-- flash_figures_as_of(ts): figures that outlets printed, each beside the official figure of the same period once there is
-- one, as known at the instant ts (UTC). Grain: indicator, label, outlet, value.
--   hit            within 1 % of the official figure (a percentage: one point)
--   days_ahead     how many days before the official figure it was known here; negative: after it
CREATE OR REPLACE MACRO flash_figures_as_of(ts) AS TABLE
WITH printed AS MATERIALIZED (
    SELECT * FROM tellings_as_of(ts)
    WHERE event_type = 'flash_figure' AND standing_of_source = 2
),

official AS (
    SELECT * FROM (FROM official_customs_figures_as_of(ts) UNION ALL FROM official_vehicle_figures_as_of(ts))
    WHERE indicator IN (SELECT product FROM printed)
)

SELECT
    t.product AS indicator,
    t.status AS label,
    t.actor AS measured_by,
    t.outlet,
    t.value,
    t.unit,
    min(t.event_date) AS event_date,
    min(t.known_at) AS known_at,
    list(DISTINCT t.article_id ORDER BY t.article_id) AS article_ids,
    any_value(o.value) AS official_value,
    any_value(o.basis) AS official_basis,
    any_value(o.known_at) AS official_known_at,
    CASE WHEN t.unit = 'percent' THEN t.value - any_value(o.value) ELSE 100 * (t.value / nullif(any_value(o.value), 0) - 1) END AS difference,
    CASE
        WHEN any_value(o.value) IS NULL THEN NULL
        WHEN t.unit = 'percent' THEN abs(t.value - any_value(o.value)) <= 1
        ELSE abs(t.value / nullif(any_value(o.value), 0) - 1) <= 0.01
    END AS hit,
    date_diff('day', min(t.known_at), any_value(o.known_at)) AS days_ahead
FROM printed AS t
LEFT JOIN official AS o ON t.product = o.indicator AND t.status = o.label
GROUP BY t.product, t.status, t.actor, t.outlet, t.value, t.unit;
