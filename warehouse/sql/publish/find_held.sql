-- found: batches that were put into quarantine and wait for a person; each is told once.
INSERT INTO found BY NAME
SELECT
    'held' AS kind,
    q.source AS subject,
    q.period,
    q.period AS period_words,
    CAST(q.held_at AS DATE) AS period_end,
    concat(
        s.title, CASE WHEN q.period <> '' THEN ', ' || q.period END, ': a batch is held in quarantine (', q.quarantine_id, '): ',
        CASE WHEN length(q.reason) > 160 THEN left(q.reason, 160) || '…' ELSE q.reason END
    ) AS title,
    CAST(NULL AS DOUBLE) AS old_value,
    CAST(q.held_rows AS DOUBLE) AS new_value,
    CAST(NULL AS DOUBLE) AS change_pct,
    'rows' AS unit,
    [q.quarantine_id, q.source] AS refs,
    concat_ws('; ', q.reason_kind, q.url) AS detail,
    q.quarantine_id AS identity,
    1.0 AS weight,
    1.0 AS size,
    CAST(NULL AS VARCHAR) AS severity,
    FALSE AS folded,
    'held' AS fold_group,
    'held' AS fold_kind,
    'quarantine' AS fold_subject,
    '# further batch{es} held' AS fold_words
FROM quarantine AS q
INNER JOIN sources AS s USING (source)
WHERE
    q.state = 'held' AND q.kind = 'batch'
    AND q.held_at >= coalesce((SELECT max(p.published_at) FROM snapshots AS p WHERE p.number < $1), TIMESTAMP '-infinity');
