-- flash_figures_as_of(ts): figures that outlets printed, each beside the official figure of the same period once there is
-- one, as known at the instant ts (UTC). Grain: indicator, label, outlet, value.
--   hit            within 1 % of the official figure (a percentage: one point)
--   days_ahead     how many days before the official figure it was known here; negative: after it
CREATE OR REPLACE MACRO flash_figures_as_of(ts) AS TABLE
WITH official AS (
    SELECT
        indicator,
        CASE
            WHEN freq = 'A' THEN period || ' A'
            WHEN freq = 'M' THEN period
            ELSE year(period_end) || '-01..' || strftime(period_end, '%Y-%m')
        END AS label,
        arg_min(value, known_at) AS value,
        min(known_at) AS known_at,
        any_value(basis) AS basis
    FROM indicators_as_of(ts)
    WHERE basis <> 'news' AND freq IN ('M', 'YTD', 'A') AND NOT starts_with(indicator, 'news_volume')
    GROUP BY ALL
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
FROM tellings_as_of(ts) AS t
LEFT JOIN official AS o ON t.product = o.indicator AND t.status = o.label
WHERE t.event_type = 'flash_figure' AND t.standing_of_source = 2
GROUP BY t.product, t.status, t.actor, t.outlet, t.value, t.unit;
