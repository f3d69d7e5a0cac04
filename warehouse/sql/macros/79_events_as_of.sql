-- events_as_of(ts): dated events as known at the instant ts (UTC), one row each. Which words they are made of and what the
-- columns mean is told in event_verdicts_as_of; what was called off or put off before its day, and a figure that the official
-- one contradicts, is no event. Grain: event_id.
CREATE OR REPLACE MACRO events_as_of(ts) AS TABLE
SELECT * EXCLUDE (withheld, official_value)
FROM event_verdicts_as_of(ts)
WHERE withheld IS NULL;
