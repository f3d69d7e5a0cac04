-- series_dimensions: one row a series, numbered in the order in which series were first seen.
INSERT INTO series_dimensions
SELECT
    (SELECT coalesce(max(series_id), 0) FROM series_dimensions) + row_number() OVER (ORDER BY series_key) AS series_id,
    fresh.*
FROM (
    SELECT
        series_key,
        any_value(source) AS source,
        any_value(dataset) AS dataset,
        any_value(measure) AS measure,
        any_value(reporter) AS reporter,
        any_value(partner) AS partner,
        any_value(partner_name) AS partner_name,
        any_value(partner_kind) AS partner_kind,
        any_value(flow) AS flow,
        any_value(product) AS product,
        any_value(unit) AS unit,
        any_value(freq) AS freq
    FROM incoming
    ANTI JOIN series_dimensions USING (series_key)
    GROUP BY series_key
    ORDER BY series_key
) AS fresh;
