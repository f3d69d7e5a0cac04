-- C35: the day on which Gazprom told of an agreement on Power of Siberia 2; of several the nearest to the meeting.
WITH found AS (
    SELECT
        min_by(event_date, abs(event_date - DATE '2025-09-02')) AS day,
        min_by(event_id, abs(event_date - DATE '2025-09-02')) AS id
    FROM events
    WHERE
        event_type IN ('agreement', 'contract') AND project = 'Power of Siberia 2'
        AND (actor = 'Gazprom' OR list_contains(asserted_by, 'Gazprom'))
)

SELECT
    claim_day(day) AS computed,
    claim_status('C35', computed, claim_off('C35', computed) <= 366) AS status,
    CASE WHEN id IS NULL THEN [] ELSE [id] END AS evidence,
    coalesce('an agreement told by Gazprom on ' || strftime(day, '%Y-%m-%d'), 'no agreement on the pipeline is held') AS why
FROM found;
