-- reconciliation_cells_as_of(ts): every figure with a partner, as known at the instant ts (UTC), in terms in which
-- sources can be held against each other: weights in tonnes, goods by the shortest equivalent HS code (`goods`), beside
-- the product and unit of the source; `same_goods` is equal for the same measure, pair of countries,
-- flow and goods, whoever says it; `same_table` for the lines of one source that differ in flow and product alone.
-- Grain: series_key, period.
CREATE OR REPLACE MACRO reconciliation_cells_as_of(ts) AS TABLE
SELECT
    o.series_key,
    o.source,
    o.dataset,
    coalesce(r.rank, 99) AS rank,
    o.measure,
    o.reporter,
    o.partner,
    o.flow,
    o.product,
    hs_equivalent(o.product) AS goods,
    o.unit AS printed_unit,
    CASE WHEN o.unit = 'kg' THEN 't' ELSE o.unit END AS unit,
    o.freq,
    o.period_start,
    o.period_end,
    o.period,
    CASE WHEN o.unit = 'kg' THEN o.value / 1000 ELSE o.value END AS value,
    CASE WHEN o.unit = 'kg' THEN o.half_unit / 1000 ELSE o.half_unit END
    + 1e-12 * CASE WHEN o.unit = 'kg' THEN abs(o.value) / 1000 ELSE abs(o.value) END
        AS half_unit, -- and what binary fractions may lose
    o.obs_status,
    o.known_at,
    -- one number to compare instead of many texts
    hash(
        o.measure, o.reporter, o.partner, o.flow, hs_equivalent(o.product),
        CASE WHEN o.unit = 'kg' THEN 't' ELSE o.unit END
    ) AS same_goods,
    hash(o.source, o.dataset, o.measure, o.reporter, o.partner, o.unit, o.freq) AS same_table
FROM observations_as_of(ts) AS o
LEFT JOIN source_ranking AS r USING (source)
WHERE
    o.value IS NOT NULL
    AND o.reporter IS NOT NULL
    AND o.partner IS NOT NULL
    AND o.flow IS NOT NULL
    AND o.product IS NOT NULL;
