-- official_vehicle_figures_as_of(ts): official and cited figures that flash figures can be held against, by the names that these
-- have for periods, as known at the instant ts (UTC): of vehicles, of whoever counts them. Grain: indicator, label.
CREATE OR REPLACE MACRO official_vehicle_figures_as_of(ts) AS TABLE
WITH answers AS (
    SELECT indicator, freq, period_start, period_end, value, obs_status, known_at, source, computed
    FROM vehicle_answers_as_of(ts)
    UNION ALL BY NAME
    SELECT indicator, freq, period_start, period_end, value, obs_status, known_at, source, computed
    FROM carmaker_answers_as_of(ts)
)

SELECT
    indicator,
    figure_label(freq, period_start, period_end) AS label,
    arg_min(value, known_at) AS value,
    min(known_at) AS known_at,
    arg_min(
        CASE WHEN source = 'reference' THEN 'reference' WHEN computed THEN 'derived' ELSE 'official' END, known_at
    ) AS basis
FROM answers
WHERE
    figure_label(freq, period_start, period_end) IS NOT NULL AND value IS NOT NULL
    AND (obs_status <> 'F' OR source = 'reference')
    AND source NOT IN (SELECT source FROM sources WHERE family = 'news')
GROUP BY ALL;
