-- state_changes: what is not as the publication before showed it. Grain: kind, key.
--   change   new; gone; changed: another state; restated: the same state of another title, value or period
CREATE OR REPLACE TEMP TABLE state_changes AS
WITH stood AS (
    SELECT * FROM state_history
    WHERE to_snapshot IS NULL
),

compared AS (
    SELECT
        coalesce(n.kind, o.kind) AS kind,
        coalesce(n.key, o.key) AS key,
        CASE
            WHEN o.key IS NULL THEN 'new'
            WHEN n.key IS NULL THEN 'gone'
            WHEN n.state <> o.state THEN 'changed'
            WHEN
                row(n.subject, n.period, n.title, n.value, n.other_value, n.unit, n.dated, n.refs)
                <> row(o.subject, o.period, o.title, o.value, o.other_value, o.unit, o.dated, o.refs)
                THEN 'restated'
        END AS change,
        n.* EXCLUDE (kind, key),
        o.subject AS old_subject,
        o.period AS old_period,
        o.state AS old_state,
        o.title AS old_title,
        o.value AS old_value,
        o.other_value AS old_other_value,
        o.unit AS old_unit,
        o.dated AS old_dated,
        o.refs AS old_refs,
        (SELECT max(s.number) FROM snapshots AS s) = 1 AS is_first
    FROM states_now AS n
    FULL JOIN stood AS o ON n.kind = o.kind AND n.key = o.key
)

SELECT * FROM compared
WHERE change IS NOT NULL;
