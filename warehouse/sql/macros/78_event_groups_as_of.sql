-- event_groups_as_of(ts): the tellings that say that something happened or is to happen, each with the event that it is
-- of: the same type, actor, target, product, project and kind, days apart as event_days_apart allows. `event_id` is a
-- hash of these and of the day that was told first, so that it stays when more stories come. Grain: telling.
CREATE OR REPLACE MACRO event_groups_as_of(ts) AS TABLE
WITH happened AS (
    SELECT
        *,
        coalesce(
            date_diff('day', lag(event_date) OVER matter, event_date) > event_days_apart(event_type), TRUE
        ) AS begins
    FROM tellings_as_of(ts)
    WHERE modality IN ('asserted', 'reported', 'sources', 'planned')
    WINDOW matter AS (
        PARTITION BY event_type, actor, target, product, project, kind
        ORDER BY event_date, telling
    )
),

numbered AS (
    SELECT
        *,
        sum(CAST(begins AS INTEGER)) OVER (
            PARTITION BY event_type, actor, target, product, project, kind
            ORDER BY event_date, telling
        ) AS island
    FROM happened
)

SELECT
    *,
    'e-' || substr(md5(concat_ws('|', event_type, actor, coalesce(target, ''), coalesce(product, ''), coalesce(project, ''), kind, CAST(arg_min(event_date, (known_at, event_date)) OVER one_event AS VARCHAR))), 1, 12) AS event_id
FROM numbered
WINDOW one_event AS (PARTITION BY event_type, actor, target, product, project, kind, island);
