-- supplier_ranks_as_of(ts, goods): who supplies China with the goods (a list of products; flow M), or buys them from it
-- (flow X), by rank, as known at the instant ts (UTC). Countries among those held; groups and areas are left out.
-- Grain: flow, product, quantity_kind (value, weight, units), freq (M, A), period, partner.
--   coverage  the share of the world's figure that the ranked countries make up; NULL where the world's is not held
--   certain   what is not covered is less than this country's own figure: none that is missing can stand before it
CREATE OR REPLACE MACRO supplier_ranks_as_of(ts, goods) AS TABLE
WITH figures AS (
    SELECT * FROM commodity_periods_as_of(ts, goods, ['M', 'A'])
    WHERE scope = 'customs' AND flow IN ('X', 'M')
),

ranked AS (
    SELECT
        *,
        rank() OVER (
            PARTITION BY flow, product, quantity_kind, freq, period_start, period_end
            ORDER BY value DESC
        ) AS place
    FROM figures
    WHERE partner_kind = 'country' AND partner <> reporter
),

fields AS (
    SELECT
        flow, product, quantity_kind, freq, period_start, period_end,
        count(*) AS countries,
        sum(value ORDER BY place, partner) AS total,
        max(known_at) AS known_at,
        bool_or(source = 'reference') AS cited,
        flatten(list(inputs ORDER BY place, partner)) AS inputs,
        list(obs_status) AS statuses
    FROM ranked
    GROUP BY ALL
)

SELECT
    r.flow,
    r.product,
    r.quantity_kind,
    r.unit,
    r.freq,
    r.period_start,
    r.period_end,
    period_label(r.freq, r.period_start, r.period_end) AS period,
    r.partner,
    r.value,
    r.place AS rank,
    f.countries,
    r.value / nullif(w.value, 0) AS share,
    CASE WHEN w.value > 0 THEN least(f.total / w.value, 1) END AS coverage,
    coalesce(w.value - f.total < r.value, FALSE) AS certain,
    computed_status(f.statuses || coalesce([w.obs_status], [])) AS obs_status,
    greatest(f.known_at, coalesce(w.known_at, f.known_at)) AS known_at,
    CASE WHEN f.cited OR w.source = 'reference' THEN 'reference' ELSE r.source END AS source,
    f.inputs || coalesce(w.inputs, []) AS inputs
FROM ranked AS r
INNER JOIN fields AS f USING (flow, product, quantity_kind, freq, period_start, period_end)
LEFT JOIN figures AS w
    ON
        w.partner = 'W0'
        AND r.flow = w.flow AND r.product = w.product AND r.quantity_kind = w.quantity_kind AND r.freq = w.freq
        AND r.period_start = w.period_start AND r.period_end = w.period_end;
