-- observations_held_as_of(ts): strictly what Amur itself had fetched by ts. Grain: series_key, period.
CREATE OR REPLACE MACRO observations_held_as_of(ts) AS TABLE
SELECT * EXCLUDE (known_to, aside)
FROM observation_vintages
WHERE NOT aside AND fetched_at <= CAST(ts AS TIMESTAMP) AND known_at <= CAST(ts AS TIMESTAMP)
QUALIFY row_number() OVER (
    PARTITION BY series_key, period_start, period_end
    ORDER BY known_at DESC
) = 1;
