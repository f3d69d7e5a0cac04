-- indicator_history: what is no longer published, or no longer so, ends here. $1 number, $2 instant of the publication.
UPDATE indicator_history AS h
SET
    published_to = $2,
    to_snapshot = $1
FROM indicator_changes AS c
WHERE
    h.to_snapshot IS NULL AND c.change <> 'new' AND h.indicator = c.indicator AND h.freq = c.freq
    AND h.period_start = c.period_start AND h.period_end = c.period_end;
