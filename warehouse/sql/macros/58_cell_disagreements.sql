-- cell_disagreements(relation): two figures for the same thing that are apart by more than rounding.
-- `relation`: reconciled cells. Grain: kind, series_key_a, series_key_b, period.
--   same_cell     two series, one frequency: two sources, or two reports that one source holds in different datasets
--   same_period   two frequencies of one span: the year against January to December, January against the year so far
--   scope         figures that look alike and count different things: both are right, `explained`
-- A is the one of the source that ranks first. What another vintage usually moves explains a difference between
-- sources.
CREATE OR REPLACE MACRO cell_disagreements(relation) AS TABLE
WITH cells AS NOT MATERIALIZED (
    SELECT * FROM query_table(relation)
),

scopes AS (
    FROM (VALUES
        (
            'vehicles', '8703',
            'a trade body counts vehicles of all classes by its own rules; customs code 8703 is passenger cars, new '
            || 'and used: both are right, they must not be mixed'
        )
    ) AS s(product, goods, words)
),

counted_otherwise AS MATERIALIZED (
    SELECT
        b,
        s.words,
        hash(b.measure, b.reporter, b.partner, b.flow, s.goods, b.unit) AS same_goods -- that of the customs code
    FROM cells AS b
    INNER JOIN scopes AS s ON b.product = s.product
),

pairs AS (
    SELECT
        CASE
            WHEN (ends_with(a.dataset, '_cny') AND ends_with(b.dataset, '_usd'))
                OR (ends_with(a.dataset, '_usd') AND ends_with(b.dataset, '_cny')) THEN 'scope'
            WHEN a.freq = b.freq THEN 'same_cell'
            ELSE 'same_period'
        END AS kind,
        a.half_unit + b.half_unit AS rounding,
        CASE
            WHEN a.measure NOT IN ('trade_value', 'quantity') THEN 0
            WHEN a.source = b.source AND a.freq = b.freq THEN 0
            ELSE
                greatest(usual_revision(a.product), usual_revision(b.product)) * greatest(abs(a.value), abs(b.value))
        END AS revision,
        'growth in yuan against growth in dollars: both are right' AS words,
        a,
        b
    FROM cells AS a
    INNER JOIN cells AS b
        ON
            a.same_goods = b.same_goods
            AND a.period_start = b.period_start
            AND a.period_end = b.period_end
    WHERE
        (a.rank, a.series_key) < (b.rank, b.series_key)
        AND abs(a.value - b.value) > a.half_unit + b.half_unit
    UNION ALL
    SELECT
        'scope' AS kind,
        a.half_unit + s.b.half_unit AS rounding,
        0 AS revision,
        s.words,
        a,
        s.b
    FROM counted_otherwise AS s
    INNER JOIN cells AS a
        ON
            s.same_goods = a.same_goods
            AND a.period_start = s.b.period_start
            AND a.period_end = s.b.period_end
    WHERE abs(a.value - s.b.value) > a.half_unit + s.b.half_unit
),

judged AS (
    SELECT
        *,
        rounding + revision AS tolerance,
        kind = 'scope' OR abs(a.value - b.value) <= rounding + revision AS explained
    FROM pairs
)

SELECT
    kind,
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
    CASE WHEN a.freq <> b.freq THEN b.freq END AS freq_b,
    b.series_key AS series_key_b,
    b.value AS value_b,
    [b.series_key || ' ' || b.period] AS inputs_b,
    b.value - a.value AS difference,
    tolerance,
    explained,
    CASE
        WHEN kind = 'scope' THEN words
        WHEN explained THEN 'vintages: no further apart than a figure usually moves between two releases'
        WHEN a.source = b.source AND kind = 'same_cell' THEN 'two reports of one figure that exclude each other'
        WHEN kind = 'same_cell' THEN 'two sources, further apart than rounding and the usual revision'
        ELSE 'one span of time, two frequencies, further apart than rounding and the usual revision'
    END AS explanation,
    greatest(a.known_at, b.known_at) AS known_at
FROM judged;
