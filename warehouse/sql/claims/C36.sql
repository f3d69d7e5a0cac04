-- C36: Power of Siberia 2: signed or further by the newest word of the Russian side that says anything, and not by the Chinese.
WITH steps AS (
    SELECT
        side, status, status_date,
        status IN (
            'signed', 'approved', 'under_construction', 'completed', 'opened', 'operating', 'started', 'expanded'
        ) AS asserts
    FROM project_history
    WHERE project = 'Power of Siberia 2' AND side IN ('RU', 'CN')
),

found AS (
    SELECT
        count(*) AS held,
        max(status_date) FILTER (WHERE side = 'RU' AND asserts) AS russian_on,
        max(status_date) FILTER (WHERE side = 'CN' AND asserts) AS chinese_on,
        max_by(status, status_date) FILTER (WHERE side = 'CN') AS chinese_word
    FROM steps
)

SELECT
    CASE WHEN russian_on IS NOT NULL THEN CAST(chinese_on IS NULL AS DOUBLE) END AS computed,
    CASE WHEN computed IS NULL AND held > 0 THEN 'unverifiable' ELSE claim_status('C36', computed, FALSE) END AS status,
    CASE WHEN held > 0 THEN ['Power of Siberia 2'] ELSE [] END AS evidence,
    CASE
        WHEN held = 0 THEN 'nothing of the project is held'
        WHEN russian_on IS NULL THEN 'neither side has said that it is signed'
        ELSE
            concat(
                'said by the Russian side on ', strftime(russian_on, '%Y-%m-%d'),
                CASE
                    WHEN chinese_on IS NULL THEN ', by the Chinese side not: ' || coalesce(replace(chinese_word, '_', ' '), 'silence')
                    ELSE ', by the Chinese side on ' || strftime(chinese_on, '%Y-%m-%d')
                END
            )
    END AS why
FROM found;
