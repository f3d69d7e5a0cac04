-- What a transaction brought: readings parsed, new cells, revisions of known cells, the rest said nothing new.
SELECT
    (SELECT count(*) FROM incoming WHERE NOT again) AS parsed,
    count(*) FILTER (WHERE row_id IS NULL AND NOT superfluous AND NOT cell_was_known) AS new_rows,
    count(*) FILTER (WHERE row_id IS NULL AND NOT superfluous AND cell_was_known) AS revised_rows
FROM timeline;
