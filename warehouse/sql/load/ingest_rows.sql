-- incoming: the rows of a transaction with their series and the clock they count from. Grain: one reading of a cell.
-- Reads the registered relation `readings` (what the parsers gave, a row a figure). `again` marks rows of payloads that
-- were loaded before and are read once more, because an older document has come in after them.
-- A day stands for its last second: an as-of view may be late by hours, never early.
-- The document's own date counts only if it lies after the period and not after the fetch, and if no other body of
-- the same address had been seen by then.
CREATE OR REPLACE TEMP TABLE incoming AS
WITH dated AS (
    SELECT
        *,
        series_key_of(
            source, dataset, measure, reporter, partner, partner_name, flow, product, unit, freq
        ) AS series_key,
        CASE WHEN published_is_day THEN published_at + INTERVAL 86399 SECOND ELSE published_at END AS claimed_at
    FROM readings
),

judged AS (
    SELECT
        *,
        coalesce(
            published_at <= fetched_at + INTERVAL 5 MINUTE
            AND (
                freq = 'D'
                OR measure IN ('recycling_fee', 'tariff_rate') -- decrees are announced ahead
                OR CAST(published_at AS DATE) > period_end
            )
            AND (earlier_at IS NULL OR claimed_at > earlier_at),
            FALSE
        ) AS plausible
    FROM dated
)

SELECT
    * EXCLUDE (claimed_at, plausible, published_is_day, earlier_at, reconstructed),
    CASE WHEN plausible THEN least(claimed_at, fetched_at) ELSE fetched_at END AS known_at,
    CASE WHEN reconstructed THEN 'reconstructed' WHEN plausible THEN 'published' ELSE 'fetched' END AS known_at_basis
FROM judged;
