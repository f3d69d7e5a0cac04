-- flow_disagreements(relation): exports, imports and their sum that contradict each other. `relation`: their cells.
-- Grain: kind, series_key_a, period.
--   flows_swapped         a figure from the news that misses the better source's figure of its flow, and is, within
--                         rounding and the usual revision, that source's figure of the other flow. A is the one from
--                         the news, B the better source's of the same flow; the origin of B holds both flows
--   flows_against_total   exports and imports of one table don't add up to its total: A the total, B the sum
CREATE OR REPLACE MACRO flow_disagreements(relation) AS TABLE
WITH cells AS NOT MATERIALIZED (
    SELECT *
    FROM query_table(relation)
    WHERE measure IN ('trade_value', 'quantity')
),

two_flows AS MATERIALIZED (
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
    WHERE x.flow = 'X' AND m.flow = 'M'
),

ledger AS (
    SELECT x AS same, m AS other FROM two_flows
    UNION ALL
    SELECT m AS same, x AS other FROM two_flows
),

swapped AS (
    SELECT
        c,
        l.same,
        l.other,
        c.half_unit + l.same.half_unit + usual_revision(c.product) * abs(l.same.value) AS tolerance
    FROM cells AS c
    INNER JOIN ledger AS l
        ON
            c.same_goods = l.same.same_goods
            AND c.period_start = l.same.period_start
            AND c.period_end = l.same.period_end
    WHERE
        c.obs_status = 'F'
        AND (
            l.same.obs_status <> 'F'
            OR (ends_with(c.dataset, '_other_report') AND NOT ends_with(l.same.dataset, '_other_report'))
        )
        AND abs(c.value - l.other.value)
        <= c.half_unit + l.other.half_unit + usual_revision(c.product) * abs(l.other.value)
        AND abs(c.value - l.same.value)
        > c.half_unit + l.same.half_unit + usual_revision(c.product) * abs(l.same.value)
    QUALIFY row_number() OVER (
        PARTITION BY c.series_key, c.period_start, c.period_end
        ORDER BY l.same.rank, l.same.half_unit, l.same.series_key
    ) = 1
),

sums AS (
    SELECT
        t,
        b.x,
        b.m,
        t.half_unit + b.x.half_unit + b.m.half_unit AS tolerance
    FROM cells AS t
    INNER JOIN two_flows AS b
        ON
            t.same_table = b.x.same_table
            AND t.product = b.x.product
            AND t.period_start = b.x.period_start
            AND t.period_end = b.x.period_end
    WHERE
        t.flow = 'T'
        AND abs(t.value - b.x.value - b.m.value) > t.half_unit + b.x.half_unit + b.m.half_unit
)

SELECT
    'flows_swapped' AS kind,
    c.measure,
    c.reporter,
    c.partner,
    c.flow,
    c.product,
    c.unit,
    c.freq,
    c.period_start,
    c.period_end,
    c.series_key AS series_key_a,
    c.value AS value_a,
    [c.series_key || ' ' || c.period] AS inputs_a,
    CAST(NULL AS VARCHAR) AS reporter_b,
    CAST(NULL AS VARCHAR) AS partner_b,
    CAST(NULL AS VARCHAR) AS flow_b,
    CASE WHEN c.product <> same.product THEN same.product END AS product_b,
    CASE WHEN c.freq <> same.freq THEN same.freq END AS freq_b,
    same.series_key AS series_key_b,
    same.value AS value_b,
    [same.series_key || ' ' || same.period, other.series_key || ' ' || other.period] AS inputs_b,
    same.value - c.value AS difference,
    tolerance,
    FALSE AS explained,
    'cited as ' || CASE WHEN c.flow = 'X' THEN 'exports' ELSE 'imports' END || ', and equal to the '
    || CASE WHEN c.flow = 'X' THEN 'imports' ELSE 'exports' END || ' of ' || same.source || ' ('
    || format('{:,.0f}', other.value) || '): the report has the two flows the wrong way round' AS explanation,
    greatest(c.known_at, same.known_at, other.known_at) AS known_at
FROM swapped
UNION ALL
SELECT
    'flows_against_total' AS kind,
    t.measure,
    t.reporter,
    t.partner,
    t.flow,
    t.product,
    t.unit,
    t.freq,
    t.period_start,
    t.period_end,
    t.series_key AS series_key_a,
    t.value AS value_a,
    [t.series_key || ' ' || t.period] AS inputs_a,
    CAST(NULL AS VARCHAR) AS reporter_b,
    CAST(NULL AS VARCHAR) AS partner_b,
    'X+M' AS flow_b,
    CAST(NULL AS VARCHAR) AS product_b,
    CAST(NULL AS VARCHAR) AS freq_b,
    CAST(NULL AS VARCHAR) AS series_key_b,
    x.value + m.value AS value_b,
    [x.series_key || ' ' || x.period, m.series_key || ' ' || m.period] AS inputs_b,
    x.value + m.value - t.value AS difference,
    tolerance,
    FALSE AS explained,
    'exports and imports of one table add up to another figure than its total' AS explanation,
    greatest(t.known_at, x.known_at, m.known_at) AS known_at
FROM sums;
