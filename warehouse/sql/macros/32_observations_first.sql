-- observations_first(): the first vintage of every cell. Grain: series_key, period.
CREATE OR REPLACE MACRO observations_first() AS TABLE
SELECT * EXCLUDE (known_to, aside)
FROM observation_vintages
WHERE NOT aside
QUALIFY row_number() OVER (
    PARTITION BY series_key, period_start, period_end
    ORDER BY known_at
) = 1;
