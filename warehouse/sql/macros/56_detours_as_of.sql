-- detours_as_of(ts): goods that China sends to Russia's neighbours, and what can have gone on to Russia, since 2022, as
-- known at the instant ts (UTC). Russia has printed no country detail since then, so there are two bounds, no figure.
-- Grain: product, way_country, quantity_kind, freq, period.
--   path       the mean of the same months (for A: of the years) 2019-2021 that are held; below two of them no path.
--              It is flat: growth that has nothing to do with Russia counts as excess, so `upper` is an upper bound.
--   excess     the figure less its path; below zero where trade fell
--   lower      the smaller of the two excesses, China's exports to the country and the country's to Russia, not below
--              zero; 0 where the country does not report (`reported`), which `coverage` says
--   upper      the excess of China's exports to the country, not below zero
--   coverage   of all that China sends to the seven countries in that product and period, the share of those that
--              report; a country for which China's own figure is not held yet weighs with its path
CREATE OR REPLACE MACRO detours_as_of(ts) AS TABLE
WITH legs AS MATERIALIZED (
    SELECT
        CASE WHEN reporter = 'CN' THEN 'from_china' WHEN flow = 'X' THEN 'to_russia' ELSE 'as_imported' END AS leg,
        CASE WHEN reporter = 'CN' THEN partner ELSE reporter END AS way_country,
        *
    FROM commodity_best_as_of(ts)
    WHERE
        scope = 'customs'
        AND freq IN ('M', 'A')
        AND year(period_start) = year(period_end)
        AND (
            (reporter = 'CN' AND flow = 'X' AND partner IN ('KZ', 'KG', 'BY', 'UZ', 'AM', 'TR', 'AE'))
            OR (
                reporter IN ('KZ', 'KG', 'BY', 'UZ', 'AM', 'TR', 'AE')
                AND ((flow = 'X' AND partner = 'RU') OR (flow = 'M' AND partner = 'CN'))
            )
        )
),

paths AS (
    SELECT
        leg, way_country, product, quantity_kind, unit, freq,
        month(period_start) AS first_month,
        month(period_end) AS last_month,
        avg(value ORDER BY period_start) AS path,
        count(*) AS path_years,
        max(known_at) AS known_at,
        flatten(list(inputs ORDER BY period_start)) AS inputs
    FROM legs
    WHERE leg <> 'as_imported' AND year(period_start) BETWEEN 2019 AND 2021
    GROUP BY ALL
    HAVING count(*) >= 2
),

now AS (
    SELECT
        *,
        month(period_start) AS first_month,
        month(period_end) AS last_month
    FROM legs
    WHERE year(period_start) >= 2022
),

periods AS (
    SELECT DISTINCT product, quantity_kind, unit, freq, period_start, period_end, period, first_month, last_month
    FROM now
    WHERE leg = 'from_china'
),

frame AS (
    SELECT way_country, product, quantity_kind, unit, freq, period_start, period_end, period, first_month, last_month
    FROM now
    WHERE leg = 'from_china'
    UNION
    SELECT
        w.way_country, p.product, p.quantity_kind, p.unit, p.freq, p.period_start, p.period_end, p.period,
        p.first_month, p.last_month
    FROM periods AS p
    INNER JOIN paths AS w USING (product, quantity_kind, freq, first_month, last_month)
    WHERE w.leg = 'from_china'
),

beside AS (
    SELECT
        f.product, f.way_country, f.quantity_kind, f.unit, f.freq, f.period_start, f.period_end, f.period,
        c.value AS cn_exports,
        cp.path AS cn_exports_path,
        coalesce(cp.path_years, 0) AS cn_path_years,
        c.value - cp.path AS cn_exports_excess,
        i.value AS way_imports,
        i.value / cif_fob_factor(f.quantity_kind) - c.value AS mirror_gap, -- as in mirror_gaps
        r.value AS way_exports_to_ru,
        rp.path AS way_exports_path,
        coalesce(rp.path_years, 0) AS way_path_years,
        r.value - rp.path AS way_exports_excess,
        greatest(c.known_at, cp.known_at, i.known_at, r.known_at, rp.known_at) AS known_at, -- of those that are there
        flatten(list_filter([c.inputs, cp.inputs, i.inputs, r.inputs, rp.inputs], LAMBDA x: x IS NOT NULL)) AS inputs
    FROM frame AS f
    LEFT JOIN now AS c
        ON
            c.leg = 'from_china' AND f.way_country = c.way_country AND f.product = c.product
            AND f.quantity_kind = c.quantity_kind AND f.freq = c.freq
            AND f.period_start = c.period_start AND f.period_end = c.period_end
    LEFT JOIN now AS i
        ON
            i.leg = 'as_imported' AND f.way_country = i.way_country AND f.product = i.product
            AND f.quantity_kind = i.quantity_kind AND f.freq = i.freq
            AND f.period_start = i.period_start AND f.period_end = i.period_end
    LEFT JOIN now AS r
        ON
            r.leg = 'to_russia' AND f.way_country = r.way_country AND f.product = r.product
            AND f.quantity_kind = r.quantity_kind AND f.freq = r.freq
            AND f.period_start = r.period_start AND f.period_end = r.period_end
    LEFT JOIN paths AS cp
        ON
            cp.leg = 'from_china' AND f.way_country = cp.way_country AND f.product = cp.product
            AND f.quantity_kind = cp.quantity_kind AND f.freq = cp.freq
            AND f.first_month = cp.first_month AND f.last_month = cp.last_month
    LEFT JOIN paths AS rp
        ON
            rp.leg = 'to_russia' AND f.way_country = rp.way_country AND f.product = rp.product
            AND f.quantity_kind = rp.quantity_kind AND f.freq = rp.freq
            AND f.first_month = rp.first_month AND f.last_month = rp.last_month
),

bounded AS (
    SELECT
        *,
        cn_exports_excess IS NOT NULL AND way_exports_excess IS NOT NULL AS reported,
        coalesce(cn_exports, cn_exports_path) AS weight,
        CASE
            WHEN cn_exports_excess IS NULL THEN NULL
            WHEN way_exports_excess IS NULL THEN 0
            ELSE greatest(0, least(cn_exports_excess, way_exports_excess))
        END AS lower,
        CASE WHEN cn_exports_excess IS NOT NULL THEN greatest(0, cn_exports_excess) END AS upper
    FROM beside
)

SELECT
    product,
    way_country,
    quantity_kind,
    unit,
    freq,
    period_start,
    period_end,
    period,
    cn_exports,
    cn_exports_path,
    cn_path_years,
    cn_exports_excess,
    way_imports,
    mirror_gap,
    way_exports_to_ru,
    way_exports_path,
    way_path_years,
    way_exports_excess,
    reported,
    lower,
    upper,
    coalesce(sum(weight) FILTER (WHERE reported) OVER seven / nullif(sum(weight) OVER seven, 0), 0) AS coverage,
    known_at,
    inputs
FROM bounded
WINDOW seven AS (PARTITION BY product, quantity_kind, freq, period_start, period_end);
