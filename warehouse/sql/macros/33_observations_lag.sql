-- observations_lag(n): the vintage n revisions after the first (0 is the first). Grain: series_key, period.
CREATE OR REPLACE MACRO observations_lag(n) AS TABLE
SELECT * EXCLUDE (known_to, aside)
FROM observation_vintages
WHERE NOT aside
QUALIFY row_number() OVER (
    PARTITION BY series_key, period_start, period_end
    ORDER BY known_at
) = n + 1;
