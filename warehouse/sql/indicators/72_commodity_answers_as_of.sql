-- commodity_answers_as_of(ts): goods in China's trade with Russia, and Russia's rivals as suppliers, as known at the
-- instant ts (UTC). Grain: indicator, freq, period. Freq M and A; a year is the printed one or the sum of its months.
--   goods     one HS code, or several added up; coverage is then the share of the codes that are held, and below one
--             half it is not to be quoted. Coal is 2701 and 2702, because China's customs count lignite in with "coal
--             and lignite"; without the lignite a cited total of that name comes first. Imports are valued at China's
--             border (cost, insurance and freight), exports free on board
--   energy    chapter 27 where it is held; else its headings 2701 2702 2704 2709 2710 2711 (2711 also as LNG 271111
--             plus pipeline gas 271121), always with care: electricity, tar and others are missing. The cited
--             energy_share_derived is of crude and gas alone, or with coal: another scope
--   unit value  dollars for one tonne, value and weight of one source
--   gulf      unit value of SA IQ AE OM KW together: dollars over tonnes of those that have both; coverage: how many
--   discount  Gulf unit value less the Russian one: qualities and freight are not corrected for
--   savings   sum over the months since January 2022 of discount times Russian tonnes, named by the last month; months
--             without both unit values count nothing; coverage: months counted over months gone by. What Russians have
--             stated (18 billion dollars for January 2022 to June 2024) stands beside it with the gap: they gave no
--             method. A comparison by days and grades, or with list prices instead of customs values, gives other
--             savings than the unit values of a country's whole mix
--   rank      Russia's place among the suppliers of crude oil (by tonnes) and the buyers of cars (by units) that are
--             held; quotable only where none that is missing could stand before it; do not quote where that is not so
--             and most of the world's figure is missing, or the world's is not held
--   yoy       percent against the same period of the year before, only of equal scope (the same codes held); low_base
--             below 1 million dollars or 100 tonnes. January and February are compared together too, also where a year
--             holds them apart
CREATE OR REPLACE MACRO commodity_answers_as_of(ts) AS TABLE
WITH periods AS (
    SELECT
        * EXCLUDE (reporter, partner_kind, scope),
        CASE WHEN partner = 'RU' THEN '' ELSE '_' || lower(partner) END AS suffix
    FROM commodity_periods_as_of(
        ts,
        [
            '27', '2701', '2702', '2704', '2709', '2710', '2711', '271111', '271121', 'coal', '1001', '1003', '72', '73'
        ],
        ['M', 'A']
    )
    WHERE scope = 'customs' AND flow IN ('X', 'M')
),

partners AS (
    FROM (VALUES
        ('RU', 'Russia'), ('SA', 'Saudi Arabia'), ('IQ', 'Iraq'), ('AE', 'the United Arab Emirates'), ('OM', 'Oman'),
        ('KW', 'Kuwait'), ('IR', 'Iran'), ('MY', 'Malaysia'), ('UA', 'Ukraine'), ('KZ', 'Kazakhstan'),
        ('AU', 'Australia'), ('FR', 'France'), ('CA', 'Canada'), ('US', 'the United States')
    ) AS p(partner, partner_name)
),

single_goods AS (
    FROM (VALUES
        ('crude_import_t', '2709', 'weight', 'Crude oil that China imports from ',
            ['RU', 'SA', 'IQ', 'AE', 'OM', 'KW', 'IR', 'MY']),
        ('crude_import_usd', '2709', 'value', 'Crude oil that China imports from ',
            ['RU', 'SA', 'IQ', 'AE', 'OM', 'KW', 'IR', 'MY']),
        ('lng_import_t', '271111', 'weight', 'Liquefied natural gas that China imports from ', ['RU']),
        ('lng_import_usd', '271111', 'value', 'Liquefied natural gas that China imports from ', ['RU']),
        ('pipeline_gas_import_usd', '271121', 'value', 'Pipeline gas that China imports from ', ['RU']),
        ('wheat_import_t', '1001', 'weight', 'Wheat that China imports from ',
            ['RU', 'UA', 'KZ', 'AU', 'FR', 'CA', 'US']),
        ('barley_import_t', '1003', 'weight', 'Barley that China imports from ',
            ['RU', 'UA', 'KZ', 'AU', 'FR', 'CA', 'US'])
    ) AS g(stem, product, quantity_kind, title, partners)
),

