-- Rows that differ between two publications, indicators first, the largest changes first. Reads the tables cells and
-- answers; $1: is the program another one? Grain: about, key, freq, period.
--   change   added, withdrawn (gone, or without a value now) or changed
--   moved    of an indicator that changed: data; code, where the method is another, or the program is and no figure behind
--            the value moved; data and code, where both did
WITH rows_of_both AS (
    SELECT
        'indicator' AS about,
        indicator AS key,
        freq, period_start, period_end, unit, was_there, is_there, old_value, new_value,
        coalesce(old_method <> new_method, FALSE) AS another_method,
        moved
    FROM answers
    UNION ALL
    SELECT
        'observation' AS about,
        series_key AS key,
        freq, period_start, period_end, unit, was_there, is_there, old_value, new_value,
        FALSE AS another_method,
        TRUE AS moved
    FROM cells
),

judged AS (
    SELECT
        *,
        CASE
            WHEN is_there AND new_value IS NOT NULL AND (NOT was_there OR old_value IS NULL) THEN 'added'
            WHEN was_there AND old_value IS NOT NULL AND (NOT is_there OR new_value IS NULL) THEN 'withdrawn'
            WHEN abs(new_value - old_value) > 1e-9 * greatest(abs(new_value), abs(old_value)) THEN 'changed'
        END AS change
    FROM rows_of_both
)

SELECT
    about,
    change,
    key,
    freq,
    period_label(freq, period_start, period_end) AS period,
    old_value,
    new_value,
    100 * (new_value - old_value) / nullif(abs(old_value), 0) AS change_pct,
    unit,
    CASE
        WHEN about = 'observation' OR change <> 'changed' THEN NULL
        WHEN another_method AND moved THEN 'data and code'
        WHEN another_method OR (CAST($1 AS BOOLEAN) AND NOT moved) THEN 'code'
        ELSE 'data'
    END AS moved
FROM judged
WHERE change IS NOT NULL
ORDER BY about, change = 'added', abs(change_pct) DESC NULLS LAST, key, period_end, freq;
