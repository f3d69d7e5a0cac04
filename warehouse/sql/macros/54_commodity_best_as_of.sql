-- commodity_best_as_of(ts): of all sources that hold a value for a commodity cell, the one that ranks first in
-- source_ranking, so that a cited figure goes behind as soon as an official one is there; within a source the most
-- precise, then the latest. `sources_held` says how many there were. Scopes are never mixed.
-- Grain: scope, reporter, partner, flow, product, quantity_kind, freq, period.
CREATE OR REPLACE MACRO commodity_best_as_of(ts) AS TABLE
SELECT
    *,
    count(DISTINCT source) OVER (
        PARTITION BY scope, reporter, partner, flow, product, quantity_kind, freq, period_start, period_end
    ) AS sources_held,
    [series_key || ' ' || period] AS inputs
FROM commodity_cells_as_of(ts)
WHERE value IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY scope, reporter, partner, flow, product, quantity_kind, freq, period_start, period_end
    ORDER BY rank, half_unit, known_at DESC, series_key
) = 1;
