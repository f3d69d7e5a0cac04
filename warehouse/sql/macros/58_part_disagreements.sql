-- part_disagreements(relation): goods that add up to more than what holds them, in one table and period:
-- chapters against TOTAL, headings against their chapter, subheadings against their heading, national codes against
-- all. Parts may be fewer than the whole (only some are held), never more. A is the whole, B the sum of its parts of
-- one length of code. `relation`: reconciled cells. Grain: series_key_a, period, length of the parts' codes.
CREATE OR REPLACE MACRO part_disagreements(relation) AS TABLE
WITH coded AS NOT MATERIALIZED (
    SELECT
        *,
        CASE WHEN product = 'TOTAL' THEN 0 ELSE length(product) END AS digits
    FROM query_table(relation)
    WHERE
        measure IN ('trade_value', 'quantity')
        AND (product = 'TOTAL' OR regexp_full_match(product, '[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8}'))
),

below AS (
    SELECT
        *,
        unnest(
            list_filter(
                ['TOTAL', product[1:2], product[1:4], product[1:6]],
                LAMBDA whole: whole = 'TOTAL' OR length(whole) < digits
            )
        ) AS whole
    FROM coded
    WHERE digits > 0
),

sums AS (
    SELECT
        same_table, flow, period_start, period_end, whole, digits,
        sum(value ORDER BY product) AS value,
        sum(half_unit ORDER BY product) AS half_unit,
        count(*) AS parts,
        max(known_at) AS known_at
    FROM below
    GROUP BY ALL
),

beyond AS (
    SELECT
        w,
        s.value,
        s.digits,
        s.parts,
        w.half_unit + s.half_unit AS tolerance,
        greatest(w.known_at, s.known_at) AS known_at
    FROM coded AS w
    INNER JOIN sums AS s
        ON
            w.same_table = s.same_table
            AND w.flow = s.flow
            AND w.product = s.whole
            AND w.period_start = s.period_start
            AND w.period_end = s.period_end
    WHERE s.value - w.value > w.half_unit + s.half_unit
),

listed AS (
    SELECT
        b.w.series_key,
        b.w.period_start,
        b.w.period_end,
        b.digits,
        list(p.series_key || ' ' || p.period ORDER BY p.product) AS inputs
    FROM beyond AS b
    INNER JOIN below AS p
        ON
            b.w.same_table = p.same_table
            AND b.w.flow = p.flow
            AND b.w.product = p.whole
            AND b.w.period_start = p.period_start
            AND b.w.period_end = p.period_end
            AND b.digits = p.digits
    GROUP BY ALL
)

SELECT
    'parts_exceed_whole' AS kind,
    b.w.measure,
    b.w.reporter,
    b.w.partner,
    b.w.flow,
    b.w.product,
    b.w.unit,
    b.w.freq,
    b.w.period_start,
    b.w.period_end,
    b.w.series_key AS series_key_a,
    b.w.value AS value_a,
    [b.w.series_key || ' ' || b.w.period] AS inputs_a,
    CAST(NULL AS VARCHAR) AS reporter_b,
    CAST(NULL AS VARCHAR) AS partner_b,
    CAST(NULL AS VARCHAR) AS flow_b,
    'sum of ' || b.parts || ' codes of ' || b.digits || ' digits' AS product_b,
    CAST(NULL AS VARCHAR) AS freq_b,
    CAST(NULL AS VARCHAR) AS series_key_b,
    b.value AS value_b,
    l.inputs AS inputs_b,
    b.value - b.w.value AS difference,
    b.tolerance,
    FALSE AS explained,
    'the parts of one table add up to more than the whole that holds them' AS explanation,
    b.known_at
FROM beyond AS b
INNER JOIN listed AS l
    ON
        b.w.series_key = l.series_key AND b.w.period_start = l.period_start AND b.w.period_end = l.period_end
        AND b.digits = l.digits;
