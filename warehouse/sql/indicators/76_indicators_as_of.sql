-- indicators_as_of(ts): the answers people ask for, as known at the instant ts (UTC). Grain: indicator, freq, period.
--   basis   reference: a cited figure is in it; news: one that somebody quotes; derived: computed from official figures;
--           official: as printed
--   grade   quotable: official, and derived from official figures that are all there
--           with care: cited, estimated, or with inputs missing (coverage below 1)
--           do not quote: unconfirmed news, or a percentage on a small base
--           An answer that has a rule of its own tells it in the head of its macro
CREATE OR REPLACE MACRO indicators_as_of(ts) AS TABLE
WITH answers AS (
    FROM trade_answers_as_of(ts)
    UNION ALL BY NAME
    FROM price_answers_as_of(ts)
    UNION ALL BY NAME
    FROM commodity_answers_as_of(ts)
    UNION ALL BY NAME
    FROM vehicle_answers_as_of(ts)
    UNION ALL BY NAME
    FROM reconciliation_answers_as_of(ts)
    UNION ALL BY NAME
    FROM detour_answers_as_of(ts)
    UNION ALL BY NAME
    FROM carmaker_answers_as_of(ts)
    UNION ALL BY NAME
    FROM policy_answers_as_of(ts)
    UNION ALL BY NAME
    FROM news_answers_as_of(ts)
),

-- of all imports of the same period, as the trade answers have them; the title says which HS codes are in it
energy_share AS (
    SELECT
        'energy_share_of_imports' AS indicator,
        replace(e.title, 'Energy that China imports from Russia', 'Energy in China''s imports from Russia') AS title,
        e.freq, e.period_start, e.period_end,
        100 * e.value / nullif(i.value, 0) AS value,
        'percent' AS unit,
        computed_status([e.obs_status, i.obs_status]) AS obs_status,
        greatest(e.known_at, i.known_at) AS known_at,
        CASE WHEN i.source = 'reference' THEN i.source ELSE e.source END AS source,
        e.inputs || i.inputs AS inputs,
        TRUE AS computed,
        e.coverage,
        FALSE AS low_base,
        e.grade,
        e.method
    FROM answers AS e
    INNER JOIN answers AS i USING (freq, period_start, period_end)
    WHERE e.indicator = 'energy_imports_usd' AND i.indicator = 'cn_imports_usd'
)

SELECT
    indicator,
    title,
    freq,
    period_start,
    period_end,
    period_label(freq, period_start, period_end) AS period,
    value,
    unit,
    CASE
        WHEN source = 'reference' THEN 'reference'
        WHEN obs_status = 'F' THEN 'news'
        WHEN computed THEN 'derived'
        ELSE 'official'
    END AS basis,
    obs_status,
    known_at,
    inputs,
    method,
    CAST(coverage AS DOUBLE) AS coverage,
    low_base,
    CASE
        WHEN low_base OR (obs_status = 'F' AND source <> 'reference') THEN 'do not quote'
        WHEN grade IS NOT NULL THEN grade
        WHEN source = 'reference' OR obs_status = 'E' OR coverage < 1 THEN 'with care'
        ELSE 'quotable'
    END AS grade
FROM (FROM answers UNION ALL BY NAME FROM rouble_answers('answers') UNION ALL BY NAME FROM energy_share);
