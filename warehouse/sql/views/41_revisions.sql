-- revisions: consecutive vintages of one cell. Grain: series_key, period_start, period_end, known_at.
CREATE OR REPLACE VIEW revisions AS
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
    lag(value) OVER cell AS old_value,
    value AS new_value,
    100 * (new_value - old_value) / nullif(abs(old_value), 0) AS change_pct, -- NULL from zero
    lag(known_at) OVER cell AS old_known_at,
    known_at,
    known_at_basis,
    date_diff('day', lag(known_at) OVER cell, known_at) AS days_between,
    payload_sha256,
    locator
FROM observation_vintages
WINDOW cell AS (PARTITION BY series_key, period_start, period_end ORDER BY known_at)
QUALIFY lag(known_at) OVER cell IS NOT NULL;
