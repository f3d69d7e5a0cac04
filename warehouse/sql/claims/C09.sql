-- C09: AvtoVAZ's output of 2025 against 2024 where the year is held, else the cut that was announced for 2025.
WITH measured AS (
    SELECT max(value) AS value, list(indicator || ' ' || period) AS refs
    FROM indicators
    WHERE indicator = 'lada_production_units_yoy' AND freq = 'A' AND year(period_end) = 2025
),

announced AS (
    SELECT
        max_by(value, event_date) AS value,
        list(event_id ORDER BY event_date) AS ids
    FROM events
    WHERE
        event_type = 'production_cut' AND actor = 'AvtoVAZ' AND unit = 'percent' AND value IS NOT NULL
        AND year(event_date) = 2025
)

SELECT
    coalesce(m.value, a.value) AS computed,
    claim_status('C09', computed, computed < 0) AS status,
    coalesce(m.refs, []) || coalesce(a.ids, []) AS evidence,
    coalesce(
        concat_ws(
            ', ', format('{:+.1f} % measured for 2025', m.value), format('{:+.0f} % announced', a.value)
        ),
        ''
    ) || CASE WHEN computed IS NULL THEN 'neither output of 2025 nor a cut is held' ELSE '' END AS why
FROM measured AS m
CROSS JOIN announced AS a;
