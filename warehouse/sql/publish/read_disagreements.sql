-- states_now: figures that contradict each other and that nothing explains.
INSERT INTO states_now BY NAME
SELECT
    'disagreement' AS kind,
    concat_ws('|', d.kind, series_key_a, series_key_b, product_b, freq, strftime(period_start, '%Y-%m-%d'), strftime(period_end, '%Y-%m-%d'))
        AS key,
    series_key_a AS subject,
    period,
    'open' AS state,
    concat(
        replace(d.kind, '_', ' '), ', ',
        concat_ws(
            ' ', reporter,
            CASE flow WHEN 'X' THEN 'exports to' WHEN 'M' THEN 'imports from' WHEN 'T' THEN 'trade with' END,
            partner, product, replace(measure, '_', ' ')
        ),
        ', ', period_in_words(freq, period_start, period_end), ': ', figure_in_words(value_a, unit, 4), ' (',
        split_part(series_key_a, ':', 1), ') against ', figure_in_words(value_b, unit, 4), ' (',
        split_part(coalesce(series_key_b, series_key_a), ':', 1), ')'
    ) AS title,
    value_a AS value,
    value_b AS other_value,
    unit,
    period_end AS dated,
    list_distinct([split_part(series_key_a, ':', 1), split_part(coalesce(series_key_b, series_key_a), ':', 1)]) AS refs
FROM disagreements AS d
WHERE NOT coalesce(explained, FALSE);
