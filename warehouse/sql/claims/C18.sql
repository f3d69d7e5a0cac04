-- C18: Rosstandart's word that the trucks banned in July 2025 endanger people; another reason given speaks against it.
WITH found AS (
    SELECT
        count(*) FILTER (WHERE event_type = 'import_ban') AS bans,
        list(event_id ORDER BY target) FILTER (WHERE event_type = 'import_ban') AS ban_ids,
        list(event_id) FILTER (WHERE event_type = 'statement' AND status = 'safety_threat') AS ids,
        list(event_id) FILTER (WHERE event_type = 'statement' AND status <> 'safety_threat' AND product = 'trucks') AS others
    FROM events
    WHERE actor = 'Rosstandart' AND event_date BETWEEN DATE '2025-07-01' AND DATE '2025-08-31'
)

SELECT
    CASE
        WHEN ids IS NOT NULL THEN CAST(1 AS DOUBLE)
        WHEN others IS NOT NULL THEN 0
    END AS computed,
    CASE WHEN computed IS NULL AND bans > 0 THEN 'unverifiable' ELSE claim_status('C18', computed, FALSE) END AS status,
    coalesce(ids, others, ban_ids, []) AS evidence,
    CASE
        WHEN ids IS NOT NULL THEN 'the regulator gave danger to people as its reason'
        WHEN others IS NOT NULL THEN 'the regulator gave another reason'
        WHEN bans > 0 THEN 'the bans are held, the reason for them is not'
        ELSE 'neither bans nor reasons of July 2025 are held'
    END AS why
FROM found;
