-- indicators_now: the indicators, read once for all comparisons of a publication. Grain: indicator, freq, period.
-- `inputs` is a fingerprint of the cells behind a value: the history tells that they changed, the view which they are.
CREATE OR REPLACE TEMP TABLE indicators_now AS
WITH answers AS MATERIALIZED ( -- noqa: ST03
    SELECT * FROM indicators
    WHERE value IS NOT NULL
),

weights AS (
    SELECT
        a.indicator,
        arg_max(r.weight, length(r.name)) AS weight,
        arg_max(r.headline, length(r.name)) AS headline,
        arg_max(r.signed, length(r.name)) AS signed
    FROM (SELECT DISTINCT indicator FROM answers) AS a
    INNER JOIN finding_rules() AS r ON r.about = 'indicator' AND a.indicator LIKE r.name ESCAPE '\'
    GROUP BY a.indicator
),

freqs AS (
    SELECT
        name AS freq,
        weight
    FROM finding_rules()
    WHERE about = 'freq'
)

SELECT
    a.indicator, a.freq, a.period_start, a.period_end, a.period, a.title, a.value, a.unit, a.basis, a.obs_status,
    a.coverage, a.low_base, a.grade, a.method, a.known_at,
    coalesce(a.inputs, []) AS cells,
    list_sort(list_distinct([split_part(c, ':', 1) FOR c IN coalesce(a.inputs, [])])) AS origins,
    md5(array_to_string(list_sort(coalesce(a.inputs, [])), '|')) AS inputs,
    split_part(a.title, ';', 1) AS name,
    split_part(a.title, ';', 1) || CASE WHEN a.unit IN ('percent', 'rank', 'ratio') THEN '' ELSE ', in ' || a.unit END AS name_in_unit,
    period_in_words(a.freq, a.period_start, a.period_end) AS period_words,
    CASE WHEN a.grade = 'do not quote' THEN ' (do not quote)' ELSE '' END AS caution,
    w.weight * coalesce(f.weight, 1) AS weight,
    w.headline,
    w.signed,
    a.period_end = max(a.period_end) OVER (PARTITION BY a.indicator, a.freq) AS newest
FROM answers AS a
INNER JOIN weights AS w USING (indicator)
LEFT JOIN freqs AS f USING (freq);
