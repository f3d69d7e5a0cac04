-- C23: a forecast for the revenue of Russia's coal sector in 2025: that there is one, and what it says.
WITH found AS (
    SELECT
        max_by(value, event_date) AS computed,
        max_by(event_id, event_date) AS id,
        max_by(actor, event_date) AS forecaster
    FROM events
    WHERE event_type = 'forecast' AND product = 'coal_revenue' AND status LIKE '2025%' AND value IS NOT NULL
)

SELECT
    computed,
    claim_status('C23', computed, computed < 0) AS status,
    CASE WHEN id IS NULL THEN [] ELSE [id] END AS evidence,
    coalesce(format('{:+.0f} % forecast by {}', computed, forecaster), 'no such forecast is held') AS why
FROM found;
