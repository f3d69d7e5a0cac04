-- run_sources: what a source's part of a run came to, in place of what an earlier part of the same run did. The parameters
-- are the columns of the table, in their order. Grain: run, source.
MERGE INTO run_sources AS kept
USING (
    SELECT
        $1 AS run_id, $2 AS source, $3 AS state, $4 AS requests, $5 AS payloads, $6 AS parsed_rows, $7 AS new_rows,
        $8 AS revised_rows, $9 AS same_rows, $10 AS held_rows, $11 AS fetch_s, $12 AS judge_s, $13 AS load_s,
        $14 AS ended_at, $15 AS error, $16 AS parse_s
) AS part
    ON kept.run_id = part.run_id AND kept.source = part.source
WHEN MATCHED THEN
    UPDATE SET
        state = part.state, requests = part.requests, payloads = part.payloads, parsed_rows = part.parsed_rows,
        new_rows = part.new_rows, revised_rows = part.revised_rows, same_rows = part.same_rows,
        held_rows = part.held_rows, fetch_s = part.fetch_s, judge_s = part.judge_s, load_s = part.load_s,
        ended_at = part.ended_at, error = part.error, parse_s = part.parse_s
WHEN NOT MATCHED THEN
    INSERT VALUES (
        part.run_id, part.source, part.state, part.requests, part.payloads, part.parsed_rows, part.new_rows,
        part.revised_rows, part.same_rows, part.held_rows, part.fetch_s, part.judge_s, part.load_s, part.ended_at,
        part.error, part.parse_s
    );
