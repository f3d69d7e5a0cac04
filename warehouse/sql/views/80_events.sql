-- events: dated policy and company events, as known now. Grain: event_id.
CREATE OR REPLACE VIEW events AS
SELECT * FROM events_as_of(TIMESTAMP 'infinity');
