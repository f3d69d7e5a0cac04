-- findings: what was found, folded where there is too much of one thing, ranked, under ids that a replay finds again.
-- $1 instant, $2 run, $3 id of the publication. A finding that is known already is not found again.
INSERT INTO findings
WITH kinds AS (
    SELECT
        name AS kind,
        weight,
        severity,
        singly
    FROM finding_rules()
    WHERE about = 'kind'
),

placed AS (
    SELECT
        f.*,
        f.folded OR k.singly < row_number() OVER (
            PARTITION BY f.kind, f.fold_group, f.folded
            ORDER BY f.weight * f.size DESC, f.period_end DESC, f.subject, f.identity
        ) AS told_together
    FROM found AS f
    INNER JOIN kinds AS k USING (kind)
),

told AS (
    SELECT
        kind, subject, period, period_end, title, old_value, new_value, change_pct, unit, refs, detail, identity, weight, size, severity
    FROM placed
    WHERE NOT told_together
    UNION ALL
    SELECT
        fold_kind AS kind,
        fold_subject AS subject,
        CASE WHEN count(*) = 1 THEN max(period) ELSE '' END AS period,
        max(period_end) AS period_end,
        replace(replace(arg_max(fold_words, (period_end, fold_words)), '#', CAST(count(*) AS VARCHAR)), '{s}', CASE WHEN count(*) = 1 THEN '' ELSE 's' END)
        || CASE
            WHEN min(period_end) IS NULL THEN ''
            WHEN min(period_words) = max(period_words) THEN ', ' || max(period_words)
            ELSE ', ' || arg_min(period_words, period_end) || ' to ' || arg_max(period_words, period_end)
        END
        || CASE
            WHEN count(change_pct) > 0 THEN format(', by up to {:+.2f} %', arg_max(change_pct, abs(change_pct)))
            ELSE ''
        END AS title,
        CAST(NULL AS DOUBLE) AS old_value,
        CAST(NULL AS DOUBLE) AS new_value,
        arg_max(change_pct, abs(change_pct)) AS change_pct,
        CASE WHEN count(DISTINCT unit) = 1 THEN max(unit) END AS unit,
        list_sort(list_distinct(flatten(list(refs)))) AS refs,
        'such as: ' || arg_max(title, (weight * size, period_end, identity)) AS detail,
        'together|' || md5(string_agg(concat_ws('|', subject, period, identity), '|' ORDER BY subject, period, identity)) AS identity,
        max(weight) AS weight,
        max(size) AS size,
        CASE WHEN fold_kind = kind THEN max(severity) END AS severity
    FROM placed
    WHERE told_together
    GROUP BY kind, fold_group, fold_kind, fold_subject
),

named AS (
    SELECT
        'f-' || substr(md5(concat_ws('|', t.kind, t.subject, t.period, t.identity)), 1, 12) AS finding_id,
        coalesce(t.severity, k.severity) AS severity,
        round(
            k.weight * t.weight * greatest(0.5, least(t.size, 2))
            * CASE WHEN t.period_end < CAST($1 AS DATE) - 400 THEN 0.4 ELSE 1 END, 1
        ) AS rank,
        t.* EXCLUDE (severity)
    FROM told AS t
    INNER JOIN kinds AS k USING (kind)
)

SELECT
    finding_id, $1, $2, $3, kind, severity, rank, subject, period, title, old_value, new_value, change_pct, unit, refs, detail
FROM named
WHERE finding_id NOT IN (SELECT f.finding_id FROM findings AS f)
QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY rank DESC) = 1;
