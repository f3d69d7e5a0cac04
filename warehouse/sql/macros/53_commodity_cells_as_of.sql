-- commodity_cells_as_of(ts): what every source says of goods by partner, as known at the instant ts (UTC), in common
-- terms: dollars, tonnes or units, under the shortest HS code. Grain: series_key, period.
--   scope     customs: the statistics of a customs service, also as cited by others; else the dataset, because a count
--             of vehicles by a trade body or what a minister said of "energy" covers other goods
--   value     NULL with obs_status M where the source withholds it (tonnes of pipeline gas): never zero
CREATE OR REPLACE MACRO commodity_cells_as_of(ts) AS TABLE
SELECT
    o.series_key,
    o.source,
    o.dataset,
    CASE
        WHEN o.source IN ('gacc_query', 'gacc_bulletin', 'gacc_preliminary', 'comtrade', 'comtrade_csv')
            THEN 'customs'
        WHEN
            o.source = 'reference'
            AND o.dataset IN (
                'gacc_by_country', 'gacc_commodity_partner', 'gacc_query_copy', 'gacc_passenger_cars', 'gacc_trucks',
                'ru_fcs_by_country', 'ru_fcs_vehicle_imports'
            )
            THEN 'customs'
        ELSE o.dataset
    END AS scope,
    coalesce(r.rank, 99) AS rank,
    o.reporter,
    o.partner,
    o.partner_kind,
    o.flow,
    CASE WHEN o.measure = 'cn_vehicle_exports_units' THEN 'vehicles' ELSE hs_equivalent(o.product) END AS product,
    CASE WHEN o.measure = 'trade_value' THEN 'value' WHEN o.unit = 'units' THEN 'units' ELSE 'weight' END
        AS quantity_kind,
    CASE WHEN o.unit = 'kg' THEN 't' ELSE o.unit END AS unit,
    o.freq,
    o.period_start,
    o.period_end,
    o.period,
    CASE WHEN o.unit = 'kg' THEN o.value / 1000 ELSE o.value END AS value,
    CASE WHEN o.unit = 'kg' THEN o.half_unit / 1000 ELSE o.half_unit END AS half_unit,
    o.obs_status,
    o.known_at,
    o.payload_sha256,
    o.locator
FROM observations_as_of(ts) AS o
LEFT JOIN source_ranking AS r USING (source)
WHERE
    o.reporter IS NOT NULL
    AND o.partner IS NOT NULL
    AND o.flow IN ('X', 'M', 'T')
    AND (
        (o.measure = 'trade_value' AND o.unit = 'USD' AND o.product IS NOT NULL)
        OR (o.measure = 'quantity' AND o.unit IN ('kg', 't', 'units') AND o.product IS NOT NULL)
        OR (o.measure = 'cn_vehicle_exports_units' AND o.unit = 'units') -- as CPCA itself prints it, without a product
    );
