-- indicator_changes: the indicators that are not what the publication before showed. $1 number of the publication.
-- Grain: indicator, freq, period.
--   change   new; withdrawn; changed: the value or its unit moved; restated: something else about it did
--   by_code  the value changed though no figure behind it did, or under another method: no revision
--   widened  it is put together from more or fewer figures than before, as its title or coverage says: no revision either
CREATE OR REPLACE TEMP TABLE indicator_changes AS
WITH programs AS (
    SELECT count(DISTINCT amur_version || ' ' || definitions) > 1 AS changed
    FROM snapshots
    WHERE number >= $1 - 1
),

loaded AS (
    SELECT DISTINCT v.series_key || ' ' || v.period AS cell
    FROM observation_vintages AS v
    INNER JOIN snapshot_runs AS r USING (run_id)
    WHERE r.number = $1
),

touched AS (
    SELECT DISTINCT n.indicator, n.freq, n.period_start, n.period_end
    FROM (SELECT indicator, freq, period_start, period_end, unnest(cells) AS cell FROM indicators_now) AS n
    INNER JOIN loaded AS l USING (cell)
),

stood AS (
    SELECT * FROM indicator_history
    WHERE to_snapshot IS NULL
),

compared AS (
    SELECT
        coalesce(n.indicator, o.indicator) AS indicator,
        coalesce(n.freq, o.freq) AS freq,
        coalesce(n.period_start, o.period_start) AS period_start,
        coalesce(n.period_end, o.period_end) AS period_end,
        coalesce(n.period, o.period) AS period,
        CASE
            WHEN o.indicator IS NULL THEN 'new'
            WHEN n.indicator IS NULL THEN 'withdrawn'
            WHEN
                n.unit <> o.unit OR abs(n.value - o.value) > 1e-9 * greatest(abs(n.value), abs(o.value))
                THEN 'changed'
            WHEN
                row(n.title, n.basis, n.obs_status, n.low_base, n.grade, n.method, n.known_at, n.inputs)
                <> row(o.title, o.basis, o.obs_status, o.low_base, o.grade, o.method, o.known_at, o.inputs)
                OR abs(coalesce(n.coverage, 0) - coalesce(o.coverage, 0)) > 1e-9
                THEN 'restated'
        END AS change,
        n.* EXCLUDE (indicator, freq, period_start, period_end, period),
        o.value AS old_value,
        o.unit AS old_unit,
        o.title AS old_title,
        o.coverage AS old_coverage,
        o.method AS old_method,
        o.known_at AS old_known_at,
        row(n.known_at, n.inputs) <> row(o.known_at, o.inputs) AS moved
    FROM indicators_now AS n
    FULL JOIN stood AS o
        ON
            n.indicator = o.indicator AND n.freq = o.freq AND n.period_start = o.period_start
            AND n.period_end = o.period_end
)

SELECT
    c.*,
    c.change = 'changed' AND (
        c.method IS DISTINCT FROM c.old_method OR c.unit <> c.old_unit
        OR (p.changed AND NOT c.moved AND t.indicator IS NULL)
    ) AS by_code,
    c.change = 'changed' AND NOT by_code AND (
        c.name <> split_part(c.old_title, ';', 1) OR abs(coalesce(c.coverage, 0) - coalesce(c.old_coverage, 0)) > 1e-9
    ) AS widened
FROM compared AS c
CROSS JOIN programs AS p
LEFT JOIN touched AS t
    ON
        c.indicator = t.indicator AND c.freq = t.freq AND c.period_start = t.period_start
        AND c.period_end = t.period_end
WHERE c.change IS NOT NULL;
