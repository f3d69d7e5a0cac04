-- Dated events with the first article of each that is held. Grain: event; the newest first.
SELECT
    event_id, event_date, event_type, actor, target, product, project, status, title, value, unit, article_ids, confidence, precision,
    side, basis, stories, standing, first_seen_at
FROM events
ORDER BY event_date DESC, event_id;
