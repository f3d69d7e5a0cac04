-- Every story that tells an event or speaks against it. $1 event_id. Grain: telling.
--   word   supports; states another value; other figure (a figure of the same period that is not the event's); denies, denies
--          another value, calls off, puts off, weighs (told as a possibility)
WITH asked AS (
    SELECT * FROM event_verdicts_as_of(TIMESTAMP 'infinity') WHERE event_id = $1
),

told AS MATERIALIZED (
    SELECT * FROM tellings_as_of(TIMESTAMP 'infinity')
),

kinds AS (
    SELECT event_id, any_value(kind) AS kind FROM told WHERE event_id = $1 GROUP BY event_id
),

words AS (
    SELECT
        CASE
            WHEN t.event_id = a.event_id AND values_agree(t.value, t.unit, a.value, a.unit) THEN 'supports'
            WHEN t.event_id = a.event_id THEN 'states another value'
            WHEN t.modality = 'denied' AND t.kind <> k.kind THEN NULL
            WHEN t.modality = 'denied' AND values_agree(t.value, t.unit, a.value, a.unit) THEN 'denies'
            WHEN t.modality = 'denied' THEN 'denies another value'
            WHEN t.modality = 'cancelled' THEN 'calls off'
            WHEN t.modality = 'hypothetical' THEN 'weighs'
            WHEN t.event_type = 'flash_figure' THEN 'other figure'
            WHEN t.status = 'postponed' AND k.kind <> 'postponed' AND a.event_date >= CAST(t.known_at AS DATE) THEN 'puts off'
        END AS word,
        t.*
    FROM asked AS a
    INNER JOIN kinds AS k USING (event_id)
    INNER JOIN told AS t ON a.event_type = t.event_type AND a.actor = t.actor
    LEFT JOIN wider AS w ON w.relation = 'name' AND t.target = w.wider AND a.target = w.name
    LEFT JOIN wider AS g ON g.relation = 'goods' AND t.product = g.wider AND a.product = g.name
    WHERE
        t.event_id = a.event_id
        OR (
            (same_or_unsaid(t.target, a.target) OR w.name IS NOT NULL)
            AND (
                same_or_unsaid(t.product, a.product) OR g.name IS NOT NULL
                OR NOT goods_tell_apart(a.event_type, a.project)
            )
            AND same_or_unsaid(t.project, a.project)
            AND abs(date_diff('day', a.event_date, t.event_date)) <= 92
            AND (a.event_type <> 'flash_figure' OR t.status = a.status)
        )
)

SELECT
    w.word, w.outlet, w.source, w.canonical_url, w.story_id, w.article_id, w.published_at, w.known_at, w.modality,
    w.event_date, w.status, w.value, w.unit, w.asserted_by, w.side, w.pattern, w.sentence, w.payload_sha256, w.locator,
    p.url, p.fetched_at, p.content_type, p.role, p.title
FROM words AS w
LEFT JOIN (
    SELECT
        source, sha256,
        arg_max(url, fetched_at) AS url,
        max(fetched_at) AS fetched_at,
        arg_max(content_type, fetched_at) AS content_type,
        arg_max(role, fetched_at) AS role,
        arg_max(title, fetched_at) AS title
    FROM payloads
    GROUP BY source, sha256
) AS p ON w.source = p.source AND w.payload_sha256 = p.sha256
WHERE w.word IS NOT NULL
ORDER BY
    array_position(
        [
            'supports', 'states another value', 'other figure', 'denies', 'denies another value', 'calls off', 'puts off',
            'weighs'
        ], w.word
    ), w.known_at, w.outlet, w.locator;
