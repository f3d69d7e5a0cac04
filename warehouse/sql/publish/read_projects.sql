-- states_now: joint projects; the state is the newest word of each side.
INSERT INTO states_now BY NAME
WITH told AS (
    SELECT
        project,
        list(DISTINCT article_id ORDER BY article_id) FILTER (WHERE article_id IS NOT NULL) AS refs
    FROM project_history
    GROUP BY project
)

SELECT
    'project' AS kind,
    p.project AS key,
    p.project AS subject,
    strftime(p.status_date, '%Y-%m-%d') AS period,
    concat(
        replace(p.status, '_', ' '), ' on ', strftime(p.status_date, '%Y-%m-%d'), ' (', p.asserted_by, ')',
        CASE WHEN p.confirmed_by_both THEN ', confirmed by both sides' ELSE '' END
    ) AS state,
    p.project AS title,
    p.status_date AS dated,
    coalesce(t.refs, []) AS refs
FROM projects AS p
LEFT JOIN told AS t USING (project);
