-- A finished run's sources balance: loaded, same and held rows are all the rows that were parsed.
SELECT run_id, source, parsed_rows, new_rows, revised_rows, same_rows, held_rows
FROM run_sources
WHERE parsed_rows <> new_rows + revised_rows + same_rows + held_rows;
