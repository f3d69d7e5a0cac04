-- detour_answers_as_of(ts): bounds for what China sends to Russia through KZ, KG, BY, UZ, AM, TR and AE, added up, as
-- known at the instant ts (UTC). Grain: indicator, freq, period. USD, months and years since 2022.
--   detour_<goods>_lower_usd   seen on both legs: above the path of 2019-2021 from China and on to Russia
--   detour_<goods>_upper_usd   all that China sends above the path, wherever it goes from there
-- goods: total, 8703 cars, 8704 trucks, 84 machines, 85 electrical goods; never add them up: total holds the others.
-- `coverage` of a lower bound is the share (by China's exports) of countries that report; of an upper bound, of those
-- for which China's figure and its path are held. With care at best: below half of it, do not quote.
CREATE OR REPLACE MACRO detour_answers_as_of(ts) AS TABLE
WITH goods AS (
    FROM (VALUES
        ('TOTAL', 'total', 'goods of all kinds'), ('8703', '8703', 'cars (HS 8703)'),
        ('8704', '8704', 'trucks (HS 8704)'), ('84', '84', 'machines (HS 84)'), ('85', '85', 'electrical goods (HS 85)')
    ) AS g(product, stem, name)
),

added AS (
    SELECT
        g.stem, g.name, d.unit, d.freq, d.period_start, d.period_end,
        sum(d.lower ORDER BY d.way_country) AS lower,
        sum(d.upper ORDER BY d.way_country) AS upper,
        any_value(d.coverage) AS reported_share,
        sum(coalesce(d.cn_exports, d.cn_exports_path) ORDER BY d.way_country) FILTER (WHERE d.upper IS NOT NULL)
        / nullif(sum(coalesce(d.cn_exports, d.cn_exports_path) ORDER BY d.way_country), 0) AS held_share,
        max(d.known_at) AS known_at,
        flatten(list(d.inputs ORDER BY d.way_country)) AS inputs
    FROM detours_as_of(ts) AS d
    INNER JOIN goods AS g USING (product)
    WHERE d.quantity_kind = 'value'
    GROUP BY ALL
    HAVING count(d.upper) > 0
),

bounds AS (
    SELECT
        'lower' AS bound,
        'at least, as both China and the country between report it' AS words,
        lower AS value,
        reported_share AS share,
        * EXCLUDE (lower, upper, reported_share, held_share)
    FROM added
    UNION ALL
    SELECT
        'upper' AS bound,
        'at most, all above the years 2019 to 2021' AS words,
        upper AS value,
        held_share AS share,
        * EXCLUDE (lower, upper, reported_share, held_share)
    FROM added
)

SELECT
    'detour_' || b.stem || '_' || b.bound || '_usd' AS indicator,
    'China''s ' || b.name || ' that can have reached Russia through seven neighbours: ' || b.words AS title,
    b.freq,
    b.period_start,
    b.period_end,
    b.value,
    b.unit,
    'E' AS obs_status,
    b.known_at,
    CASE
        WHEN len(list_filter(b.inputs, LAMBDA x: starts_with(x, 'reference:'))) > 0 THEN 'reference'
        ELSE split_part(b.inputs[1], ':', 1) -- a series key begins with its source
    END AS source,
    b.inputs,
    TRUE AS computed,
    coalesce(b.share, 0) AS coverage,
    FALSE AS low_base,
    CASE WHEN coalesce(b.share, 0) < 0.5 THEN 'do not quote' ELSE 'with care' END AS grade,
    'detour 1' AS method
FROM bounds AS b
ANTI JOIN bounds AS single -- January and February together only where they are not there apart
    ON
        b.stem = single.stem AND b.freq = single.freq AND b.period_start <= single.period_start
        AND single.period_end <= b.period_end
        AND single.period_end - single.period_start < b.period_end - b.period_start;
