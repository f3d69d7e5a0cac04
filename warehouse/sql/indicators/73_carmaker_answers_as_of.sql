-- carmaker_answers_as_of(ts): vehicles sold and made in Russia, as known at the instant ts (UTC). Grain: indicator, freq,
-- period. Freq M, YTD and A; YTD from January on, YTD to December is the year and the year is it. "Sold" has many
-- meanings: each indicator takes one dataset, its title says in words what it counts, and scopes are never mixed, added
-- up or compared. What other publishers count stands beside it under a longer name. Output has datasets one after the
-- other (two lists of products, then what the press printed): each answers for its own time, nothing bridges them.
--   order     what the publisher itself printed, else its YTD or year that is the same period, else the sum of its
--             months where every month is there; only where that gives nothing the same with a cited figure in it
--             (basis reference), then what another publisher quotes of it (basis news, do not quote)
--   yoy       percent against the same period of the year before, of the same dataset; none for a share in percent;
--             low_base below 100 vehicles
CREATE OR REPLACE MACRO carmaker_answers_as_of(ts) AS TABLE
WITH names AS (
    FROM (VALUES
        ('lada_sales_units', 'lada_sales_units', 'avtovaz_dealers_pc_lcv', 'lada', 1,
            'LADA cars and light commercial vehicles sold by dealers in Russia, counted by AvtoVAZ'),
        ('lada_sales_units_autostat', 'lada_sales_units', 'autostat_pc', 'autostat', 1,
            'New LADA passenger cars sold in Russia, without light commercial vehicles, counted by Autostat'),
        ('lada_production_units', 'lada_production_units', 'avtovaz_output_pc_lcv', 'lada', 1,
            'LADA cars and light commercial vehicles made by AvtoVAZ, kits included'),
        ('kamaz_sales_units', 'kamaz_sales_units', 'autostat_hcv_gt16t', 'autostat', 1,
            'New KAMAZ trucks over 16 t sold in Russia, counted by Autostat'),
        ('kamaz_sales_units_ge14t', 'kamaz_sales_units', 'kamaz_hcv_ge14t', 'kamaz', 1,
            'KAMAZ trucks of 14 t and more sold in Russia, counted by KAMAZ'),
        ('ru_car_market_units', 'ru_car_market_units', 'autostat_pc', 'autostat', 1,
            'New passenger cars sold in Russia, without light commercial vehicles, counted by Autostat'),
        ('ru_car_market_units_aeb_amc', 'ru_car_market_units', 'aeb_pc_lcv_amc', 'aeb', 1,
            'New cars and light commercial vehicles sold in Russia, as the members of AEB report them'),
        ('ru_car_market_units_aeb_ppc', 'ru_car_market_units', 'aeb_pc_lcv_ppc', 'aeb', 1,
            'New cars and light commercial vehicles sold in Russia by vehicle passports, published by AEB'),
        ('ru_car_market_units_aeb_ppc_pc', 'ru_car_market_units', 'aeb_pc_ppc', 'aeb', 1,
            'New passenger cars sold in Russia by vehicle passports, without light commercial vehicles, published by '
            'AEB'),
        ('ru_car_market_units_ministry', 'ru_car_market_units', 'minpromtorg_pc', 'minpromtorg', 1,
            'Passenger cars up to three years old sold in Russia, counted by the ministry of industry'),
        ('chinese_brand_share', 'chinese_brand_share', 'autostat_pc', 'autostat', 1,
            'Share of Chinese brands in the new passenger cars sold in Russia, counted by Autostat'),
        ('ru_truck_market_units', 'ru_truck_market_units', 'autostat_trucks', 'autostat', 1,
            'New trucks sold in Russia, counted by Autostat'),
        ('ru_truck_market_units_gt3_5t', 'ru_truck_market_units', 'autostat_trucks_gt3_5t', 'autostat', 1,
            'New trucks over 3.5 t sold in Russia, counted by Autostat'),
        ('ru_truck_market_units_ministry', 'ru_truck_market_units', 'minpromtorg_trucks_gt3_5t', 'minpromtorg', 1,
            'New trucks over 3.5 t sold in Russia, counted by the ministry of industry'),
        ('ru_hcv_market_units', 'ru_hcv_market_units', 'autostat_hcv_gt16t', 'autostat', 1,
            'New trucks over 16 t sold in Russia, counted by Autostat'),
        ('ru_hcv_market_units_ge14t', 'ru_hcv_market_units', 'kamaz_hcv_ge14t', 'kamaz', 1,
            'New trucks of 14 t and more sold in Russia, counted by KAMAZ'),
        ('ru_car_output_units', 'cars_output_units', 'booklet_cars', 'rosstat_output', 1,
            'Passenger cars made in Russia, monthly booklet of Rosstat'),
        ('ru_car_output_units', 'cars_output_units', 'report_cars', 'rosstat_output', 2,
            'Passenger cars made in Russia, reports of Rosstat since 2017 as the press printed them'),
        ('ru_truck_output_units', 'trucks_output_units', 'booklet_trucks', 'rosstat_output', 1,
            'Trucks made in Russia, monthly booklet of Rosstat, list of products of 2010'),
        ('ru_truck_output_units', 'trucks_output_units', 'booklet_trucks_to_2009', 'rosstat_output', 2,
            'Trucks made in Russia, monthly booklet of Rosstat, list of products up to 2009'),
        ('ru_truck_output_units', 'trucks_output_units', 'report_trucks', 'rosstat_output', 3,
            'Trucks made in Russia, reports of Rosstat since 2017 as the press printed them'),
        ('ru_bus_output_units', 'buses_output_units', 'booklet_buses', 'rosstat_output', 1,
            'Buses made in Russia, monthly booklet of Rosstat')
    ) AS n(indicator, measure, dataset, publisher, preference, title)
),

