-- revisions: consecutive vintages of one cell, and what a later document restated or implied beside them.
-- Grain: series_key, period_start, period_end, known_at, aside.
CREATE OR REPLACE VIEW revisions AS
WITH stood AS (
    SELECT
        *,
        lag(value) OVER cell AS old_value,
        lag(known_at) OVER cell AS old_known_at
    FROM observation_vintages
    WHERE NOT aside
    WINDOW cell AS (PARTITION BY series_key, period_start, period_end ORDER BY known_at)
),

moved AS (
    SELECT * FROM stood
    WHERE old_known_at IS NOT NULL
    UNION ALL
    SELECT
        a.*,
        s.value AS old_value,
        s.known_at AS old_known_at
    FROM observation_vintages AS a
    INNER JOIN observation_vintages AS s
        ON
            a.series_key = s.series_key AND a.period_start = s.period_start AND a.period_end = s.period_end
            AND s.known_at <= a.known_at AND (s.known_to IS NULL OR s.known_to > a.known_at)
    WHERE a.aside AND NOT s.aside
)

SELECT
    series_key,
    source,
    dataset,
    measure,
    reporter,
    partner,
    flow,
    product,
    unit,
    freq,
    period_start,
    period_end,
    period,
    old_value,
    value AS new_value,
    100 * (value - old_value) / nullif(abs(old_value), 0) AS change_pct, -- NULL from zero
    old_known_at,
    known_at,
    known_at_basis,
    date_diff('day', old_known_at, known_at) AS days_between,
    aside,
    payload_sha256,
    locator
FROM moved;
