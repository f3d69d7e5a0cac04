-- C22: tonnes of coal from Russia in 2024 against 2023. The claim states a direction: any fall confirms it. Where the two years
-- are of different scope (with lignite, without), `why` gives hard coal alone beside it.
WITH years AS (
    SELECT
        max(value) FILTER (WHERE year(period_end) = 2023) AS t_2023,
        max(value) FILTER (WHERE year(period_end) = 2024) AS t_2024,
        count(DISTINCT title) > 1 AS scopes_differ,
        list(indicator || ' ' || period ORDER BY period) AS refs
    FROM indicators
    WHERE indicator = 'coal_import_t' AND freq = 'A' AND year(period_end) IN (2023, 2024)
),

alike AS (
    SELECT
        100 * (
            max(value) FILTER (WHERE year(period_end) = 2024) / max(value) FILTER (WHERE year(period_end) = 2023) - 1
        ) AS change
    FROM observations
    WHERE
        measure = 'quantity' AND reporter = 'CN' AND partner = 'RU' AND flow = 'M' AND product = '2701' AND unit = 't'
        AND freq = 'A' AND year(period_end) IN (2023, 2024) AND value > 0
    GROUP BY series_key
    HAVING count(*) = 2
    ORDER BY series_key
    LIMIT 1
)

SELECT
    100 * (y.t_2024 / nullif(y.t_2023, 0) - 1) AS computed,
    CASE
        WHEN computed IS NULL THEN 'no data'
        WHEN computed < 0 THEN 'confirmed'
        ELSE 'contradicted'
    END AS status,
    coalesce(y.refs, []) AS evidence,
    CASE
        WHEN computed IS NULL THEN 'coal of 2023 and 2024 is not both held'
        ELSE
            format('{:.1f} million t in 2023, {:.1f} in 2024: {:+.1f} %', y.t_2023 / 1e6, y.t_2024 / 1e6, computed)
            || CASE
                WHEN y.scopes_differ
                    THEN coalesce(
                        format('; hard coal alone {:+.1f} %', (SELECT change FROM alike)), '; the scopes of the years differ'
                    )
                ELSE ''
            END
    END AS why
FROM years AS y;
