-- commodity_periods_as_of(ts, goods, freqs): the best figure that China reports of the goods (a list of products) by
-- partner for months, halves, years and the year so far (of them those in the list freqs), as known at the instant ts
-- (UTC); where none is printed, the sum of the months, if every one of them is there (January and February booked
-- together are two). Grain: scope, partner, flow, product, quantity_kind, freq, period.
-- Of an official print, an official sum to June or December, a sum of official months, and the same three with a cited
-- figure in them, the first that is held counts. Scopes are never mixed.
CREATE OR REPLACE MACRO commodity_periods_as_of(ts, goods, freqs) AS TABLE
WITH printed AS (
    SELECT
        scope, source, rank, reporter, partner, partner_kind, flow, product, quantity_kind, unit, freq,
        period_start, period_end, value, half_unit, obs_status, known_at, inputs,
        FALSE AS computed,
        1 AS way
    FROM commodity_best_as_of(ts)
    WHERE
        reporter = 'CN'
        AND list_contains(goods, product)
        AND freq IN ('M', 'H', 'A', 'YTD')
        AND year(period_start) = year(period_end)
        AND (freq <> 'YTD' OR month(period_start) = 1)
),

months AS (
    SELECT
        *,
        month(period_end) - month(period_start) + 1 AS months
    FROM printed
    WHERE freq = 'M'
),

singles AS (
    SELECT * FROM months
    WHERE months = 1
),

-- January and February booked together, where not both are held alone as well
pairs AS (
    SELECT p.*
    FROM months AS p
    LEFT JOIN singles AS s
        ON
            p.scope = s.scope AND p.reporter = s.reporter AND p.partner = s.partner AND p.flow = s.flow
            AND p.product = s.product AND p.quantity_kind = s.quantity_kind
            AND s.period_start BETWEEN p.period_start AND p.period_end
    WHERE p.months = 2 AND month(p.period_start) = 1
    GROUP BY ALL
    HAVING count(s.value) < 2
),

-- every month once
months_apart AS (
    SELECT s.*
    FROM singles AS s
    ANTI JOIN pairs AS p
        ON
            s.scope = p.scope AND s.reporter = p.reporter AND s.partner = p.partner AND s.flow = p.flow
            AND s.product = p.product AND s.quantity_kind = p.quantity_kind
            AND s.period_start BETWEEN p.period_start AND p.period_end
    UNION ALL
    FROM pairs
),

-- the halves, the year, and January to each month
spans AS (
    SELECT freq, begins, ends
    FROM (
        FROM (VALUES ('H', 1, 6), ('H', 7, 12), ('A', 1, 12)) AS f(freq, begins, ends)
        UNION ALL
        SELECT
            'YTD' AS freq,
            1 AS begins,
            unnest(range(1, 13)) AS ends
    )
    WHERE list_contains(freqs, freq)
),

sums AS (
    SELECT
        m.scope,
        max_by(m.source, m.rank) AS source,
        max(m.rank) AS rank,
        m.reporter, m.partner,
        any_value(m.partner_kind) AS partner_kind,
        m.flow, m.product, m.quantity_kind,
        any_value(m.unit) AS unit,
        s.freq,
        make_date(year(m.period_end), s.begins, 1) AS period_start,
        last_day(make_date(year(m.period_end), s.ends, 1)) AS period_end,
        sum(m.value ORDER BY m.period_end) AS value,
        sum(m.half_unit ORDER BY m.period_end) AS half_unit,
        computed_status(list(m.obs_status)) AS obs_status,
        max(m.known_at) AS known_at,
        flatten(list(m.inputs ORDER BY m.period_end)) AS inputs,
        TRUE AS computed,
        3 AS way
    FROM months_apart AS m
    INNER JOIN spans AS s ON month(m.period_start) >= s.begins AND month(m.period_end) <= s.ends
    GROUP BY
        m.scope, m.reporter, m.partner, m.flow, m.product, m.quantity_kind, s.freq, year(m.period_end), s.begins, s.ends
    HAVING sum(m.months) = s.ends - s.begins + 1
),

-- January to June is the half, January to December the year
closed AS (
    SELECT
        * REPLACE (CASE month(period_end) WHEN 6 THEN 'H' ELSE 'A' END AS freq, TRUE AS computed, 2 AS way)
    FROM printed
    WHERE freq = 'YTD' AND month(period_end) IN (6, 12)
)

SELECT * EXCLUDE (way)
FROM printed
WHERE freq = 'M' AND list_contains(freqs, 'M')
UNION ALL
SELECT * EXCLUDE (way)
FROM (FROM printed UNION ALL FROM closed UNION ALL FROM sums)
WHERE freq <> 'M' AND list_contains(freqs, freq)
QUALIFY row_number() OVER (
    PARTITION BY scope, partner, flow, product, quantity_kind, freq, period_start, period_end
    ORDER BY (source = 'reference'), way
) = 1;