-- what the press printed of Rosstat comes with the program, each figure with its citation: a reference like the others
said AS (
    SELECT
        n.indicator, n.title, n.dataset, n.preference,
        o.freq, o.period_start, o.period_end, o.value, o.unit, o.obs_status, o.known_at, o.half_unit, o.series_key,
        CASE WHEN o.source = 'rosstat_output' AND o.obs_status = 'F' THEN 'reference' ELSE o.source END AS cited_source,
        CASE
            WHEN cited_source = n.publisher AND o.obs_status <> 'F' THEN 1
            WHEN cited_source = 'reference' THEN 2
            ELSE 3
        END AS tier,
        [o.series_key || ' ' || o.period] AS inputs
    FROM observations_as_of(ts) AS o
    INNER JOIN names AS n USING (measure, dataset)
    WHERE
        o.reporter = 'RU' AND o.value IS NOT NULL AND o.freq IN ('M', 'YTD', 'A') AND o.unit IN ('units', 'percent')
        AND year(o.period_start) = year(o.period_end)
        AND (o.freq <> 'M' OR month(o.period_start) = month(o.period_end))
        AND (o.freq = 'M' OR month(o.period_start) = 1)
        AND (o.freq <> 'A' OR month(o.period_end) = 12)
),

printed AS MATERIALIZED (
    SELECT
        * EXCLUDE (cited_source, half_unit, series_key),
        cited_source AS source,
        FALSE AS computed,
        1 AS way
    FROM said
    QUALIFY row_number() OVER (
        PARTITION BY indicator, dataset, freq, period_start, period_end
        ORDER BY tier, half_unit, known_at DESC, series_key
    ) = 1
),

-- January to December is the year, and the year is January to December
closed AS (
    SELECT * REPLACE (CASE freq WHEN 'A' THEN 'YTD' ELSE 'A' END AS freq, TRUE AS computed, 2 AS way)
    FROM printed
    WHERE freq <> 'M' AND month(period_end) = 12
),

spans AS (
    SELECT
        'YTD' AS freq,
        unnest(range(1, 13)) AS ends
    UNION ALL
    SELECT
        'A' AS freq,
        12 AS ends
),

sums AS (
    SELECT
        m.indicator, m.title, m.dataset, m.preference, s.freq,
        make_date(year(m.period_start), 1, 1) AS period_start,
        last_day(make_date(year(m.period_start), s.ends, 1)) AS period_end,
        sum(m.value) AS value,
        m.unit,
        computed_status(list(m.obs_status)) AS obs_status,
        max(m.known_at) AS known_at,
        max(m.tier) AS tier,
        flatten(list(m.inputs ORDER BY m.period_start)) AS inputs,
        coalesce(max(m.source) FILTER (WHERE m.source = 'reference'), max_by(m.source, m.tier)) AS source,
        TRUE AS computed,
        3 AS way
    FROM printed AS m
    INNER JOIN spans AS s ON month(m.period_start) <= s.ends
    WHERE m.freq = 'M' AND m.unit = 'units'
    GROUP BY
        m.indicator, m.title, m.dataset, m.preference, m.unit, s.freq, s.ends, year(m.period_start)
    HAVING count(*) = s.ends
),

periods AS MATERIALIZED (
    SELECT
        * EXCLUDE (tier, way),
        CASE WHEN tier = 3 THEN 'do not quote' END AS grade
    FROM (FROM printed UNION ALL BY NAME FROM closed UNION ALL BY NAME FROM sums)
    QUALIFY row_number() OVER (
        PARTITION BY indicator, dataset, freq, period_start, period_end
        ORDER BY tier, way
    ) = 1
),

levels AS (
    SELECT
        indicator, title, freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs, computed,
        1.0 AS coverage,
        FALSE AS low_base,
        grade, preference
    FROM periods
),

growth AS (
    SELECT
        now.indicator || '_yoy' AS indicator,
        now.title || ', against the year before' AS title,
        now.freq, now.period_start, now.period_end,
        100 * (now.value / past.value - 1) AS value,
        'percent' AS unit,
        computed_status([now.obs_status, past.obs_status]) AS obs_status,
        greatest(now.known_at, past.known_at) AS known_at,
        CASE WHEN past.source = 'reference' THEN past.source ELSE now.source END AS source,
        now.inputs || past.inputs AS inputs,
        TRUE AS computed,
        1.0 AS coverage,
        past.value < 100 AS low_base,
        coalesce(now.grade, past.grade) AS grade,
        now.preference
    FROM periods AS now
    INNER JOIN periods AS past
        ON
            now.indicator = past.indicator AND now.dataset = past.dataset AND now.freq = past.freq
            AND past.period_start = CAST(now.period_start - INTERVAL 1 YEAR AS DATE)
            AND past.period_end = last_day(now.period_end - INTERVAL 1 YEAR)
    WHERE now.unit = 'units' AND past.value > 0
)

SELECT
    * EXCLUDE (preference),
    'carmakers 1' AS method
FROM (FROM levels UNION ALL FROM growth)
QUALIFY row_number() OVER (PARTITION BY indicator, freq, period_start, period_end ORDER BY preference) = 1;
