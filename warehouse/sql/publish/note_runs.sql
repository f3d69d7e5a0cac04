-- snapshot_runs: which publication was the first to hold what a run loaded. $1 number.
INSERT INTO snapshot_runs
SELECT DISTINCT run_id, $1 FROM vintages
WHERE run_id NOT IN (SELECT s.run_id FROM snapshot_runs AS s);
