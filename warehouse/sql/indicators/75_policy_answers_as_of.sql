-- policy_answers_as_of(ts): fees and tariffs by the day they came into force, and Chinese investment in Russia, as known
-- at the instant ts (UTC). Grain: indicator, freq, period. A level holds until the next row; where it has ended without
-- one the title says until when.
--   recycling_fee_rub         of the class that is cited most: a new car of 1 to 2 litres, brought in by a company (the
--                             class ended on 30 November 2025); _gbp, _usd, _cny at the Bank of Russia's newest rate in
--                             the 14 days up to the first day. Other days: recycling_fee_on
--   recycling_fee_rub_<car>   of a car to which the rule is applied
--   coal_tariff_rate          China's duty on thermal coal from Russia; coal_tariff_rate_<kind> on other kinds and on
--                             all coal. What held before May 2022 is dated by its last day
--   cn_fdi_to_ru_usd          flow a year, as a yearly average of the years named (BOFIT); _cbr: flow of one year as the
--                             press read it off the Bank of Russia's figures
CREATE OR REPLACE MACRO policy_answers_as_of(ts) AS TABLE
WITH fees AS MATERIALIZED (
    SELECT
        *,
        'Recycling fee in Russia, ' || car || ', in force from ' || strftime(in_force_from, '%Y-%m-%d')
        || coalesce(' to ' || strftime(in_force_until, '%Y-%m-%d'), '') AS title
    FROM recycling_fees_as_of(ts)
),

rates AS (
    SELECT
        product, period_start, value, obs_status, known_at,
        [series_key || ' ' || period] AS inputs
    FROM observations_as_of(ts)
    WHERE
        measure = 'fx_rate' AND freq = 'D' AND unit = 'RUB' AND product IN ('GBP', 'USD', 'CNY') AND value > 0
),

in_roubles AS (
    SELECT
        'recycling_fee_rub' || suffix AS indicator,
        title,
        'D' AS freq,
        in_force_from AS period_start,
        in_force_from AS period_end,
        fee_rub AS value,
        'RUB' AS unit,
        obs_status, known_at, source, inputs,
        FALSE AS computed
    FROM fees
),

in_other_money AS (
    SELECT
        'recycling_fee_' || lower(r.product) AS indicator,
        f.title || ', at the Bank of Russia''s rate of ' || strftime(r.period_start, '%Y-%m-%d') AS title,
        'D' AS freq,
        f.in_force_from AS period_start,
        f.in_force_from AS period_end,
        f.fee_rub / r.value AS value,
        r.product AS unit,
        computed_status([f.obs_status, r.obs_status]) AS obs_status,
        greatest(f.known_at, r.known_at) AS known_at,
        f.source,
        f.inputs || r.inputs AS inputs,
        TRUE AS computed
    FROM fees AS f
    INNER JOIN rates AS r ON r.period_start BETWEEN f.in_force_from - 14 AND f.in_force_from
    WHERE f.is_reference_class
    QUALIFY row_number() OVER (PARTITION BY f.in_force_from, r.product ORDER BY r.period_start DESC) = 1
),

tariffs AS (
    SELECT
        'coal_tariff_rate'
        || CASE product WHEN 'thermal coal' THEN '' ELSE '_' || replace(product, ' ', '_') END AS indicator,
        'China''s import duty on coal from Russia: ' || product AS title,
        freq, period_start, period_end, value, unit, obs_status, known_at, source,
        [series_key || ' ' || period] AS inputs,
        FALSE AS computed
    FROM observations_as_of(ts)
    WHERE
        source = 'reference' AND dataset = 'coal_import_tariff' AND measure = 'tariff_rate' AND reporter = 'CN'
        AND partner = 'RU' AND freq = 'D' AND value IS NOT NULL
),

investments AS (
    SELECT
        'cn_fdi_to_ru_usd' || CASE dataset WHEN 'cbr_fdi_stock' THEN '_cbr' ELSE '' END AS indicator,
        'Chinese direct investment in Russia, '
        || CASE dataset
            WHEN 'cbr_fdi_stock' THEN 'the Bank of Russia as read by the press, net of what was withdrawn'
            ELSE 'yearly average of the period, BOFIT'
        END AS title,
        freq, period_start, period_end, value, unit, obs_status, known_at, source,
        [series_key || ' ' || period] AS inputs,
        FALSE AS computed
    FROM observations_as_of(ts)
    WHERE
        source = 'reference' AND dataset IN ('cn_fdi_bofit_average', 'cbr_fdi_stock') AND measure = 'fdi_flow'
        AND reporter = 'CN' AND partner = 'RU' AND product IS NULL AND freq = 'A' AND value IS NOT NULL
)

SELECT
    *,
    1.0 AS coverage,
    FALSE AS low_base,
    CAST(NULL AS VARCHAR) AS grade,
    'policies 1' AS method
FROM (FROM in_roubles UNION ALL FROM in_other_money UNION ALL FROM tariffs UNION ALL FROM investments);
