-- runs: the end of a run, with the sums over its sources. $1 run, $2 instant, $3 state, $4 exit code.
-- An entry that a later body superseded carries the run that superseded it: such a run held nothing by that.
UPDATE runs
SET
    ended_at = $2,
    state = $3,
    exit_code = $4,
    new_rows = (SELECT coalesce(sum(s.new_rows), 0) FROM run_sources AS s WHERE s.run_id = $1),
    revised_rows = (SELECT coalesce(sum(s.revised_rows), 0) FROM run_sources AS s WHERE s.run_id = $1),
    held_batches = (SELECT count(*) FROM quarantine AS q WHERE q.run_id = $1 AND q.kind = 'batch' AND q.state = 'held')
WHERE run_id = $1;
