-- C25: wheat and barley from Ukraine and Kazakhstan together against Russia, for the newest of 2023 and 2024 in which one of
-- the two grains is held for all three countries.
WITH grains AS (
    SELECT
        split_part(indicator, '_', 1) AS grain,
        year(period_end) AS year,
        max(value) FILTER (WHERE indicator LIKE '%import\_t' ESCAPE '\') AS t_ru,
        sum(value) FILTER (WHERE indicator LIKE '%\_ua' ESCAPE '\' OR indicator LIKE '%\_kz' ESCAPE '\') AS t_others,
        list(indicator || ' ' || period ORDER BY indicator) AS refs
    FROM indicators
    WHERE
        indicator IN (
            'wheat_import_t', 'barley_import_t', 'wheat_import_t_ua', 'barley_import_t_ua', 'wheat_import_t_kz',
            'barley_import_t_kz'
        )
        AND freq = 'A' AND year(period_end) IN (2023, 2024) AND value IS NOT NULL
    GROUP BY ALL
    HAVING count(*) = 3
),

found AS (
    SELECT
        sum(t_ru) AS t_ru,
        sum(t_others) AS t_others,
        flatten(list(refs ORDER BY grain)) AS refs,
        any_value(year) AS year
    FROM grains
    WHERE year = (SELECT max(g.year) FROM grains AS g)
)

SELECT
    CAST(t_others > t_ru AS DOUBLE) AS computed,
    claim_status('C25', computed, FALSE) AS status,
    coalesce(refs, []) AS evidence,
    coalesce(
        format('{:,.0f} t from Ukraine and Kazakhstan, {:,.0f} t from Russia in {}', t_others, t_ru, year),
        'grain from the three countries is not held for one year'
    ) AS why
FROM found;
