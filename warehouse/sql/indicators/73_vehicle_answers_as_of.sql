-- vehicle_answers_as_of(ts): China's exports of cars (HS 8703) and trucks (HS 8704) to Russia, as known at the instant
-- ts (UTC). Grain: indicator, freq, period. Freq M, H, A and YTD; halves, years and the year so far are printed or the
-- sum of all their months.
--   units     where customs figures are missing, the count of all vehicles by a trade body of carmakers (CPCA, else
--             CAAM: trucks, buses and used cars in it) stands in, with care
--   ratio     over the same period of 2022: the year, the half, the month, the year so far
--   yoy       percent against the same period of the year before
--   In both, January and February stand together too, also where a year holds them apart.
--   A ratio or change between figures of different scope is not to be quoted, and its title says so.
--   low_base  fewer than 100 units, or less than 1 million dollars
CREATE OR REPLACE MACRO vehicle_answers_as_of(ts) AS TABLE
WITH periods AS (
    SELECT * FROM commodity_periods_as_of(ts, ['8703', '8704', 'vehicles'], ['M', 'H', 'A', 'YTD'])
    WHERE partner = 'RU' AND flow = 'X'
),

names AS (
    FROM (VALUES
        ('8703', 'units', 'car_exports_to_ru_units', 'Cars that China exports to Russia'),
        ('8703', 'value', 'car_exports_to_ru_usd', 'Cars that China exports to Russia'),
        ('8704', 'units', 'truck_exports_to_ru_units', 'Trucks that China exports to Russia'),
        ('8704', 'value', 'truck_exports_to_ru_usd', 'Trucks that China exports to Russia')
    ) AS n(product, quantity_kind, stem, title)
),

customs AS (
    SELECT
        n.stem,
        n.title || ' (HS ' || n.product || ')' AS title,
        p.freq, p.period_start, p.period_end, p.value, p.unit, p.obs_status, p.known_at, p.source, p.inputs, p.computed,
        CAST(NULL AS VARCHAR) AS grade,
        'customs' AS scope
    FROM periods AS p
    INNER JOIN names AS n USING (product, quantity_kind)
    WHERE p.scope = 'customs'
),

-- a trade body's count, where customs say nothing of any part of the period
counts AS (
    SELECT
        'car_exports_to_ru_units' AS stem,
        'Vehicles that China exports to Russia, trucks and buses in it, as counted by '
        || CASE p.scope WHEN 'cpca_vehicle_exports' THEN 'CPCA' ELSE 'CAAM' END AS title,
        p.freq, p.period_start, p.period_end, p.value, p.unit, p.obs_status, p.known_at, p.source, p.inputs, p.computed,
        'with care' AS grade,
        p.scope
    FROM periods AS p
    ANTI JOIN customs AS c
        ON
            c.stem = 'car_exports_to_ru_units' AND p.freq = c.freq
            AND (p.freq <> 'YTD' OR p.period_end = c.period_end)
            AND p.period_start <= c.period_end AND c.period_start <= p.period_end
    WHERE
        p.scope IN ('cpca_vehicle_exports', 'caam_vehicle_exports') AND p.product = 'vehicles'
        AND p.quantity_kind = 'units'
    QUALIFY row_number() OVER (
        PARTITION BY p.freq, p.period_start, p.period_end
        ORDER BY (p.scope = 'caam_vehicle_exports')
    ) = 1
),

exports AS (
    FROM customs
    UNION ALL
    FROM counts
),

-- January and February together, where they are held apart only
first_two AS (
    SELECT
        s.stem,
        any_value(s.title) AS title,
        s.freq,
        min(s.period_start) AS period_start,
        max(s.period_end) AS period_end,
        sum(s.value) AS value,
        s.unit,
        computed_status(list(s.obs_status)) AS obs_status,
        max(s.known_at) AS known_at,
        coalesce(max(s.source) FILTER (WHERE s.source = 'reference'), any_value(s.source)) AS source,
        flatten(list(s.inputs ORDER BY s.period_start)) AS inputs,
        TRUE AS computed,
        any_value(s.grade) AS grade, -- one scope, one grade
        s.scope
    FROM exports AS s
    ANTI JOIN exports AS p
        ON
            s.stem = p.stem AND p.freq = 'M' AND year(s.period_start) = year(p.period_start)
            AND month(p.period_start) = 1 AND month(p.period_end) = 2
    WHERE s.freq = 'M' AND month(s.period_end) <= 2 AND month(s.period_start) = month(s.period_end)
    GROUP BY s.stem, s.freq, s.unit, s.scope, year(s.period_start)
    HAVING count(*) = 2
),

comparable AS (
    FROM exports
    UNION ALL
    FROM first_two
),

compared AS (
    SELECT
        now.stem || '_yoy' AS indicator,
        now.title || ', against the year before' AS title,
        100 * (now.value / nullif(past.value, 0) - 1) AS value,
        'percent' AS unit,
        now, past
    FROM comparable AS now
    INNER JOIN comparable AS past
        ON
            now.stem = past.stem AND now.freq = past.freq
            AND past.period_start = CAST(now.period_start - INTERVAL 1 YEAR AS DATE)
            AND past.period_end = last_day(now.period_end - INTERVAL 1 YEAR)
    UNION ALL
    SELECT
        now.stem || '_ratio_2022' AS indicator,
        now.title || ', times the figure of '
        || CASE now.freq WHEN 'A' THEN '2022' ELSE 'the same period of 2022' END AS title,
        now.value / nullif(past.value, 0) AS value,
        'ratio' AS unit,
        now, past
    FROM comparable AS now
    INNER JOIN comparable AS past
        ON
            now.stem = past.stem AND now.freq = past.freq AND year(past.period_start) = 2022
            AND month(now.period_start) = month(past.period_start) AND month(now.period_end) = month(past.period_end)
    WHERE year(now.period_start) <> 2022
),

comparisons AS (
    SELECT
        indicator,
        title
        || CASE
            WHEN now.scope <> past.scope THEN ' (not to be quoted: two counts of different scope, '
                || replace(now.scope, '_', ' ') || ' and ' || replace(past.scope, '_', ' ') || ')'
            ELSE ''
        END AS title,
        now.freq AS freq,
        now.period_start AS period_start,
        now.period_end AS period_end,
        value,
        unit,
        computed_status([now.obs_status, past.obs_status]) AS obs_status,
        greatest(now.known_at, past.known_at) AS known_at,
        CASE WHEN past.source = 'reference' THEN past.source ELSE now.source END AS source,
        now.inputs || past.inputs AS inputs,
        TRUE AS computed,
        1.0 AS coverage,
        past.value < CASE past.unit WHEN 'USD' THEN 1e6 ELSE 100 END AS low_base,
        CASE WHEN now.scope <> past.scope THEN 'do not quote' ELSE now.grade END AS grade
    FROM compared
)

SELECT
    *,
    'vehicles 1' AS method
FROM (
    SELECT
        stem AS indicator,
        title, freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs, computed,
        1.0 AS coverage,
        FALSE AS low_base,
        grade
    FROM exports
    UNION ALL
    FROM comparisons
);
