-- trade_answers_as_of(ts): China's trade with Russia, all goods, as known at the instant ts (UTC).
-- Grain: indicator, freq, period.
--   trade     the best source's figure; months missing as such are the difference of two cumulative figures (basis
--             derived, status E), to be quoted like them as long as rounding, named in the title, moves it by at most
--             1 %, else with care; January-February is one period
--   balance   exports less imports of one source's period
--   yoy       against the same period of the year before, computed; never copied from the page. January and February
--             are always compared together as well (the spring festival falls into either), from the figure of both,
--             else the sum of the two months, whichever each of the years has
--   yoy_3m    the three months up to and with this one against the same three of the year before, named by the last;
--             none where they would cut a January and February that are held together only
--   share     Russia's part of China's trade with the world, both of one source; a total that is hidden in the document
--             is exports plus imports
--   rank      Russia's place among the countries that the customs service's table names, groups left out. With care
--             where the table leaves out so much trade that a country that is missing could stand before it, not to be
--             quoted where it covers less than half of the world's figure
CREATE OR REPLACE MACRO trade_answers_as_of(ts) AS TABLE
WITH best AS (
    SELECT * FROM observations_best_as_of(ts)
    WHERE
        measure = 'trade_value' AND reporter = 'CN' AND product = 'TOTAL' AND unit IN ('USD', 'CNY')
        AND freq IN ('M', 'YTD', 'A')
),

names AS (
    FROM (VALUES
        ('T', 'trade_total', 'China''s trade with Russia, exports plus imports'),
        ('X', 'cn_exports', 'China''s exports to Russia'),
        ('M', 'cn_imports', 'China''s imports from Russia')
    ) AS n(flow, stem, title)
),

printed AS (
    SELECT
        n.stem, n.title, b.unit, b.freq, b.period_start, b.period_end, b.value, b.obs_status, b.known_at, b.source,
        b.half_unit, [b.series_key || ' ' || b.period] AS inputs
    FROM best AS b
    INNER JOIN names AS n USING (flow)
    WHERE b.partner = 'RU'
),

year_to_date AS (
    SELECT
        *,
        lag(value) OVER year_so_far AS value_before,
        lag(obs_status) OVER year_so_far AS status_before,
        lag(period_end) OVER year_so_far AS period_end_before,
        lag(known_at) OVER year_so_far AS known_at_before,
        lag(source) OVER year_so_far AS source_before,
        lag(half_unit) OVER year_so_far AS half_unit_before,
        lag(inputs) OVER year_so_far AS inputs_before
    FROM printed
    WHERE freq = 'YTD' AND month(period_start) = 1
    WINDOW year_so_far AS (PARTITION BY stem, unit, year(period_start) ORDER BY period_end)
),

differences AS (
    SELECT
        stem, title, unit, 'M' AS freq,
        CASE
            WHEN value_before IS NULL THEN period_start
            ELSE CAST(period_end_before + INTERVAL 1 DAY AS DATE)
        END AS period_start,
        period_end,
        value - coalesce(value_before, 0) AS value,
        CASE WHEN value_before IS NULL OR obs_status = 'F' THEN obs_status WHEN status_before = 'F' THEN 'F' ELSE 'E' END AS obs_status,
        greatest(known_at, known_at_before) AS known_at, -- a backfill can bring the earlier figure later
        source,
        half_unit + coalesce(half_unit_before, 0) AS half_unit,
        coalesce(inputs_before, []) || inputs AS inputs
    FROM year_to_date
    WHERE
        (value_before IS NULL AND month(period_end) <= 2)
        OR (source_before = source AND period_end = last_day(period_end_before + INTERVAL 1 MONTH))
),

years AS (
    SELECT
        stem, title, unit, 'A' AS freq, period_start, period_end, value, obs_status, known_at, source, half_unit, inputs
    FROM printed
    WHERE freq = 'YTD' AND month(period_start) = 1 AND month(period_end) = 12
),

