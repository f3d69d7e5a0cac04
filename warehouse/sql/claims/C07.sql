-- C07: statements of AvtoVAZ on dumping from China in 2025: one in December, and one before.
WITH statements AS (
    SELECT event_id, event_date
    FROM events
    WHERE event_type = 'statement' AND actor = 'AvtoVAZ' AND status = 'dumping' AND (target IS NULL OR target = 'China')
),

found AS (
    SELECT
        count(*) AS held,
        count(*) FILTER (WHERE event_date BETWEEN DATE '2025-01-01' AND DATE '2025-11-30') AS earlier,
        count(*) FILTER (WHERE event_date BETWEEN DATE '2025-12-01' AND DATE '2025-12-31') AS in_december,
        list(event_id ORDER BY event_date) AS ids,
        string_agg(strftime(event_date, '%Y-%m-%d'), ', ' ORDER BY event_date) AS days
    FROM statements
)

SELECT
    CASE WHEN held > 0 THEN CAST(earlier > 0 AND in_december > 0 AS DOUBLE) END AS computed,
    claim_status('C07', computed, earlier + in_december > 0) AS status,
    coalesce(ids, []) AS evidence,
    CASE WHEN held > 0 THEN 'AvtoVAZ spoke of dumping on ' || days ELSE 'no statement of AvtoVAZ on dumping is held' END AS why
FROM found;
