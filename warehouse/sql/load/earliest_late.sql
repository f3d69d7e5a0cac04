-- The earliest instant of a new vintage that is older than figures which were loaded before it; NULL where none is.
-- What later documents say of the same cells, even if it is nothing new to them, must then be read again. $1 source.
SELECT min(known_at)
FROM timeline
WHERE
    row_id IS NULL
    AND NOT superfluous
    AND known_at < (SELECT max(known_at) FROM payloads WHERE source = $1 AND state = 'loaded');