-- what cumulative figures give; from the news alone it stands behind any other
implied AS (
    SELECT
        d.* REPLACE (
            CASE
                WHEN len(d.inputs) = 1 THEN d.title
                ELSE
                    d.title || '; difference of two cumulative figures, within '
                    || format('{:,.0f} ', d.half_unit) || d.unit
            END AS title
        ),
        TRUE AS computed,
        CASE
            WHEN
                d.source <> 'reference' AND d.obs_status <> 'F' AND len(d.inputs) = 2
                AND d.half_unit <= abs(d.value) / 100
                THEN 'quotable'
        END AS grade
    FROM differences AS d
    UNION ALL
    SELECT
        y.*,
        TRUE AS computed,
        CAST(NULL AS VARCHAR) AS grade
    FROM years AS y
),

trade AS (
    SELECT
        p.*,
        FALSE AS computed,
        CAST(NULL AS VARCHAR) AS grade
    FROM printed AS p
    ANTI JOIN implied AS i
        ON
            p.obs_status = 'F' AND i.obs_status <> 'F'
            AND p.stem = i.stem AND p.unit = i.unit AND p.freq = i.freq
            AND i.period_start <= p.period_end AND p.period_start <= i.period_end
    UNION ALL
    SELECT i.*
    FROM implied AS i
    ANTI JOIN printed AS p
        ON
            i.stem = p.stem AND i.unit = p.unit AND i.freq = p.freq
            AND i.period_start <= p.period_end AND p.period_start <= i.period_end
            AND (p.obs_status <> 'F' OR i.obs_status = 'F')
),

balance AS (
    SELECT
        'trade_balance' AS stem,
        'China''s exports to Russia less its imports from Russia' AS title,
        x.unit, x.freq, x.period_start, x.period_end,
        x.value - m.value AS value,
        computed_status([x.obs_status, m.obs_status]) AS obs_status,
        greatest(x.known_at, m.known_at) AS known_at,
        x.source,
        x.half_unit + m.half_unit AS half_unit,
        x.inputs || m.inputs AS inputs,
        TRUE AS computed,
        CAST(NULL AS VARCHAR) AS grade
    FROM trade AS x
    INNER JOIN trade AS m
        ON
            x.unit = m.unit AND x.freq = m.freq AND x.period_start = m.period_start AND x.period_end = m.period_end
            AND x.source = m.source
    WHERE x.stem = 'cn_exports' AND m.stem = 'cn_imports'
),

-- every month of the dollar figures, once
singles AS (
    SELECT * FROM trade
    WHERE freq = 'M' AND unit = 'USD' AND month(period_start) = month(period_end)
),

-- January and February of a year together: held so, else the year up to February, else the two added up
first_two AS (
    SELECT * EXCLUDE (way)
    FROM (
        SELECT
            stem, title, unit, 'M' AS freq, period_start, period_end, value, obs_status, known_at, source, half_unit, inputs,
            computed, grade,
            CASE freq WHEN 'M' THEN 1 ELSE 2 END AS way
        FROM trade
        WHERE unit = 'USD' AND freq IN ('M', 'YTD') AND month(period_start) = 1 AND month(period_end) = 2
        UNION ALL
        SELECT
            stem, any_value(title) AS title, unit, 'M' AS freq,
            min(period_start) AS period_start,
            max(period_end) AS period_end,
            sum(value) AS value,
            computed_status(list(obs_status)) AS obs_status,
            max(known_at) AS known_at,
            coalesce(max(source) FILTER (WHERE source = 'reference'), any_value(source)) AS source,
            sum(half_unit) AS half_unit,
            flatten(list(inputs ORDER BY period_start)) AS inputs,
            TRUE AS computed,
            CASE WHEN count(grade) = 2 THEN 'quotable' END AS grade,
            3 AS way
        FROM singles
        WHERE month(period_end) <= 2
        GROUP BY stem, unit, year(period_start)
        HAVING count(*) = 2
    )
    QUALIFY row_number() OVER (PARTITION BY stem, year(period_start) ORDER BY way) = 1
),

months_apart AS (
    FROM singles
    UNION ALL
    SELECT f.*
    FROM first_two AS f
    ANTI JOIN singles AS s ON f.stem = s.stem AND s.period_end = f.period_end
),

