-- swapped_disagreements(relation): months from the news whose exports and imports stand the wrong way round, seen by
-- what the cumulative figures of both flows grew by in that month. `relation`: reconciled cells. Kind flows_swapped;
-- grain: series_key_a, series_key_b, period.
-- Such steps hold corrections of earlier months too, so they tell directions apart and no more: swapped means that both
-- flows, exchanged, come four times nearer to the steps than as cited. A is the cited month, B the step of its own
-- flow; the origin of B holds the two cumulative figures of that flow, then those of the other.
CREATE OR REPLACE MACRO swapped_disagreements(relation) AS TABLE
WITH cells AS NOT MATERIALIZED (
    SELECT *
    FROM query_table(relation)
    WHERE measure IN ('trade_value', 'quantity') AND freq IN ('M', 'YTD') AND flow IN ('X', 'M')
),

cited AS (
    SELECT
        x,
        m
    FROM cells AS x
    INNER JOIN cells AS m
        ON
            x.same_table = m.same_table
            AND x.product = m.product
            AND x.period_start = m.period_start
            AND x.period_end = m.period_end
    WHERE x.flow = 'X' AND m.flow = 'M' AND x.freq = 'M' AND x.obs_status = 'F'
),

steps AS (
    SELECT
        series_key, rank, source, dataset, same_table, same_goods, product, flow, period_end,
        CAST(lag(period_end) OVER year_so_far + INTERVAL 1 DAY AS DATE) AS period_start,
        value - lag(value) OVER year_so_far AS value,
        half_unit + lag(half_unit) OVER year_so_far AS half_unit,
        greatest(known_at, lag(known_at) OVER year_so_far) AS known_at,
        [series_key || ' ' || period, series_key || ' ' || lag(period) OVER year_so_far] AS inputs
    FROM cells
    WHERE freq = 'YTD' AND month(period_start) = 1 AND year(period_start) = year(period_end)
    WINDOW year_so_far AS (PARTITION BY series_key, year(period_start) ORDER BY period_end)
    QUALIFY lag(value) OVER year_so_far IS NOT NULL
),

grown AS (
    SELECT
        x,
        m
    FROM steps AS x
    INNER JOIN steps AS m
        ON
            x.same_table = m.same_table
            AND x.product = m.product
            AND x.period_start = m.period_start
            AND x.period_end = m.period_end
    WHERE x.flow = 'X' AND m.flow = 'M' AND NOT ends_with(x.dataset, '_other_report')
),

found AS (
    SELECT
        c.x AS cited_x,
        c.m AS cited_m,
        g.x AS step_x,
        g.m AS step_m
    FROM cited AS c
    INNER JOIN grown AS g
        ON
            c.x.same_goods = g.x.same_goods
            AND c.x.period_start = g.x.period_start
            AND c.x.period_end = g.x.period_end
    WHERE
        abs(c.x.value - g.x.value) > c.x.half_unit + g.x.half_unit
        AND abs(c.m.value - g.m.value) > c.m.half_unit + g.m.half_unit
        AND 4 * (abs(c.x.value - g.m.value) + abs(c.m.value - g.x.value))
        < abs(c.x.value - g.x.value) + abs(c.m.value - g.m.value)
    QUALIFY row_number() OVER (
        PARTITION BY c.x.series_key, c.x.period_start, c.x.period_end
        ORDER BY g.x.rank, g.x.half_unit, g.x.series_key
    ) = 1
),

sides AS (
    SELECT
        cited_x AS a,
        step_x AS b,
        step_m AS other
    FROM found
    UNION ALL
    SELECT
        cited_m AS a,
        step_m AS b,
        step_x AS other
    FROM found
)

SELECT
    'flows_swapped' AS kind,
    a.measure,
    a.reporter,
    a.partner,
    a.flow,
    a.product,
    a.unit,
    a.freq,
    a.period_start,
    a.period_end,
    a.series_key AS series_key_a,
    a.value AS value_a,
    [a.series_key || ' ' || a.period] AS inputs_a,
    CAST(NULL AS VARCHAR) AS reporter_b,
    CAST(NULL AS VARCHAR) AS partner_b,
    CAST(NULL AS VARCHAR) AS flow_b,
    CASE WHEN a.product <> b.product THEN b.product END AS product_b,
    'YTD' AS freq_b,
    b.series_key AS series_key_b,
    b.value AS value_b,
    b.inputs || other.inputs AS inputs_b,
    b.value - a.value AS difference,
    a.half_unit + b.half_unit AS tolerance,
    FALSE AS explained,
    'cited as ' || CASE WHEN a.flow = 'X' THEN 'exports' ELSE 'imports' END || ', but cumulative '
    || CASE WHEN a.flow = 'X' THEN 'imports' ELSE 'exports' END || ' grew by about that much ('
    || format('{:,.0f}', other.value) || '): the report has the two flows the wrong way round' AS explanation,
    greatest(a.known_at, b.known_at, other.known_at) AS known_at
FROM sides;
