-- C32: the CR929: withdrawn by the Russian side or renamed by the Chinese one, and no joint step of the Russian side since.
WITH steps AS (
    SELECT status, status_date, side FROM project_history
    WHERE project = 'CR929'
),

found AS (
    SELECT
        count(*) AS held,
        min(status_date) FILTER (WHERE status = 'withdrawn' AND side = 'RU') AS withdrawn_on,
        min(status_date) FILTER (WHERE status = 'renamed' AND side = 'CN') AS renamed_on
    FROM steps
),

since AS (
    SELECT count(*) AS joint
    FROM steps AS s
    CROSS JOIN found AS f
    WHERE
        s.side = 'RU' AND s.status_date > coalesce(f.withdrawn_on, f.renamed_on)
        AND s.status NOT IN ('withdrawn', 'renamed', 'shelved', 'suspended', 'not_confirmed')
)

SELECT
    CASE
        WHEN f.held > 0 THEN CAST(coalesce(f.withdrawn_on, f.renamed_on) IS NOT NULL AND s.joint = 0 AS DOUBLE)
    END AS computed,
    claim_status('C32', computed, FALSE) AS status,
    CASE WHEN f.held > 0 THEN ['CR929'] ELSE [] END AS evidence,
    CASE
        WHEN f.held = 0 THEN 'nothing of the project is held'
        ELSE
            coalesce(
                nullif(
                    concat_ws(
                        ', ',
                        'Russia withdrew on ' || strftime(f.withdrawn_on, '%Y-%m-%d'),
                        'renamed on ' || strftime(f.renamed_on, '%Y-%m-%d')
                    ),
                    ''
                ),
                'neither withdrawn nor renamed'
            )
    END AS why
FROM found AS f
CROSS JOIN since AS s;
