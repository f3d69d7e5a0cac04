-- Joint projects, the newest word of each side. Grain: project.
SELECT
    project, status, status_date, asserted_by, ru_status, ru_status_date, cn_status, cn_status_date, confirmed_by_both, steps
FROM projects
ORDER BY status_date DESC, project;
