-- One event with every story that tells it or speaks against it. $1 event_id. Grain: telling.
--   word   supports; states another value; denies, calls off, weighs (told as a possibility); other figure (a figure of the
--          same period that is not the event's)
WITH asked AS (
    SELECT * FROM events WHERE event_id = $1
),

grouped AS (
    SELECT telling, event_id FROM event_groups_as_of(TIMESTAMP 'infinity')
),

words AS (
    SELECT
        CASE
            WHEN
                g.event_id = a.event_id AND (
                    t.value IS NULL OR a.value IS NULL OR abs(t.value - a.value) <= 0.01 * greatest(abs(a.value), 1e-9)
                ) THEN 'supports'
            WHEN g.event_id = a.event_id THEN 'states another value'
            WHEN t.modality = 'denied' THEN 'denies'
            WHEN t.modality = 'cancelled' THEN 'calls off'
            WHEN t.modality = 'hypothetical' THEN 'weighs'
            WHEN t.event_type = 'flash_figure' THEN 'other figure'
        END AS word,
        t.*
    FROM asked AS a
    INNER JOIN tellings_as_of(TIMESTAMP 'infinity') AS t
        ON
            a.event_type = t.event_type AND a.actor = t.actor
            AND (t.target IS NULL OR a.target IS NULL OR t.target = a.target)
            AND (t.product IS NULL OR a.product IS NULL OR t.product = a.product)
            AND (t.project IS NULL OR a.project IS NULL OR t.project = a.project)
            AND abs(date_diff('day', a.event_date, t.event_date)) <= 92
    LEFT JOIN grouped AS g USING (telling)
    WHERE a.event_type <> 'flash_figure' OR t.status = a.status
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
ORDER BY array_position(['supports', 'states another value', 'other figure', 'denies', 'calls off', 'weighs'], w.word), w.known_at, w.locator;
