-- states_now: dated events; the state is the event's status and whether it is disputed.
INSERT INTO states_now BY NAME
SELECT
    'event' AS kind,
    event_id AS key,
    event_id AS subject,
    strftime(event_date, '%Y-%m-%d') AS period,
    concat_ws(', ', nullif(replace(status, '_', ' '), ''), nullif(standing, 'stands')) AS state,
    title,
    value,
    unit,
    event_date AS dated,
    article_ids AS refs
FROM events;
