-- C37: days of Vladimir Putin's visit to China that touches September 2025.
WITH visits AS (
    SELECT
        event_id, event_date, value,
        event_date BETWEEN DATE '2025-08-28' AND DATE '2025-09-30' AS fits
    FROM events
    WHERE event_type = 'visit' AND actor = 'Vladimir Putin' AND target = 'China'
),

found AS (
    SELECT
        count(*) FILTER (WHERE fits) AS held,
        max_by(value, event_date) FILTER (WHERE fits) AS computed,
        max(event_date) FILTER (WHERE fits) AS day,
        list(event_id ORDER BY event_date) FILTER (WHERE fits) AS ids
    FROM visits
)

SELECT
    computed,
    CASE WHEN computed IS NULL AND held > 0 THEN 'unverifiable' ELSE claim_status('C37', computed, computed > 1) END AS status,
    coalesce(ids, []) AS evidence,
    CASE
        WHEN held = 0 THEN 'no visit in September 2025 is held'
        ELSE concat('a visit from ', strftime(day, '%Y-%m-%d'), format(' of {:.0f} days', computed))
    END AS why
FROM found;
