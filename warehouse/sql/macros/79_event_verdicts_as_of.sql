-- event_verdicts_as_of(ts): every event that is told at the instant ts (UTC), also what isn't published, its words taken from
-- the best telling: an official publisher's before the curated reference's before an outlet's, the value that most stories
-- state, asserted before reported, text before heading, the earlier known. Grain: event_id.
--   status      a plan that was told for a day is in force on that day, where the type is of that make, unless it was called
--               off or put off; China's tariff plans stay announced until somebody tells that they came
--   confidence  of those that state the event's own value or none: 0.95 reference; 0.9 official, or two stories independent
--               of each other, 0.02 more for each further one; 0.7 one report, 0.5 unnamed sources, 0.4 a heading alone.
--               Denied: 0.3, or 0.7 at most where two stories stand against a denial that no official publisher gives
--   basis       official, reference or news: who tells it, the best first
--   standing    stands, or disputed: somebody denies it, or states another value. Who denies another number or kind doesn't
--   withheld    why it isn't published: called off, put off, or contradicted: the official figure of the same indicator and
--               period, `official_value`, differs by more than 1 % (of a percentage: by more than one point); NULL: it is
CREATE OR REPLACE MACRO event_verdicts_as_of(ts) AS TABLE
WITH words AS MATERIALIZED (
    SELECT * FROM tellings_as_of(ts)
),

told AS (
    SELECT * FROM words
    WHERE event_id IS NOT NULL
),

official AS (
    SELECT indicator, label, value FROM official_customs_figures_as_of(ts)
    WHERE indicator IN (SELECT product FROM told WHERE event_type = 'flash_figure')
),

stated AS (
    SELECT event_id, unit, value, story_id
    FROM told
    WHERE value IS NOT NULL
    GROUP BY ALL
),

-- how many stories state a value
backed AS (
    SELECT s.event_id, s.unit, s.value, count(DISTINCT o.story_id) AS backing
    FROM (SELECT DISTINCT event_id, unit, value FROM stated) AS s
    INNER JOIN stated AS o
        ON
            s.event_id = o.event_id AND s.unit IS NOT DISTINCT FROM o.unit
            AND values_agree(s.value, s.unit, o.value, o.unit)
    GROUP BY s.event_id, s.unit, s.value
),

ranked AS (
    SELECT
        t.*,
        o.value AS official_value,
        coalesce(
            CASE
                WHEN t.unit = 'percent' THEN abs(t.value - o.value) <= 1
                ELSE abs(t.value - o.value) <= 0.01 * abs(o.value)
            END, TRUE
        ) AS agrees,
        row_number() OVER (
            PARTITION BY t.event_id
            ORDER BY
                NOT agrees,
                t.standing_of_source,
                t.event_type <> 'flash_figure' OR b.backing IS NULL, b.backing DESC,
                array_position(['asserted', 'reported', 'planned', 'sources'], t.modality),
                t.in_heading, t.value IS NULL, t.known_at, t.telling
        ) AS place
    FROM told AS t
    LEFT JOIN official AS o ON t.event_type = 'flash_figure' AND t.product = o.indicator AND t.status = o.label
    LEFT JOIN backed AS b
        ON t.event_id = b.event_id AND t.unit IS NOT DISTINCT FROM b.unit AND t.value = b.value
),

best AS MATERIALIZED (
    SELECT * FROM ranked
    WHERE place = 1
),

weighed AS (
    SELECT t.*, values_agree(t.value, t.unit, b.value, b.unit) AS supports
    FROM told AS t
    INNER JOIN best AS b USING (event_id)
),

gathered AS MATERIALIZED (
    SELECT
        event_id,
        min(known_at) AS first_seen_at,
        list(DISTINCT article_id ORDER BY article_id) FILTER (WHERE article_id IS NOT NULL) AS article_ids,
        count(DISTINCT story_id) FILTER (WHERE standing_of_source <> 1) AS stories,
        bool_or(standing_of_source = 0) AS is_official,
        bool_or(standing_of_source = 1) AS is_reference,
        least(
            count(DISTINCT story_id) FILTER (WHERE standing_of_source <> 1 AND supports),
            count(DISTINCT outlet) FILTER (WHERE standing_of_source <> 1 AND supports)
        ) AS witnesses,
        bool_or(standing_of_source = 0 AND supports) AS official_supports,
        bool_or(standing_of_source = 1 AND supports) AS reference_supports,
        bool_or(NOT in_heading AND modality <> 'sources' AND supports) AS in_a_text,
        bool_or(NOT in_heading AND supports) AS read_in_text,
        bool_and(modality = 'planned') AS only_planned,
        list(DISTINCT asserted_by ORDER BY asserted_by) FILTER (WHERE asserted_by IS NOT NULL) AS asserters,
        NOT bool_and(supports) AS another_value
    FROM weighed
    GROUP BY event_id
),

-- values that are told where the best telling has none
spread AS (
    SELECT event_id, bool_or(NOT values_agree(lowest, unit, highest, unit)) AS differ
    FROM (SELECT event_id, unit, min(value) AS lowest, max(value) AS highest FROM stated GROUP BY event_id, unit)
    GROUP BY event_id
),

