-- C34: the Tianjin refinery: a step of 2014 is held, and none after it that is more than talk.
WITH found AS (
    SELECT
        count(*) AS held,
        max(status_date) FILTER (WHERE status IN ('approved', 'signed')) AS approved_on,
        count(*) FILTER (
            WHERE
            status IN ('under_construction', 'completed', 'opened', 'operating', 'first_cargo', 'started', 'expanded')
        ) AS built,
        max_by(status, status_date) AS newest,
        max(status_date) AS newest_on
    FROM project_history
    WHERE project = 'Tianjin refinery'
)

SELECT
    CASE WHEN approved_on IS NOT NULL THEN CAST(built = 0 AS DOUBLE) END AS computed,
    CASE WHEN computed IS NULL AND held > 0 THEN 'unverifiable' ELSE claim_status('C34', computed, FALSE) END AS status,
    CASE WHEN held > 0 THEN ['Tianjin refinery'] ELSE [] END AS evidence,
    CASE
        WHEN held = 0 THEN 'nothing of the project is held'
        ELSE
            concat(
                CASE WHEN built = 0 THEN 'no building is known' ELSE 'building is known' END, '; newest word: ',
                replace(newest, '_', ' '), ' on ', strftime(newest_on, '%Y-%m-%d')
            )
    END AS why
FROM found;