singles AS (
    SELECT
        g.stem || p.suffix AS indicator,
        g.title || n.partner_name || ' (HS ' || p.product || ')' AS title,
        p.freq, p.period_start, p.period_end, p.value, p.unit, p.obs_status, p.known_at, p.source, p.inputs, p.computed,
        1.0 AS coverage,
        CAST(NULL AS VARCHAR) AS grade,
        p.product AS scope
    FROM periods AS p
    INNER JOIN single_goods AS g
        ON
            p.product = g.product AND p.quantity_kind = g.quantity_kind AND list_contains(g.partners, p.partner)
            AND p.flow = 'M'
    INNER JOIN partners AS n USING (partner)
),

-- heading 2711 where it is not held, but both of the gases are
gas AS (
    SELECT
        source, rank, flow, product, quantity_kind, freq, period_start, period_end, value, unit, obs_status, known_at,
        inputs, computed
    FROM periods
    WHERE partner = 'RU'
    UNION ALL
    SELECT
        max_by(g.source, g.rank) AS source,
        max(g.rank) AS rank,
        g.flow,
        '2711' AS product,
        g.quantity_kind, g.freq, g.period_start, g.period_end,
        sum(g.value ORDER BY g.product) AS value,
        any_value(g.unit) AS unit,
        computed_status(list(g.obs_status)) AS obs_status,
        max(g.known_at) AS known_at,
        flatten(list(g.inputs ORDER BY g.product)) AS inputs,
        TRUE AS computed
    FROM periods AS g
    ANTI JOIN periods AS h
        ON
            h.partner = 'RU' AND h.product = '2711' AND g.flow = h.flow AND g.quantity_kind = h.quantity_kind
            AND g.freq = h.freq AND g.period_start = h.period_start AND g.period_end = h.period_end
    WHERE g.partner = 'RU' AND g.product IN ('271111', '271121') AND g.quantity_kind = 'value'
    GROUP BY ALL
    HAVING count(*) = 2
),

parts AS (
    FROM (VALUES
        ('coal_import', 'Coal and lignite that China imports from Russia', 'M', ['value', 'weight'],
            ['2701', '2702']),
        ('steel_exports_to_ru', 'Iron, steel and things made of them that China exports to Russia', 'X',
            ['value', 'weight'], ['72', '73']),
        ('energy_imports', 'Energy that China imports from Russia', 'M', ['value'],
            ['2701', '2702', '2704', '2709', '2710', '2711'])
    ) AS w(stem, title, flow, kinds, products)
),

summed AS (
    SELECT
        w.stem,
        w.title || CASE WHEN count(*) < len(w.products) THEN ' (only HS ' ELSE ' (HS ' END
        || string_agg(p.product, ' + ' ORDER BY p.product) || ')' AS title,
        p.quantity_kind, p.freq, p.period_start, p.period_end,
        sum(p.value ORDER BY p.product) AS value,
        p.unit,
        computed_status(list(p.obs_status)) AS obs_status,
        max(p.known_at) AS known_at,
        max_by(p.source, p.rank) AS source,
        flatten(list(p.inputs ORDER BY p.product)) AS inputs,
        TRUE AS computed,
        count(*) / len(w.products) AS coverage,
        CASE WHEN coverage < 0.5 THEN 'do not quote' WHEN w.stem = 'energy_imports' THEN 'with care' END AS grade,
        string_agg(p.product, '+' ORDER BY p.product) AS scope,
        CASE WHEN count(*) = len(w.products) THEN 1 ELSE 3 END AS way
    FROM gas AS p
    INNER JOIN parts AS w
        ON p.flow = w.flow AND list_contains(w.kinds, p.quantity_kind) AND list_contains(w.products, p.product)
    GROUP BY w.stem, w.title, w.products, p.quantity_kind, p.freq, p.period_start, p.period_end, p.unit
),

