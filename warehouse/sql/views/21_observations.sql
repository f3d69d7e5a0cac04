-- observations: the current vintage of every series and period, of every status. Grain: series_key, period.
CREATE OR REPLACE VIEW observations AS
SELECT * EXCLUDE (known_to, aside)
FROM observation_vintages
WHERE known_to IS NULL;
