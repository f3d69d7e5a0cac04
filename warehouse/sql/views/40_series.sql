-- series: one row a series. `history_from`: before it Amur can't say what was known. `coverage`: cells with a value.
CREATE OR REPLACE VIEW series AS
SELECT
    s.series_key,
    s.source,
    s.dataset,
    s.measure,
    s.reporter,
    s.partner,
    s.flow,
    s.product,
    s.unit,
    s.freq,
    s.partner_name,
    s.partner_kind,
    concat_ws(
        ' ',
        s.reporter,
        CASE s.flow WHEN 'X' THEN 'exports to' WHEN 'M' THEN 'imports from' WHEN 'T' THEN 'trade with' END,
        coalesce(s.partner_name, s.partner),
        s.product,
        s.measure,
        '(' || s.unit || ', ' || s.freq || ', ' || s.source || ')'
    ) AS title,
    min(v.known_at) AS history_from,
    min(v.period_start) AS first_period_start,
    max(v.period_end) AS newest_period_end,
    max_by(period_label(s.freq, v.period_start, v.period_end), v.period_end) AS newest_period,
    count(*) FILTER (WHERE v.known_to IS NULL) AS cells,
    count(v.value) FILTER (WHERE v.known_to IS NULL) / nullif(count(*) FILTER (WHERE v.known_to IS NULL), 0) AS coverage
FROM series_dimensions AS s
INNER JOIN vintages AS v ON s.series_id = v.series_id AND NOT v.superfluous
GROUP BY ALL;