-- the whole under one code or name, where a source gives it
wholes AS (
    SELECT
        w.stem, w.title, p.quantity_kind, p.freq, p.period_start, p.period_end, p.value, p.unit, p.obs_status,
        p.known_at, p.source, p.inputs, p.computed,
        1.0 AS coverage,
        CAST(NULL AS VARCHAR) AS grade,
        p.product AS scope,
        w.way
    FROM gas AS p
    INNER JOIN (VALUES
        ('coal_import', 'Coal and lignite that China imports from Russia, as cited', 'coal', 2),
        ('energy_imports', 'Energy that China imports from Russia (HS 27)', '27', 0)
    ) AS w(stem, title, product, way) USING (product)
    WHERE p.flow = 'M' AND (p.quantity_kind = 'value' OR w.stem <> 'energy_imports')
),

several AS (
    SELECT
        stem || CASE quantity_kind WHEN 'value' THEN '_usd' ELSE '_t' END AS indicator,
        title, freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs, computed, coverage,
        grade, scope
    FROM (FROM summed UNION ALL FROM wholes)
    QUALIFY row_number() OVER (
        PARTITION BY stem, quantity_kind, freq, period_start, period_end
        ORDER BY way
    ) = 1
),

crude AS (
    SELECT
        v.partner, v.suffix, v.freq, v.period_start, v.period_end,
        v.value AS usd,
        w.value AS tonnes,
        v.value / w.value AS unit_value,
        computed_status([v.obs_status, w.obs_status]) AS obs_status,
        greatest(v.known_at, w.known_at) AS known_at,
        v.source, v.rank,
        v.inputs || w.inputs AS inputs
    FROM periods AS v
    INNER JOIN periods AS w USING (flow, product, partner, source, freq, period_start, period_end)
    WHERE
        v.flow = 'M' AND v.product = '2709' AND v.quantity_kind = 'value' AND w.quantity_kind = 'weight'
        AND w.value > 0
),

unit_values AS (
    SELECT
        'crude_unit_value' || c.suffix AS indicator,
        'Crude oil that China imports from ' || n.partner_name || ': dollars for one tonne at China''s border' AS title,
        c.freq, c.period_start, c.period_end,
        c.unit_value AS value,
        'USD/t' AS unit,
        c.obs_status, c.known_at, c.source, c.inputs,
        TRUE AS computed,
        1.0 AS coverage,
        CAST(NULL AS VARCHAR) AS grade,
        '2709' AS scope
    FROM crude AS c
    INNER JOIN partners AS n USING (partner)
    WHERE c.partner IN ('RU', 'SA', 'IQ', 'AE', 'OM', 'KW', 'IR', 'MY')
),

gulf AS (
    SELECT
        freq, period_start, period_end,
        sum(usd ORDER BY partner) / sum(tonnes ORDER BY partner) AS unit_value,
        computed_status(list(obs_status)) AS obs_status,
        max(known_at) AS known_at,
        max_by(source, rank) AS source,
        max(rank) AS rank,
        flatten(list(inputs ORDER BY partner)) AS inputs,
        count(*) / 5 AS coverage,
        string_agg(partner, ' ' ORDER BY partner) AS held
    FROM crude
    WHERE partner IN ('SA', 'IQ', 'AE', 'OM', 'KW')
    GROUP BY freq, period_start, period_end
),

gulf_values AS (
    SELECT
        'crude_unit_value_gulf' AS indicator,
        'Crude oil that China imports from the Gulf (' || held || '): dollars for one tonne at China''s border'
            AS title,
        freq, period_start, period_end,
        unit_value AS value,
        'USD/t' AS unit,
        obs_status, known_at, source, inputs,
        TRUE AS computed,
        coverage,
        CAST(NULL AS VARCHAR) AS grade,
        held AS scope
    FROM gulf
),

discounts AS (
    SELECT
        r.freq, r.period_start, r.period_end,
        g.unit_value - r.unit_value AS value,
        (g.unit_value - r.unit_value) * r.tonnes AS saved,
        computed_status([g.obs_status, r.obs_status]) AS obs_status,
        greatest(g.known_at, r.known_at) AS known_at,
        CASE WHEN g.rank > r.rank THEN g.source ELSE r.source END AS source,
        greatest(g.rank, r.rank) AS rank,
        g.inputs || r.inputs AS inputs,
        g.coverage,
        g.held
    FROM crude AS r
    INNER JOIN gulf AS g USING (freq, period_start, period_end)
    WHERE r.partner = 'RU'
),

