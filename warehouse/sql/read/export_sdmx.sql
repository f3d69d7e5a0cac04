-- noqa: disable=CP02
-- The current observations in SDMX-CSV 2.0, one row a cell, every dimension filled: _Z stands where none applies.
-- FREQ follows the code list of SDMX (S is half a year); a cumulative figure is monthly with ACCUMULATION = YTD.
-- A period that SDMX has no short name for is a start with a duration: January and February in one are
-- 2025-01-01/P2M. A figure of the news (F here) is provisional there, since F means a forecast: NEWS_ONLY tells it.
-- A missing value is NaN, as the format wants it. No key of ours is among the columns: colons split a cell there.
SELECT
    'dataflow' AS STRUCTURE,
    'AMUR:OBSERVATIONS(1.0)' AS STRUCTURE_ID,
    'I' AS ACTION,
    CASE freq WHEN 'YTD' THEN 'M' WHEN 'H' THEN 'S' ELSE freq END AS FREQ,
    source AS SOURCE,
    coalesce(dataset, '_Z') AS DATASET,
    coalesce(measure, '_Z') AS MEASURE,
    coalesce(reporter, '_Z') AS REF_AREA,
    coalesce(partner, '_Z') AS COUNTERPART_AREA,
    coalesce(flow, '_Z') AS FLOW,
    coalesce(product, '_Z') AS PRODUCT,
    coalesce(unit, '_Z') AS UNIT_MEASURE,
    CASE WHEN freq = 'YTD' THEN 'YTD' ELSE 'PERIOD' END AS ACCUMULATION,
    CASE
        WHEN freq IN ('A', 'D', 'Q') THEN period
        WHEN freq = 'H' THEN replace(period, 'H', 'S')
        WHEN freq = 'M' AND period_start = date_trunc('month', period_end) THEN strftime(period_start, '%Y-%m')
        ELSE format('{}/P{}M', period_start, datediff('month', period_start, period_end) + 1)
    END AS TIME_PERIOD,
    CASE WHEN value IS NULL THEN 'NaN' ELSE CAST(value AS VARCHAR) END AS OBS_VALUE,
    CASE obs_status WHEN 'F' THEN 'P' ELSE obs_status END AS OBS_STATUS,
    obs_status = 'F' AS NEWS_ONLY,
    known_at AS KNOWN_AT,
    payload_sha256 AS PAYLOAD_SHA256
FROM observations
ORDER BY series_key, period_start, period_end;
