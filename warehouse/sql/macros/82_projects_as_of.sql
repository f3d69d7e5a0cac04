-- projects_as_of(ts): joint projects with the newest word of each side, as known at the instant ts (UTC). Grain: project.
--   confirmed_by_both   both sides have said of it that it is signed, approved, being built, opened or at work, and neither's
--                       newest word takes that back
CREATE OR REPLACE MACRO projects_as_of(ts) AS TABLE
WITH steps AS (
    SELECT
        *,
        status IN (
            'signed', 'approved', 'expanded', 'under_construction', 'completed', 'opened', 'operating', 'first_cargo',
            'joint_venture', 'named', 'started'
        ) AS goes_on,
        status <> 'not_listed' AS said_outright -- what a list leaves out says less than what somebody says that day
    FROM project_history_as_of(ts)
)

SELECT
    project,
    max_by(status, (status_date, said_outright, known_at)) AS status,
    max(status_date) AS status_date,
    max_by(asserted_by, (status_date, said_outright, known_at)) AS asserted_by,
    max_by(status, (status_date, said_outright, known_at)) FILTER (WHERE side = 'RU') AS ru_status,
    max(status_date) FILTER (WHERE side = 'RU') AS ru_status_date,
    max_by(status, (status_date, said_outright, known_at)) FILTER (WHERE side = 'CN') AS cn_status,
    max(status_date) FILTER (WHERE side = 'CN') AS cn_status_date,
    coalesce(
        max_by(goes_on, (status_date, said_outright, known_at)) FILTER (WHERE side = 'RU')
        AND max_by(goes_on, (status_date, said_outright, known_at)) FILTER (WHERE side = 'CN'), FALSE
    ) AS confirmed_by_both,
    count(*) AS steps
FROM steps
GROUP BY project;