three_months AS (
    SELECT
        l.stem || '_3m' AS stem,
        any_value(l.title) AS title,
        l.unit, l.freq,
        CAST(date_trunc('month', l.period_end) AS DATE) AS period_start,
        l.period_end,
        sum(m.value) AS value,
        computed_status(list(m.obs_status)) AS obs_status,
        max(m.known_at) AS known_at,
        coalesce(max(m.source) FILTER (WHERE m.source = 'reference'), any_value(m.source)) AS source,
        sum(m.half_unit) AS half_unit,
        flatten(list(m.inputs ORDER BY m.period_start)) AS inputs,
        TRUE AS computed,
        -- each as printed, or a difference of printed figures that rounding hardly moves
        CASE
            WHEN
                bool_and(
                    m.source <> 'reference'
                    AND (m.obs_status IN ('A', 'P') OR coalesce(m.grade = 'quotable', FALSE))
                )
                THEN 'quotable'
        END AS grade
    FROM months_apart AS l
    INNER JOIN months_apart AS m
        ON
            l.stem = m.stem AND m.period_end <= l.period_end
            AND m.period_start >= date_trunc('month', l.period_end) - INTERVAL 2 MONTH
    GROUP BY l.stem, l.unit, l.freq, l.period_end
    HAVING sum(date_diff('month', m.period_start, m.period_end) + 1) = 3
),

compared AS (
    SELECT
        *,
        '_yoy' AS suffix,
        'against the year before' AS words
    FROM (
        SELECT * FROM trade
        WHERE unit = 'USD'
        UNION ALL
        SELECT f.*
        FROM first_two AS f
        ANTI JOIN trade AS t
            ON
                f.stem = t.stem AND t.unit = 'USD' AND t.freq = 'M'
                AND f.period_start = t.period_start AND f.period_end = t.period_end
    )
    UNION ALL
    SELECT
        * REPLACE (replace(stem, '_3m', '') AS stem),
        '_yoy_3m' AS suffix,
        'the three months to this one against the same of the year before' AS words
    FROM three_months
),

growth AS (
    SELECT
        now.stem || now.suffix AS indicator,
        n.title || ', ' || now.words AS title,
        now.freq, now.period_start, now.period_end,
        100 * (now.value / nullif(past.value, 0) - 1) AS value,
        'percent' AS unit,
        computed_status([now.obs_status, past.obs_status]) AS obs_status,
        greatest(now.known_at, past.known_at) AS known_at,
        CASE WHEN past.source = 'reference' THEN past.source ELSE now.source END AS source,
        now.inputs || past.inputs AS inputs,
        TRUE AS computed,
        1.0 AS coverage,
        FALSE AS low_base, -- the two countries' trade is counted in billions
        CASE WHEN now.grade = 'quotable' AND past.grade = 'quotable' THEN now.grade END AS grade
    FROM compared AS now
    INNER JOIN compared AS past
        ON
            now.stem = past.stem AND now.suffix = past.suffix AND now.freq = past.freq
            AND past.period_start = CAST(now.period_start - INTERVAL 1 YEAR AS DATE)
            AND past.period_end = last_day(now.period_end - INTERVAL 1 YEAR)
    INNER JOIN names AS n ON now.stem = n.stem
),

money AS (
    SELECT
        stem || '_' || lower(unit) AS indicator,
        title, freq, period_start, period_end, value, unit, obs_status, known_at, source, inputs, computed,
        1.0 AS coverage,
        FALSE AS low_base,
        grade
    FROM (FROM trade UNION ALL FROM balance)
),

