-- C20: the first day on which China's duty on Russian thermal coal is above zero again after it was zero.
WITH levels AS (
    SELECT
        period_start, value,
        indicator || ' ' || period AS ref,
        lag(value) OVER (ORDER BY period_start) AS value_before
    FROM indicators
    WHERE indicator = 'coal_tariff_rate'
),

found AS (
    SELECT
        min(period_start) AS day,
        arg_min(value, period_start) AS rate,
        arg_min(ref, period_start) AS ref
    FROM levels
    WHERE value > 0 AND value_before = 0
),

told AS (
    SELECT list(event_id ORDER BY event_date, event_id) AS ids
    FROM events
    WHERE
        event_type = 'tariff' AND actor = 'China' AND product LIKE '%coal' AND status = 'imposed'
        AND event_date BETWEEN DATE '2023-12-01' AND DATE '2024-02-29'
)

SELECT
    claim_day(f.day) AS computed,
    claim_status('C20', computed, claim_off('C20', computed) <= 366) AS status,
    CASE WHEN f.ref IS NULL THEN [] ELSE [f.ref] END || coalesce(t.ids, []) AS evidence,
    coalesce(
        format('{:.0f} % on thermal coal from {}, zero before', f.rate, strftime(f.day, '%Y-%m-%d')),
        'no duty above zero after a zero one is held'
    ) AS why
FROM found AS f
CROSS JOIN told AS t;
