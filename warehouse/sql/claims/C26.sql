-- C26: energy (HS 27, or those of its headings that are held) in China's imports from Russia of 2024, else crude oil and gas as
-- derived by others. `why` gives crude oil and gas alone beside it.
WITH found AS (
    SELECT max(value) AS value, max(title) AS title, list(indicator || ' ' || period) AS refs
    FROM indicators
    WHERE indicator = 'energy_share_of_imports' AND freq = 'A' AND year(period_end) = 2024
),

derived AS (
    SELECT
        max(value) FILTER (WHERE product = '2709+271111+271121') AS oil_and_gas,
        list(series_key || ' ' || period) FILTER (WHERE product = '2709+271111+271121') AS refs
    FROM observations
    WHERE
        dataset = 'energy_share_derived' AND measure = 'share' AND reporter = 'CN' AND partner = 'RU' AND freq = 'A'
        AND year(period_end) = 2024
)

SELECT
    coalesce(f.value, d.oil_and_gas) AS computed,
    claim_status('C26', computed, computed > 50) AS status,
    coalesce(f.refs, []) || coalesce(d.refs, []) AS evidence,
    CASE
        WHEN computed IS NULL THEN 'no share of energy in 2024 is held'
        ELSE
            concat_ws(
                '; ',
                format('{:.1f} % with coal and what else of HS 27 is held', f.value),
                format('{:.1f} % crude oil and gas alone', d.oil_and_gas)
            )
    END AS why
FROM found AS f
CROSS JOIN derived AS d;
