-- C24: is Russian winter wheat still kept out? A word that the ban stands, and none since that lifts it; market access for
-- spring wheat (February 2022) is not it. Where grain imports are held, Russia's must be below those of Kazakhstan and Ukraine.
WITH words AS (
    SELECT
        event_id, event_date,
        event_type = 'import_ban' AND status IN ('kept', 'in_force', 'imposed') AS keeps,
        (event_type = 'import_ban_lifted' OR (event_type = 'market_access' AND status = 'granted')) AS lifts
    FROM events
    WHERE
        event_type IN ('import_ban', 'import_ban_lifted', 'market_access') AND actor IN ('China', 'GACC')
        AND target = 'Russia' AND product IN ('winter wheat', 'wheat', 'barley', 'winter barley', 'wheat and barley')
),

stand AS (
    SELECT
        max(event_date) FILTER (WHERE keeps) AS kept_on,
        max(event_date) FILTER (WHERE lifts) AS lifted_on,
        list(event_id ORDER BY event_date) AS ids
    FROM words
),

grain AS (
    SELECT
        sum(value) FILTER (WHERE indicator IN ('wheat_import_t', 'barley_import_t')) AS t_ru,
        sum(value) FILTER (WHERE indicator NOT IN ('wheat_import_t', 'barley_import_t')) AS t_others,
        list(indicator || ' ' || period ORDER BY indicator) AS refs
    FROM indicators
    WHERE
        indicator IN (
            'wheat_import_t', 'barley_import_t', 'wheat_import_t_ua', 'barley_import_t_ua', 'wheat_import_t_kz',
            'barley_import_t_kz'
        )
        AND freq = 'A' AND year(period_end) = 2024
)

SELECT
    CASE
        WHEN s.kept_on IS NULL AND s.lifted_on IS NULL THEN NULL
        WHEN s.kept_on IS NULL OR s.lifted_on > s.kept_on THEN 0
        WHEN g.t_ru >= g.t_others THEN 0
        ELSE CAST(1 AS DOUBLE)
    END AS computed,
    claim_status('C24', computed, s.kept_on IS NOT NULL AND (s.lifted_on IS NULL OR s.lifted_on <= s.kept_on)) AS status,
    coalesce(s.ids, []) || coalesce(g.refs, []) AS evidence,
    CASE
        WHEN computed IS NULL THEN 'no word on winter wheat or barley is held'
        ELSE
            concat_ws(
                ', ',
                'kept on ' || strftime(s.kept_on, '%Y-%m-%d'),
                coalesce('lifted on ' || strftime(s.lifted_on, '%Y-%m-%d'), 'not lifted as far as is held'),
                format('{:,.0f} t from Russia against {:,.0f} in 2024', g.t_ru, g.t_others)
            )
    END AS why
FROM stand AS s
CROSS JOIN grain AS g;
