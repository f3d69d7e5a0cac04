-- The event of an id that was given to it or to what is part of it by now, also where it isn't published. $1 id. Grain: event_id.
SELECT v.*
FROM event_verdicts_as_of(TIMESTAMP 'infinity') AS v
WHERE v.event_id IN (SELECT event_id FROM event_matters_as_of(TIMESTAMP 'infinity') WHERE told_id = $1);
