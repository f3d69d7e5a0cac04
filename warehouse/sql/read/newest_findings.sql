-- The newest findings, those of one publication by rank. $1 how many.
SELECT *
FROM findings
ORDER BY found_at DESC, rank DESC, finding_id
LIMIT $1;
