-- C30: the year in which new money of the Belt and Road for Russia came to an end, by the event; beside it the engagement that
-- was counted.
WITH halts AS (
    SELECT
        min(event_date) AS day,
        arg_min(event_id, event_date) AS id
    FROM events
    WHERE event_type = 'finance_halt' AND actor = 'China' AND target = 'Russia' AND product = 'Belt and Road'
),

counted AS (
    SELECT list(series_key || ' ' || period ORDER BY period_end) AS refs
    FROM observations
    WHERE
        dataset = 'greenfdc_bri_engagement' AND partner = 'RU' AND product = 'belt_and_road'
        AND year(period_end) IN (2021, 2022) AND value IS NOT NULL
)

SELECT
    CAST(year(h.day) AS DOUBLE) AS computed,
    claim_status('C30', computed, claim_off('C30', computed) <= 1) AS status,
    CASE WHEN h.id IS NULL THEN [] ELSE [h.id] || coalesce(c.refs, []) END AS evidence,
    coalesce('no new engagement, told on ' || strftime(h.day, '%Y-%m-%d'), 'no halt of new funding is held') AS why
FROM halts AS h
CROSS JOIN counted AS c;
