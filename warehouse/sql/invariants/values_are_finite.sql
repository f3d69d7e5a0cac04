-- A value is a finite number, or missing with the status that says so.
SELECT series_id, period_start, period_end, value, obs_status
FROM vintages
WHERE isnan(value) OR isinf(value) OR (value IS NULL) <> (obs_status = 'M');
