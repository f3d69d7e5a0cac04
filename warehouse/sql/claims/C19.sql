-- C19: Russian makers of steel and forgings who speak of dumping from China in 2024 and 2025; beside it China's steel exports
-- to Russia of 2024 against 2021, which would have to be higher where both are held.
WITH spoke AS (
    SELECT
        list(event_id ORDER BY event_date, event_id) AS ids,
        count(DISTINCT actor) AS makers
    FROM events
    WHERE
        event_type = 'statement' AND status = 'dumping' AND product IN ('steel', 'forgings')
        AND year(event_date) IN (2024, 2025)
),

steel AS (
    SELECT
        max(value) FILTER (WHERE year(period_end) = 2021) AS usd_2021,
        max(value) FILTER (WHERE year(period_end) = 2024) AS usd_2024,
        list(indicator || ' ' || period ORDER BY period) AS refs
    FROM indicators
    WHERE indicator = 'steel_exports_to_ru_usd' AND freq = 'A' AND year(period_end) IN (2021, 2024)
)

SELECT
    CASE WHEN s.makers > 0 THEN CAST(e.usd_2021 IS NULL OR e.usd_2024 IS NULL OR e.usd_2024 > e.usd_2021 AS DOUBLE) END
        AS computed,
    claim_status('C19', computed, s.makers > 0) AS status,
    coalesce(s.ids, []) || coalesce(e.refs, []) AS evidence,
    CASE
        WHEN s.makers = 0 THEN 'no statement of steel or forging makers on dumping is held'
        ELSE
            format('{} makers spoke of dumping; ', s.makers)
            || coalesce(
                format('steel exports {:.2f} billion dollars in 2021, {:.2f} in 2024', e.usd_2021 / 1e9, e.usd_2024 / 1e9),
                'steel exports of 2021 and 2024 are not both held'
            )
    END AS why
FROM spoke AS s
CROSS JOIN steel AS e;
