-- C10: the day from which AvtoVAZ works a shorter week; of several the nearest to the day that the claim names.
WITH found AS (
    SELECT
        min_by(event_date, abs(event_date - DATE '2025-09-29')) AS day,
        min_by(event_id, abs(event_date - DATE '2025-09-29')) AS id
    FROM events
    WHERE event_type = 'work_week_cut' AND actor = 'AvtoVAZ'
)

SELECT
    claim_day(day) AS computed,
    claim_status('C10', computed, claim_off('C10', computed) <= 366) AS status,
    CASE WHEN id IS NULL THEN [] ELSE [id] END AS evidence,
    coalesce('a shorter week from ' || strftime(day, '%Y-%m-%d'), 'no shorter week of AvtoVAZ is held') AS why
FROM found;
