-- state_history: what is no longer so ends here. $1 number, $2 instant of the publication.
UPDATE state_history AS h
SET
    published_to = $2,
    to_snapshot = $1
FROM state_changes AS c
WHERE h.to_snapshot IS NULL AND c.change <> 'new' AND h.kind = c.kind AND h.key = c.key;