discount AS (
    SELECT
        'crude_discount_usd_t' AS indicator,
        'Russian crude oil against that of the Gulf (' || held || '): dollars less for one tonne, in China' AS title,
        freq, period_start, period_end, value,
        'USD/t' AS unit,
        obs_status, known_at, source, inputs,
        TRUE AS computed,
        coverage,
        CAST(NULL AS VARCHAR) AS grade,
        held AS scope
    FROM discounts
),

months_held AS (
    SELECT
        *,
        month(period_end) - month(period_start) + 1 AS months
    FROM discounts
    WHERE freq = 'M' AND period_start >= DATE '2022-01-01'
),

-- January and February booked together, where not both are held alone as well
pairs AS (
    SELECT p.*
    FROM months_held AS p
    LEFT JOIN months_held AS s ON s.months = 1 AND s.period_start BETWEEN p.period_start AND p.period_end
    WHERE p.months = 2
    GROUP BY ALL
    HAVING count(s.value) < 2
),

-- every month once
saving_months AS (
    SELECT m.*
    FROM months_held AS m
    ANTI JOIN pairs AS p ON m.period_start BETWEEN p.period_start AND p.period_end
    WHERE m.months = 1
    UNION ALL
    FROM pairs
),

savings AS (
    SELECT
        'crude_savings_usd_cum' AS indicator,
        'Saved by China on Russian crude oil since January 2022: discount to Gulf crude times Russian tonnes' AS title,
        'M' AS freq,
        CAST(date_trunc('month', period_end) AS DATE) AS period_start,
        period_end,
        sum(saved) OVER up_to AS value,
        'USD' AS unit,
        computed_status(list(obs_status) OVER up_to) AS obs_status,
        max(known_at) OVER up_to AS known_at,
        max_by(source, rank) OVER up_to AS source,
        flatten(list(inputs) OVER up_to) AS inputs,
        TRUE AS computed,
        sum(months) OVER up_to / (date_diff('month', DATE '2022-01-01', period_end) + 1) AS coverage,
        'with care' AS grade,
        '2709' AS scope
    FROM saving_months
    WINDOW up_to AS (ORDER BY period_end)
),

stated AS (
    SELECT
        'crude_savings_published_usd' AS indicator,
        'Saved by China on Russian oil, ' || strftime(period_start, '%Y-%m') || ' to ' || strftime(period_end, '%Y-%m')
        || ', as stated, without a method' AS title,
        'M' AS freq,
        CAST(date_trunc('month', period_end) AS DATE) AS period_start,
        period_end, value, unit, obs_status, known_at, source,
        [series_key || ' ' || period] AS inputs,
        FALSE AS computed,
        1.0 AS coverage,
        'with care' AS grade,
        strftime(period_start, '%Y-%m') AS scope
    FROM observations_as_of(ts)
    WHERE
        source = 'reference' AND dataset = 'statement' AND measure = 'savings' AND reporter = 'CN' AND partner = 'RU'
        AND product = '2709' AND unit = 'USD' AND value IS NOT NULL
),

savings_gap AS (
    SELECT
        'crude_savings_gap_usd' AS indicator,
        'Saved by China on Russian crude oil since January 2022: computed from customs unit values, less as stated'
            AS title,
        'M' AS freq, c.period_start, c.period_end,
        c.value - s.value AS value,
        'USD' AS unit,
        computed_status([c.obs_status, s.obs_status]) AS obs_status,
        greatest(c.known_at, s.known_at) AS known_at,
        s.source,
        c.inputs || s.inputs AS inputs,
        TRUE AS computed,
        c.coverage,
        'with care' AS grade,
        '2709' AS scope
    FROM savings AS c
    INNER JOIN stated AS s USING (period_end)
    WHERE s.scope = '2022-01'
),

