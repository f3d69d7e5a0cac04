-- reconciliation_answers_as_of(ts): the mirror gap of China's trade with Russia and with the countries on the detour,
-- as known at the instant ts (UTC). Grain: indicator, freq, period. All goods, USD, months and years.
--   mirror_gap_usd            what Russia reported as imports from China (less freight, cif_fob_factor) less what
--                             China reports as exports to Russia; ends when Russia stopped publishing
--   mirror_gap_usd_<cc>       the same for another country: kz kg by uz am tr ae
--   mirror_gap_usd_from_<cc>  the other direction: China's imports (less freight) less the country's exports to China
-- With care at best: the freight is assumed, not measured.
CREATE OR REPLACE MACRO reconciliation_answers_as_of(ts) AS TABLE
WITH countries AS (
    FROM (VALUES
        ('RU', 'Russia'), ('KZ', 'Kazakhstan'), ('KG', 'Kyrgyzstan'), ('BY', 'Belarus'), ('UZ', 'Uzbekistan'),
        ('AM', 'Armenia'), ('TR', 'Türkiye'), ('AE', 'the United Arab Emirates')
    ) AS c(country, country_name)
),

gaps AS (
    SELECT
        g.*,
        g.exporter = 'CN' AS from_china,
        c.country,
        c.country_name
    FROM mirror_gaps_as_of(ts) AS g
    INNER JOIN countries AS c
        ON (g.exporter = 'CN' AND g.importer = c.country) OR (g.importer = 'CN' AND g.exporter = c.country)
    WHERE g.product = 'TOTAL' AND g.quantity_kind = 'value' AND g.freq IN ('M', 'A')
)

SELECT
    CASE
        WHEN from_china AND country = 'RU' THEN 'mirror_gap_usd'
        WHEN from_china THEN 'mirror_gap_usd_' || lower(country)
        ELSE 'mirror_gap_usd_from_' || lower(country)
    END AS indicator,
    CASE
        WHEN from_china
            THEN
                'Imports from China as ' || country_name || ' reports them, less freight, minus China''s exports to '
                || country_name
        ELSE
            'China''s imports from ' || country_name || ', less freight, minus exports to China as ' || country_name
            || ' reports them'
    END AS title,
    freq,
    period_start,
    period_end,
    gap AS value,
    unit,
    obs_status,
    known_at,
    source,
    inputs,
    TRUE AS computed,
    CAST(1 AS DOUBLE) AS coverage,
    FALSE AS low_base,
    'with care' AS grade,
    'reconciliation 1' AS method
FROM gaps AS g
ANTI JOIN gaps AS single -- January and February together only where they are not there apart
    ON
        g.exporter = single.exporter AND g.importer = single.importer AND g.freq = single.freq
        AND g.period_start <= single.period_start AND single.period_end <= g.period_end
        AND single.period_end - single.period_start < g.period_end - g.period_start;