-- every partner's total by month and year, printed or exports plus imports, of the customs service's own tables
totals AS (
    SELECT
        partner, partner_kind, source, rank,
        CASE freq WHEN 'YTD' THEN 'A' ELSE freq END AS freq,
        period_start, period_end,
        coalesce(
            any_value(value) FILTER (WHERE flow = 'T'),
            any_value(value) FILTER (WHERE flow = 'X') + any_value(value) FILTER (WHERE flow = 'M')
        ) AS value,
        bool_or(flow = 'T') AS is_printed,
        max(known_at) FILTER (WHERE flow = 'T') AS known_at_printed,
        max(known_at) FILTER (WHERE flow <> 'T') AS known_at_parts,
        list(obs_status) FILTER (WHERE flow = 'T') AS status_printed,
        list(obs_status) FILTER (WHERE flow <> 'T') AS status_parts,
        list(series_key || ' ' || period) FILTER (WHERE flow = 'T') AS inputs_printed,
        list(series_key || ' ' || period) FILTER (WHERE flow <> 'T') AS inputs_parts
    FROM observations_as_of(ts)
    INNER JOIN source_ranking USING (source)
    WHERE
        source IN ('gacc_bulletin', 'gacc_preliminary') AND measure = 'trade_value' AND reporter = 'CN'
        AND product = 'TOTAL' AND unit = 'USD' AND value IS NOT NULL
        AND (partner_kind = 'country' OR partner = 'W0') AND partner <> reporter
        AND (freq = 'M' OR (freq IN ('YTD', 'A') AND month(period_start) = 1 AND month(period_end) = 12))
    GROUP BY ALL
),

comparable AS (
    SELECT
        partner, partner_kind, source, freq, period_start, period_end, value,
        CASE WHEN is_printed THEN known_at_printed ELSE known_at_parts END AS known_at,
        CASE WHEN is_printed THEN status_printed ELSE status_parts END AS statuses,
        CASE WHEN is_printed THEN inputs_printed ELSE inputs_parts END AS inputs
    FROM totals
    WHERE value IS NOT NULL
    QUALIFY rank = min(rank) FILTER (WHERE partner = 'RU') OVER (PARTITION BY freq, period_start, period_end)
),

russia AS (
    SELECT * FROM comparable
    WHERE partner = 'RU'
),

world AS (
    SELECT * FROM comparable
    WHERE partner = 'W0'
),

share AS (
    SELECT
        'ru_share_of_cn_trade' AS indicator,
        'Russia''s share of China''s trade with the world' AS title,
        r.freq, r.period_start, r.period_end,
        100 * r.value / nullif(w.value, 0) AS value,
        'percent' AS unit,
        computed_status(r.statuses || w.statuses) AS obs_status,
        greatest(r.known_at, w.known_at) AS known_at,
        r.source,
        r.inputs || w.inputs AS inputs,
        TRUE AS computed, 1.0 AS coverage, FALSE AS low_base, CAST(NULL AS VARCHAR) AS grade
    FROM russia AS r
    INNER JOIN world AS w USING (freq, period_start, period_end)
),

fields AS (
    SELECT
        c.freq, c.period_start, c.period_end,
        1 + count(*) FILTER (WHERE c.value > r.value) AS place,
        count(*) AS countries,
        sum(c.value ORDER BY c.value DESC, c.partner) AS total,
        max(c.known_at) AS known_at,
        flatten(list(c.statuses)) AS statuses,
        flatten(list(c.inputs ORDER BY c.value DESC, c.partner)) AS inputs,
        any_value(r.value) AS russian
    FROM comparable AS c
    INNER JOIN russia AS r USING (freq, period_start, period_end)
    WHERE c.partner_kind = 'country'
    GROUP BY ALL
),

place AS (
    SELECT
        'ru_rank_partner' AS indicator,
        'Russia''s place among China''s trading partners, ' || f.countries || ' countries compared' AS title,
        f.freq, f.period_start, f.period_end,
        CAST(f.place AS DOUBLE) AS value,
        'rank' AS unit,
        computed_status(f.statuses || coalesce(w.statuses, [])) AS obs_status,
        greatest(f.known_at, coalesce(w.known_at, f.known_at)) AS known_at,
        r.source,
        f.inputs || coalesce(w.inputs, []) AS inputs,
        TRUE AS computed,
        CASE WHEN w.value > 0 THEN least(f.total / w.value, 1) ELSE 0 END AS coverage,
        FALSE AS low_base,
        CASE
            WHEN w.value - f.total < f.russian THEN 'quotable'
            WHEN coverage < 0.5 THEN 'do not quote'
            ELSE 'with care'
        END AS grade
    FROM fields AS f
    INNER JOIN russia AS r USING (freq, period_start, period_end)
    LEFT JOIN world AS w USING (freq, period_start, period_end)
)

SELECT
    *,
    'trade 1' AS method
FROM (FROM money UNION ALL FROM growth UNION ALL FROM share UNION ALL FROM place);
