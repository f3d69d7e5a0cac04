-- observations_as_of(ts): the observations as they stood at the instant ts (UTC). Grain: series_key, period.
CREATE OR REPLACE MACRO observations_as_of(ts) AS TABLE
SELECT * EXCLUDE (known_to, aside)
FROM observation_vintages
WHERE known_at <= CAST(ts AS TIMESTAMP) AND (known_to IS NULL OR known_to > CAST(ts AS TIMESTAMP));
