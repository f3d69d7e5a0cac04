-- event_groups_as_of(ts): the tellings that say that something happened or is to happen, each with the event that it is
-- of, as known at the instant ts (UTC). Grain: telling.
CREATE OR REPLACE MACRO event_groups_as_of(ts) AS TABLE
SELECT * FROM tellings_as_of(ts)
WHERE event_id IS NOT NULL;
