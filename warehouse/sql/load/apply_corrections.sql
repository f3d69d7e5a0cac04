-- corrected_vintages: the vintages that corrections add, made anew from all vintages, so that the order in which
-- documents arrive can't matter. A correction stands from the end of the day on which the error was found, or from a
-- microsecond after a later document that prints the wrong value again, until the next vintage of the publisher.
-- Where the publisher had changed the value by then, nothing is added; nor for an error that isn't found yet.
-- $1 today. Grain: correction, wrong vintage.
INSERT INTO corrected_vintages
WITH wrong AS (
    SELECT
        c.*, v.series_id, v.period_start, v.period_end, v.known_at, v.known_to,
        v.locator AS place,
        greatest(c.found_on + INTERVAL 86399 SECOND, v.known_at + INTERVAL 1 MICROSECOND) AS corrected_at
    FROM correction_entries AS c
    INNER JOIN series_dimensions AS s USING (series_key)
    INNER JOIN vintages AS v USING (series_id)
    WHERE
        c.found_on <= CAST($1 AS DATE)
        AND NOT v.superfluous AND NOT v.aside
        AND period_label(s.freq, v.period_start, v.period_end) = c.period
        AND v.value IS NOT DISTINCT FROM c.wrong_value
)

SELECT
    correction_id, series_id, period_start, period_end, known_at AS wrong_known_at, corrected_at, known_to,
    right_value AS value,
    place || ' corrected by ' || correction_id || ': ' || reason AS locator
FROM wrong
WHERE known_to IS NULL OR known_to > corrected_at
ORDER BY ALL;
