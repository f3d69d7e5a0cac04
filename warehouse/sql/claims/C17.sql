-- C17: makers of the four that Rosstandart banned in July 2025. Without any ban of Rosstandart at hand there is no data.
WITH bans AS (
    SELECT
        event_id, event_date, target,
        event_date BETWEEN DATE '2025-07-01' AND DATE '2025-07-31'
        AND target IN ('Dongfeng', 'Foton', 'FAW', 'Sitrak') AS fits
    FROM events
    WHERE event_type = 'import_ban' AND actor = 'Rosstandart'
),

found AS (
    SELECT
        count(*) AS held,
        count(DISTINCT target) FILTER (WHERE fits) AS makers,
        list(event_id ORDER BY target) FILTER (WHERE fits) AS ids,
        list(event_id ORDER BY event_date, target) AS others,
        string_agg(DISTINCT target, ', ' ORDER BY target) FILTER (WHERE fits) AS names
    FROM bans
)

SELECT
    CASE WHEN held > 0 THEN CAST(makers AS DOUBLE) END AS computed,
    claim_status('C17', computed, computed > 0) AS status,
    coalesce(ids, others, []) AS evidence,
    CASE
        WHEN held = 0 THEN 'no ban by Rosstandart is held'
        ELSE format('{} of the four in July 2025', makers) || coalesce(': ' || names, '')
    END AS why
FROM found;
