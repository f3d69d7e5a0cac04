-- events_as_of(ts): dated events as known at the instant ts (UTC), one row each, its words taken from the best telling:
-- an official publisher's before the curated reference's before an outlet's, asserted before reported, text before heading,
-- the earlier known. Grain: event_id.
--   status      a plan that was told for a day is in force on that day, where the type is of that make, unless it was called
--               off or put off; China's tariff plans stay announced until somebody tells that they came
--   confidence  0.95 reference; 0.9 official, or two stories independent of each other, 0.02 more for each further one; 0.7
--               one report, 0.5 unnamed sources, 0.4 a heading alone. Denied: 0.3, or 0.7 at most where two stories
--               stand against a denial that no official publisher gives
--   basis       official, reference or news: who tells it, the best first
--   standing    stands, or disputed: somebody denies it, or states another value
--   A figure of trade that an official one contradicts by more than 1 % is no event: see flash_figures
CREATE OR REPLACE MACRO events_as_of(ts) AS TABLE
WITH told AS (
    SELECT * FROM event_groups_as_of(ts)
),

official AS (
    SELECT
        indicator,
        CASE
            WHEN freq = 'A' THEN period || ' A'
            WHEN freq = 'M' THEN period
            ELSE year(period_end) || '-01..' || strftime(period_end, '%Y-%m')
        END AS label,
        value
    FROM trade_answers_as_of(ts)
    CROSS JOIN (SELECT period_label(freq, period_start, period_end) AS period) AS p
    WHERE
        source NOT IN (SELECT source FROM sources WHERE family = 'news')
        AND freq IN ('M', 'YTD', 'A')
        AND indicator IN ('trade_total_usd', 'cn_exports_usd', 'cn_imports_usd', 'trade_total_cny', 'cn_exports_cny', 'cn_imports_cny')
),

-- how many stories state the value of a telling, and whether the official figure agrees
weighed AS (
    SELECT
        t.*,
        o.value AS official_value,
        coalesce(abs(t.value - o.value) <= 0.01 * abs(o.value), TRUE) AS agrees,
        (
            SELECT count(DISTINCT v.story_id) FROM told AS v
            WHERE v.event_id = t.event_id AND abs(v.value - t.value) <= 0.005 * greatest(abs(t.value), 1e-9)
        ) AS backing
    FROM told AS t
    LEFT JOIN official AS o ON t.event_type = 'flash_figure' AND t.product = o.indicator AND t.status = o.label
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY event_id
            ORDER BY
                NOT agrees,
                standing_of_source,
                event_type <> 'flash_figure' OR backing IS NULL, backing DESC,
                array_position(['asserted', 'reported', 'planned', 'sources'], modality),
                in_heading, value IS NULL, known_at, telling
        ) AS place
    FROM weighed
),

gathered AS (
    SELECT
        event_id,
        min(known_at) AS first_seen_at,
        list(DISTINCT article_id ORDER BY article_id) FILTER (WHERE article_id IS NOT NULL) AS article_ids,
        count(DISTINCT story_id) FILTER (WHERE standing_of_source <> 1) AS stories,
        count(DISTINCT outlet) FILTER (WHERE standing_of_source <> 1) AS outlets,
        bool_or(standing_of_source = 0) AS is_official,
        bool_or(standing_of_source = 1) AS is_reference,
        bool_or(NOT in_heading AND modality <> 'sources') AS in_a_text,
        bool_or(NOT in_heading) AS read_in_text,
        bool_and(modality = 'planned') AS only_planned,
        max(known_at) AS last_told_at,
        list(DISTINCT asserted_by ORDER BY asserted_by) FILTER (WHERE asserted_by IS NOT NULL) AS asserted_by,
        count(DISTINCT round(value, 6)) FILTER (WHERE value IS NOT NULL) AS values_told,
        max(value) AS highest,
        min(value) AS lowest
    FROM ranked
    GROUP BY event_id
),

-- words against, each known since its matter was first told so: a putting off that is told again is no second one
against AS (
    SELECT t.*, t.known_at AS against_since FROM tellings_as_of(ts) AS t WHERE t.modality IN ('denied', 'cancelled')
    UNION ALL
    SELECT t.*, g.first_seen_at AS against_since
    FROM told AS t
    INNER JOIN gathered AS g USING (event_id)
    WHERE t.status = 'postponed'
),

judged AS (
    SELECT
        r.*,
        g.* EXCLUDE (event_id, asserted_by),
        g.asserted_by AS asserters,
        (
            SELECT min(a.standing_of_source) FROM against AS a
            WHERE
                a.modality = 'denied' AND a.event_type = r.event_type AND a.actor = r.actor
                AND (a.target IS NULL OR r.target IS NULL OR a.target = r.target)
                AND (a.product IS NULL OR r.product IS NULL OR a.product = r.product)
                AND (a.project IS NULL OR r.project IS NULL OR a.project = r.project)
                AND (a.kind = r.kind OR a.event_type NOT IN ('statement', 'project_status', 'forecast', 'flash_figure'))
                AND abs(date_diff('day', a.event_date, r.event_date)) <= 31 AND a.standing_of_source <= r.standing_of_source
        ) AS denied_by,
        (
            SELECT count(*) > 0 FROM against AS a
            WHERE
                g.only_planned AND a.event_type = r.event_type AND a.actor = r.actor
                AND (a.target IS NULL OR r.target IS NULL OR a.target = r.target)
                AND (a.product IS NULL OR r.product IS NULL OR a.product = r.product)
                AND (a.project IS NULL OR r.project IS NULL OR a.project = r.project)
                AND r.event_date >= CAST(a.against_since AS DATE)
                AND (
                    (a.modality = 'cancelled' AND a.against_since >= g.first_seen_at AND (r.value IS NULL OR a.value IS NULL OR a.value = r.value))
                    OR (a.status = 'postponed' AND a.against_since > g.first_seen_at)
                )
        ) AS called_off
    FROM ranked AS r
    INNER JOIN gathered AS g USING (event_id)
    WHERE r.place = 1
),

dated AS (
    SELECT
        *,
        denied_by IS NOT NULL AS denied,
        CASE
            WHEN
                only_planned AND status = 'announced'
                AND event_date <= CAST(least(CAST(ts AS TIMESTAMP), (SELECT coalesce(max(fetched_at), TIMESTAMP '1970-01-01') FROM payloads)) AS DATE)
                AND event_type IN ('work_week_cut', 'work_week_restored', 'fee_change', 'export_control', 'antidumping_duty', 'import_ban', 'visa_waiver')
                THEN 'in_force'
            ELSE status
        END AS status_then
    FROM judged
    WHERE NOT called_off AND agrees
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
        WHEN denied AND (denied_by = 0 OR least(stories, outlets) < 2) THEN 0.3
        WHEN denied THEN 0.7
        WHEN is_reference THEN 0.95
        WHEN is_official OR least(stories, outlets) >= 2 THEN least(0.98, 0.9 + 0.02 * greatest(least(stories, outlets) - 2, 0))
        WHEN in_a_text THEN 0.7
        WHEN read_in_text THEN 0.5
        ELSE 0.4
    END AS DOUBLE) AS confidence,
    precision,
    coalesce(asserters, []) AS asserted_by,
    side,
    CASE WHEN is_official THEN 'official' WHEN is_reference THEN 'reference' ELSE 'news' END AS basis,
    stories,
    CASE
        WHEN denied OR (values_told > 1 AND abs(highest - lowest) > 0.01 * greatest(abs(highest), abs(lowest))) THEN 'disputed'
        ELSE 'stands'
    END AS standing
FROM dated;
