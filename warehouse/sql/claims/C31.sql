-- C31: advice of China's ministry of commerce to carmakers not to invest in Russia, in July 2025. Advice at another time makes the
-- claim imprecise (the meeting that is known was in July 2024), guidance that says nothing against it contradicts it.
WITH found AS (
    SELECT
        count(*) AS held,
        count(*) FILTER (WHERE status = 'advised_against') AS against,
        count(*) FILTER (
            WHERE status = 'advised_against' AND event_date BETWEEN DATE '2025-07-01' AND DATE '2025-07-31'
        ) AS fits,
        list(event_id ORDER BY event_date) AS ids,
        string_agg(strftime(event_date, '%B %Y'), ', ' ORDER BY event_date) FILTER (WHERE status = 'advised_against') AS months
    FROM events
    WHERE event_type = 'investment_guidance' AND actor = 'MOFCOM' AND (target IS NULL OR target = 'Russia')
)

SELECT
    CASE WHEN held > 0 THEN CAST(fits > 0 AS DOUBLE) END AS computed,
    claim_status('C31', computed, against > 0) AS status,
    coalesce(ids, []) AS evidence,
    CASE
        WHEN held = 0 THEN 'no advice of the ministry is held'
        ELSE coalesce('advice against it is known of ' || months, 'guidance is held, none against investing')
    END AS why
FROM found;