ranks AS (
    SELECT
        n.indicator,
        n.title || ', ' || r.countries || ' countries compared' AS title,
        r.freq, r.period_start, r.period_end,
        CAST(r.rank AS DOUBLE) AS value,
        'rank' AS unit,
        r.obs_status, r.known_at, r.source, r.inputs,
        TRUE AS computed,
        coalesce(r.coverage, 0) AS coverage,
        CASE
            WHEN NOT r.certain AND coalesce(r.coverage, 0) < 0.5 THEN 'do not quote'
            WHEN r.certain AND r.source <> 'reference' AND r.obs_status NOT IN ('E', 'F') THEN 'quotable'
            ELSE 'with care'
        END AS grade,
        r.product AS scope
    FROM supplier_ranks_as_of(ts, ['2709', '8703']) AS r
    INNER JOIN (VALUES
        ('crude_supplier_rank_ru', 'Russia''s place among China''s suppliers of crude oil, by tonnes',
            'M', '2709', 'weight'),
        ('car_exports_rank_ru', 'Russia''s place among the buyers of China''s cars (HS 8703), by units',
            'X', '8703', 'units')
    ) AS n(indicator, title, flow, product, quantity_kind) USING (flow, product, quantity_kind)
    WHERE r.partner = 'RU' AND r.countries > 1
),

answers AS (
    FROM singles
    UNION ALL
    FROM several
    UNION ALL
    FROM unit_values
    UNION ALL
    FROM gulf_values
    UNION ALL
    FROM discount
    UNION ALL
    FROM savings
    UNION ALL
    FROM stated
    UNION ALL
    FROM savings_gap
    UNION ALL
    FROM ranks
),

growing AS (
    SELECT * FROM answers
    WHERE
        indicator IN (
            'energy_imports_usd', 'crude_import_t', 'crude_import_usd', 'coal_import_t', 'coal_import_usd',
            'lng_import_t', 'lng_import_usd', 'pipeline_gas_import_usd', 'steel_exports_to_ru_t',
            'steel_exports_to_ru_usd', 'wheat_import_t', 'barley_import_t'
        )
),

-- January and February together, where they are held apart only
first_two AS (
    SELECT
        s.indicator,
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
        min(s.coverage) AS coverage,
        -- the worse of the two
        CASE
            WHEN bool_or(coalesce(s.grade, '') = 'do not quote') THEN 'do not quote'
            WHEN bool_or(coalesce(s.grade, '') = 'with care') THEN 'with care'
        END AS grade,
        s.scope
    FROM growing AS s
    ANTI JOIN growing AS p
        ON
            s.indicator = p.indicator AND p.freq = 'M' AND year(s.period_start) = year(p.period_start)
            AND month(p.period_start) = 1 AND month(p.period_end) = 2
    WHERE s.freq = 'M' AND month(s.period_end) <= 2 AND month(s.period_start) = month(s.period_end)
    GROUP BY s.indicator, s.freq, s.unit, s.scope, year(s.period_start)
    HAVING count(*) = 2
),

compared AS (
    FROM growing
    UNION ALL
    FROM first_two
),

growth AS (
    SELECT
        now.indicator || '_yoy' AS indicator,
        now.title || ', against the year before' AS title,
        now.freq, now.period_start, now.period_end,
        100 * (now.value / nullif(past.value, 0) - 1) AS value,
        'percent' AS unit,
        computed_status([now.obs_status, past.obs_status]) AS obs_status,
        greatest(now.known_at, past.known_at) AS known_at,
        CASE WHEN past.source = 'reference' THEN past.source ELSE now.source END AS source,
        now.inputs || past.inputs AS inputs,
        TRUE AS computed,
        least(now.coverage, past.coverage) AS coverage,
        past.value < CASE now.unit WHEN 'USD' THEN 1e6 ELSE 100 END AS low_base,
        CASE
            WHEN 'do not quote' IN (now.grade, past.grade) THEN 'do not quote'
            WHEN 'with care' IN (now.grade, past.grade) THEN 'with care'
        END AS grade
    FROM compared AS now
    INNER JOIN compared AS past
        ON
            now.indicator = past.indicator AND now.scope = past.scope AND now.freq = past.freq
            AND past.period_start = CAST(now.period_start - INTERVAL 1 YEAR AS DATE)
            AND past.period_end = last_day(now.period_end - INTERVAL 1 YEAR)
)

SELECT
    indicator, title, freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs, computed,
    coverage,
    FALSE AS low_base,
    grade,
    'commodities 1' AS method
FROM answers
UNION ALL
SELECT
    *,
    'commodities 1' AS method
FROM growth;
