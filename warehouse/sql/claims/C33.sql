-- C33: the newest word on the fast line from Moscow to Kazan, whose Chinese builders had signed.
WITH found AS (
    SELECT any_value(status) AS status, any_value(status_date) AS status_date, count(*) AS held
    FROM projects
    WHERE project = 'Moscow-Kazan high-speed rail'
)

SELECT
    CASE WHEN held > 0 THEN CAST(status IN ('shelved', 'postponed', 'suspended', 'cancelled') AS DOUBLE) END AS computed,
    claim_status('C33', computed, FALSE) AS status,
    CASE WHEN held > 0 THEN ['Moscow-Kazan high-speed rail'] ELSE [] END AS evidence,
    CASE
        WHEN held > 0 THEN concat(replace(status, '_', ' '), ' as of ', strftime(status_date, '%Y-%m-%d'))
        ELSE 'nothing of the project is held'
    END AS why
FROM found;
