-- China's exports of cars to Russia by year as known at an instant: what indicators_as_of gives, of the two families that hold
-- them. $1 instant, $2 freq. Grain: period; the newest last.
WITH answers AS (
    FROM commodity_answers_as_of(CAST($1 AS TIMESTAMP))
    UNION ALL BY NAME
    FROM vehicle_answers_as_of(CAST($1 AS TIMESTAMP))
)

SELECT
    period_start, period_end, value,
    period_label(freq, period_start, period_end) AS period
FROM answers
WHERE indicator = 'car_exports_to_ru_units' AND freq = $2 AND value IS NOT NULL
ORDER BY period_end, period_start;
