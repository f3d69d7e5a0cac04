-- A period ends no earlier than it starts.
SELECT series_id, period_start, period_end
FROM vintages
WHERE period_end < period_start;
