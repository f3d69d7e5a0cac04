-- disagreements_as_of(ts): figures that contradict each other, as known at the instant ts (UTC), each with both
-- origins; never averaged. The kinds are described in the macros that find them: cell_, flow_, swapped_, part_, month_
-- and unit_value_disagreements, mirror_disagreements_as_of. Grain: kind, series_key_a, series_key_b, product_b, freq,
-- period.
--   *_b         where side B is a figure of another reporter, partner, flow, product or frequency; else NULL
--   difference  B less A; for mirror_gap freight is taken out first
--   tolerance   what rounding, usual revisions, freight or the rule allow
--   explained   TRUE: within the tolerance, or a known difference of scope. It is listed all the same
--   origin_*    the cells of each side: source, payload, place in it, address of the archived page
CREATE OR REPLACE MACRO disagreements_as_of(ts) AS TABLE
-- Read once, by all kinds, under this name.
WITH reconciled AS MATERIALIZED ( -- noqa: ST03
    SELECT * FROM reconciliation_cells_as_of(ts)
),

found AS MATERIALIZED (
    SELECT
        *,
        row_number() OVER () AS number
    FROM (
        FROM cell_disagreements('reconciled')
        UNION ALL
        FROM flow_disagreements('reconciled')
        UNION ALL
        FROM swapped_disagreements('reconciled')
        UNION ALL
        FROM part_disagreements('reconciled')
        UNION ALL
        FROM month_disagreements('reconciled')
        UNION ALL
        FROM mirror_disagreements_as_of(ts)
        UNION ALL
        FROM unit_value_disagreements('reconciled')
    )
),

sides AS (
    SELECT
        number,
        'a' AS side,
        unnest(inputs_a) AS input,
        generate_subscripts(inputs_a, 1) AS position
    FROM found
    UNION ALL
    SELECT
        number,
        'b' AS side,
        unnest(inputs_b) AS input,
        generate_subscripts(inputs_b, 1) AS position
    FROM found
),

addresses AS (
    SELECT
        source,
        sha256,
        any_value(url) AS url
    FROM payloads
    GROUP BY source, sha256
),

origins AS (
    SELECT
        s.number,
        list(
            {
                'source': o.source,
                'payload_sha256': o.payload_sha256,
                'locator': o.locator,
                'url': p.url,
                'series_key': o.series_key,
                'period': o.period
            }
            ORDER BY s.position
        ) FILTER (WHERE s.side = 'a') AS origin_a,
        list(
            {
                'source': o.source,
                'payload_sha256': o.payload_sha256,
                'locator': o.locator,
                'url': p.url,
                'series_key': o.series_key,
                'period': o.period
            }
            ORDER BY s.position
        ) FILTER (WHERE s.side = 'b') AS origin_b
    FROM sides AS s
    INNER JOIN observations_as_of(ts) AS o ON s.input = o.series_key || ' ' || o.period
    LEFT JOIN addresses AS p ON o.source = p.source AND o.payload_sha256 = p.sha256
    GROUP BY s.number
)

SELECT
    f.kind,
    f.measure,
    f.reporter,
    f.partner,
    f.flow,
    f.product,
    f.unit,
    f.freq,
    f.period_start,
    f.period_end,
    period_label(f.freq, f.period_start, f.period_end) AS period,
    f.series_key_a,
    f.value_a,
    f.series_key_b,
    f.value_b,
    100 * f.difference / nullif(abs(f.value_a), 0) AS difference_pct, -- NULL from zero
    f.difference,
    f.tolerance,
    f.explained,
    f.explanation,
    f.reporter_b,
    f.partner_b,
    f.flow_b,
    f.product_b,
    f.freq_b,
    o.origin_a,
    o.origin_b,
    f.known_at
FROM found AS f
INNER JOIN origins AS o USING (number);