denied AS (
    SELECT b.event_id, min(a.standing_of_source) AS denied_by
    FROM best AS b
    INNER JOIN words AS a ON b.event_type = a.event_type AND b.actor = a.actor AND b.kind = a.kind
    LEFT JOIN wider AS w ON w.relation = 'name' AND a.target = w.wider AND b.target = w.name
    LEFT JOIN wider AS g ON g.relation = 'goods' AND a.product = g.wider AND b.product = g.name
    WHERE
        a.modality = 'denied' AND a.standing_of_source <= b.standing_of_source
        AND (same_or_unsaid(a.target, b.target) OR w.name IS NOT NULL)
        AND (
            same_or_unsaid(a.product, b.product) OR g.name IS NOT NULL
            OR NOT goods_tell_apart(b.event_type, b.project)
        )
        AND same_or_unsaid(a.project, b.project)
        AND values_agree(a.value, a.unit, b.value, b.unit)
        AND abs(date_diff('day', a.event_date, b.event_date)) <= 31
    GROUP BY b.event_id
),

-- words against a plan, each known since its matter was first told so: a putting off that is told again is no second one
against AS (
    SELECT event_type, actor, target, product, project, value, unit, 'called off' AS why, known_at AS since
    FROM words
    WHERE modality = 'cancelled'
    UNION ALL
    SELECT t.event_type, t.actor, t.target, t.product, t.project, t.value, t.unit, 'put off' AS why, g.first_seen_at AS since
    FROM told AS t
    INNER JOIN gathered AS g USING (event_id)
    WHERE t.status = 'postponed'
),

called_off AS (
    SELECT b.event_id, min(a.why) AS why
    FROM best AS b
    INNER JOIN gathered AS g USING (event_id)
    INNER JOIN against AS a ON b.event_type = a.event_type AND b.actor = a.actor
    WHERE
        g.only_planned AND b.event_date >= CAST(a.since AS DATE)
        AND same_or_unsaid(a.target, b.target) AND same_or_unsaid(a.project, b.project)
        AND (same_or_unsaid(a.product, b.product) OR NOT goods_tell_apart(b.event_type, b.project))
        AND CASE
            WHEN a.why = 'called off' THEN a.since >= g.first_seen_at AND values_agree(a.value, a.unit, b.value, b.unit)
            ELSE a.since > g.first_seen_at
        END
    GROUP BY b.event_id
),

now_known AS (
    SELECT CAST(least(CAST(ts AS TIMESTAMP), p.last_fetched_at) AS DATE) AS today
    FROM (SELECT coalesce(max(fetched_at), TIMESTAMP '1970-01-01') AS last_fetched_at FROM payloads) AS p
),

judged AS (
    SELECT
        b.*,
        g.* EXCLUDE (event_id),
        d.denied_by,
        g.another_value OR (b.value IS NULL AND coalesce(s.differ, FALSE)) AS values_differ,
        CASE WHEN NOT b.agrees THEN 'contradicted' ELSE c.why END AS withheld,
        CASE
            WHEN
                g.only_planned AND b.status = 'announced' AND b.event_date <= n.today
                AND b.event_type IN ('work_week_cut', 'work_week_restored', 'fee_change', 'export_control', 'antidumping_duty', 'import_ban', 'visa_waiver')
                THEN 'in_force'
            ELSE b.status
        END AS status_then
    FROM best AS b
    INNER JOIN gathered AS g USING (event_id)
    LEFT JOIN spread AS s USING (event_id)
    LEFT JOIN denied AS d USING (event_id)
    LEFT JOIN called_off AS c USING (event_id)
    CROSS JOIN now_known AS n
)

SELECT
    event_id,
    event_date,
    event_type,
    actor,
    target,
    product,
    project,
    status_then AS status,
    concat(
        actor, ': ', replace(event_type, '_', ' '),
        CASE
            WHEN event_type IN ('import_ban', 'import_ban_update', 'import_ban_lifted', 'tariff', 'antidumping_duty', 'export_control', 'sanction', 'countersanction', 'fee_change')
                THEN ' on ' || nullif(concat_ws(' ', target, product), '')
            WHEN event_type IN ('visit', 'delivery') THEN coalesce(' to ' || target, '') || coalesce(', ' || product, '')
            WHEN event_type IN ('agreement', 'contract') THEN coalesce(' with ' || target, '') || coalesce(', ' || product, '')
            ELSE ', ' || nullif(concat_ws(' ', target, product), '')
        END,
        ', ' || project,
        ', ' || nullif(replace(status_then, '_', ' '), '')
    ) AS title,
    value,
    unit,
    first_seen_at,
    coalesce(article_ids, []) AS article_ids,
    CAST(CASE
        WHEN denied_by IS NOT NULL AND (denied_by = 0 OR witnesses < 2) THEN 0.3
        WHEN denied_by IS NOT NULL THEN 0.7
        WHEN reference_supports THEN 0.95
        WHEN official_supports OR witnesses >= 2 THEN least(0.98, 0.9 + 0.02 * greatest(witnesses - 2, 0))
        WHEN in_a_text THEN 0.7
        WHEN read_in_text THEN 0.5
        ELSE 0.4
    END AS DOUBLE) AS confidence,
    precision,
    coalesce(asserters, []) AS asserted_by,
    side,
    CASE WHEN is_official THEN 'official' WHEN is_reference THEN 'reference' ELSE 'news' END AS basis,
    stories,
    CASE WHEN denied_by IS NOT NULL OR values_differ THEN 'disputed' ELSE 'stands' END AS standing,
    withheld,
    official_value
FROM judged;
