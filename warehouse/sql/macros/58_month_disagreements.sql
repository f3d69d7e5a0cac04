-- month_disagreements(relation): months that don't add up to the year, or to the step between two cumulative figures,
-- in one source and across sources. `relation`: reconciled cells. Grain: series_key_a, series_key_b, period.
--   months_against_year         A the year, B the sum of its months in one series
--   months_against_cumulative   A the figure since January, or what it grew by since the last one before it that the
--                               series holds, so that one wrong month is listed once; B the months in between
-- Months count only if they fill the span without a gap; January and February booked together are one figure.
-- Later corrections of earlier months end up in the cumulative figure: what a figure usually moves explains a
-- difference.
CREATE OR REPLACE MACRO month_disagreements(relation) AS TABLE
WITH cells AS NOT MATERIALIZED (
    SELECT *
    FROM query_table(relation)
    WHERE
        measure IN ('trade_value', 'quantity')
        AND freq IN ('M', 'YTD', 'A')
        AND year(period_start) = year(period_end)
),

held AS (
    SELECT
        *,
        month(period_end) - month(period_start) + 1 AS months
    FROM cells
    WHERE freq = 'M'
),

together AS (
    SELECT t.*
    FROM held AS t
    LEFT JOIN held AS s
        ON
            t.series_key = s.series_key AND s.months = 1
            AND t.period_start <= s.period_start AND s.period_end <= t.period_end
    WHERE t.months > 1
    GROUP BY ALL
    HAVING count(s.value) < t.months -- else they are there apart as well
),

months AS MATERIALIZED (
    SELECT h.*
    FROM held AS h
    ANTI JOIN together AS t
        ON h.series_key = t.series_key AND t.period_start <= h.period_start AND h.period_end <= t.period_end
    WHERE h.months = 1
    UNION ALL
    SELECT * FROM together
),

wholes AS (
    SELECT
        *,
        lag(period_end) OVER year_so_far AS before_end,
        lag(value) OVER year_so_far AS before_value,
        lag(half_unit) OVER year_so_far AS before_half_unit,
        lag(known_at) OVER year_so_far AS before_known_at,
        lag(period) OVER year_so_far AS before_period
    FROM cells
    WHERE freq IN ('YTD', 'A') AND month(period_start) = 1
    WINDOW year_so_far AS (PARTITION BY series_key, year(period_start) ORDER BY period_end)
),

spans AS MATERIALIZED (
    SELECT
        *,
        coalesce(CAST(before_end + INTERVAL 1 DAY AS DATE), period_start) AS span_start,
        value - coalesce(before_value, 0) AS span_value,
        half_unit + coalesce(before_half_unit, 0) AS span_half_unit,
        month(period_end) - coalesce(month(before_end), 0) AS span_months
    FROM wholes
),

sums AS (
    SELECT
        w.series_key AS whole_key,
        m.series_key AS month_key,
        w.period_end,
        any_value(w.span_value) AS span_value,
        any_value(w.span_half_unit) + sum(m.half_unit ORDER BY m.period_start) AS rounding,
        greatest(any_value(usual_revision(w.product)), max(usual_revision(m.product))) * any_value(abs(w.value))
            AS revision,
        any_value(w.before_end) AS before_end,
        any_value(w.span_start) AS span_start,
        sum(m.value ORDER BY m.period_start) AS value,
        count(*) AS figures,
        max(m.known_at) AS known_at,
        any_value(m.product) AS product
    FROM spans AS w
    INNER JOIN months AS m
        ON
            w.same_goods = m.same_goods
            AND year(w.period_end) = year(m.period_end)
    WHERE w.span_start <= m.period_start AND m.period_end <= w.period_end
    GROUP BY w.series_key, m.series_key, w.period_end
    HAVING sum(m.months) = any_value(w.span_months)
),

apart AS (
    SELECT *
    FROM sums
    WHERE
        abs(span_value - value) > rounding
        AND (figures > 1 OR before_end IS NOT NULL) -- January alone against the year so far is same_period
),

listed AS (
    SELECT
        a.whole_key,
        a.month_key,
        a.period_end,
        list(m.series_key || ' ' || m.period ORDER BY m.period_start) AS inputs
    FROM apart AS a
    INNER JOIN months AS m ON a.month_key = m.series_key
    WHERE a.span_start <= m.period_start AND m.period_end <= a.period_end
    GROUP BY ALL
)

SELECT
    CASE w.freq WHEN 'A' THEN 'months_against_year' ELSE 'months_against_cumulative' END AS kind,
    w.measure,
    w.reporter,
    w.partner,
    w.flow,
    w.product,
    w.unit,
    CASE WHEN a.before_end IS NULL THEN w.freq ELSE 'M' END AS freq,
    a.span_start AS period_start,
    w.period_end,
    w.series_key AS series_key_a,
    a.span_value AS value_a,
    CASE
        WHEN a.before_end IS NULL THEN [w.series_key || ' ' || w.period]
        ELSE [w.series_key || ' ' || w.period, w.series_key || ' ' || w.before_period]
    END AS inputs_a,
    CAST(NULL AS VARCHAR) AS reporter_b,
    CAST(NULL AS VARCHAR) AS partner_b,
    CAST(NULL AS VARCHAR) AS flow_b,
    CASE WHEN a.product <> w.product THEN a.product END AS product_b,
    CASE WHEN a.before_end IS NULL THEN 'M' END AS freq_b,
    a.month_key AS series_key_b,
    a.value AS value_b,
    l.inputs AS inputs_b,
    a.value - a.span_value AS difference,
    a.rounding + a.revision AS tolerance,
    abs(a.span_value - a.value) <= a.rounding + a.revision AS explained,
    CASE
        WHEN abs(a.span_value - a.value) <= a.rounding + a.revision
            THEN 'vintages: no further apart than months usually move after their first release'
        WHEN w.freq = 'A' THEN 'the months of the year add up to another figure than the year'
        WHEN a.before_end IS NULL THEN 'the months add up to another figure than the one since January'
        ELSE 'the months add up to another figure than the one since January grew by, or earlier months were corrected'
    END AS explanation,
    greatest(w.known_at, w.before_known_at, a.known_at) AS known_at
FROM apart AS a
INNER JOIN spans AS w ON a.whole_key = w.series_key AND a.period_end = w.period_end
INNER JOIN listed AS l
    ON a.whole_key = l.whole_key AND a.month_key = l.month_key AND a.period_end = l.period_end;
