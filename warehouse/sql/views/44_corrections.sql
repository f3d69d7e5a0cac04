-- corrections: known errors of publishers and what became of them. Grain: correction_id.
--   state    fixed upstream: a later document of the publisher gives another value, within the tolerance of the right one;
--            reported: the publisher was told; else open
--   applied  a vintage with the right value stands in `observations` now
--   held     the wrong print never loaded: it waits in quarantine, or a person has rejected it
CREATE OR REPLACE VIEW corrections AS
WITH fixed AS (
    SELECT
        c.correction_id,
        min(v.known_at) AS fixed_at,
        arg_min(v.value, v.known_at) AS fixed_value
    FROM correction_entries AS c
    INNER JOIN series_dimensions AS s USING (series_key)
    INNER JOIN vintages AS v USING (series_id)
    WHERE
        period_label(s.freq, v.period_start, v.period_end) = c.period
        AND CAST(v.known_at AS DATE) > c.printed_on
        AND v.value IS DISTINCT FROM c.wrong_value
        AND abs(v.value - c.right_value) <= c.tolerance
    GROUP BY c.correction_id
),

stands AS (
    SELECT correction_id, max(corrected_at) AS applied_from, bool_or(known_to IS NULL) AS applied
    FROM corrected_vintages
    GROUP BY correction_id
),

waiting AS (
    SELECT DISTINCT c.correction_id
    FROM correction_entries AS c
    INNER JOIN quarantine AS q
        ON c.source = q.source AND q.kind = 'row' AND json_extract_string(q.evidence, '$.found') = c.printed
)

SELECT
    c.correction_id,
    c.source,
    c.series_key,
    c.period,
    c.printed,
    c.wrong_value,
    c.right_value,
    c.tolerance,
    split_part(c.series_key, ':', 8) AS unit,
    CASE
        WHEN f.correction_id IS NOT NULL THEN 'fixed upstream'
        WHEN c.reported_on IS NOT NULL THEN 'reported'
        ELSE 'open'
    END AS state,
    c.reason,
    c.evidence_url,
    c.printed_on,
    c.found_on,
    c.reported_on,
    f.fixed_at,
    f.fixed_value,
    coalesce(s.applied, FALSE) AS applied,
    s.applied_from,
    w.correction_id IS NOT NULL AS held
FROM correction_entries AS c
LEFT JOIN fixed AS f USING (correction_id)
LEFT JOIN stands AS s USING (correction_id)
LEFT JOIN waiting AS w USING (correction_id);
