-- project_history_as_of(ts): what each side says of a project, step by step, as known at the instant ts (UTC).
-- A status belongs to the side that asserts it: the party that speaks, else the actor of the event.
-- Grain: project, status, status_date, asserted_by.
CREATE OR REPLACE MACRO project_history_as_of(ts) AS TABLE
SELECT
    project,
    CASE
        WHEN event_type = 'delivery' AND status IN ('started', 'resumed') THEN 'operating'
        ELSE status
    END AS status,
    event_date AS status_date,
    coalesce(CASE WHEN event_type = 'statement' THEN actor END, asserted_by, actor) AS asserted_by,
    min(side) AS side,
    min(article_id) AS article_id,
    min(event_type) AS event_type,
    min(known_at) AS known_at,
    list(DISTINCT outlet ORDER BY outlet) AS told_by
FROM event_groups_as_of(ts)
WHERE
    project IS NOT NULL
    AND event_type IN ('project_status', 'agreement', 'contract', 'delivery', 'opening', 'statement')
    AND (modality <> 'planned' OR event_type IN ('project_status', 'statement'))
GROUP BY
    project, event_date, CASE
        WHEN event_type = 'delivery' AND status IN ('started', 'resumed') THEN 'operating'
        ELSE status
    END, coalesce(CASE WHEN event_type = 'statement' THEN actor END, asserted_by, actor)
ORDER BY project, status_date, asserted_by;
