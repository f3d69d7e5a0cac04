-- watch_state: every quoted number that is watched, beside what is known now. Grain: watch_id.
--   state    holds: within the tolerance of what is known now; stale: it was right by what was known on the day of the quote,
--            or nothing was known then, and is no longer; never matched: it wasn't right then either; gone:
--            there is no value now
--   origins  where the figure, or of an indicator each input that is another one now, stood then and stands now
CREATE OR REPLACE VIEW watch_state AS
WITH known_now AS (
    SELECT w.watch_id, i.value, i.unit, i.known_at, i.inputs
    FROM watches AS w
    INNER JOIN indicators AS i
        ON w.name = i.indicator AND w.freq = i.freq AND w.period = i.period AND w.period_start = i.period_start
    WHERE w.kind = 'indicator'
    UNION ALL
    SELECT w.watch_id, o.value, o.unit, o.known_at, [o.series_key || ' ' || o.period] AS inputs
    FROM watches AS w
    INNER JOIN observations AS o ON w.name = o.series_key AND w.period = o.period AND w.period_start = o.period_start
    WHERE w.kind = 'series'
),

compared AS (
    SELECT
        w.*,
        n.value AS value_now,
        n.unit,
        n.known_at AS known_at_now,
        coalesce(n.inputs, []) AS inputs_now,
        abs(n.value - w.quoted_value) > w.tolerance + 1e-9 * abs(w.quoted_value) AS off_now,
        coalesce(abs(w.value_then - w.quoted_value) > w.tolerance + 1e-9 * abs(w.quoted_value), FALSE) AS off_then
    FROM watches AS w
    LEFT JOIN known_now AS n USING (watch_id)
),

cells AS (
    SELECT
        watch_id,
        then_at,
        unnest(list_distinct(inputs_then || inputs_now)) AS cell
    FROM compared
),

bodies AS (
    SELECT source, sha256, arg_max(url, fetched_at) AS url
    FROM payloads
    GROUP BY source, sha256
),

stood AS (
    SELECT
        c.watch_id, c.cell,
        max(v.value) FILTER (WHERE v.known_at <= c.then_at AND (v.known_to IS NULL OR v.known_to > c.then_at)) AS value_then,
        max(v.payload_sha256) FILTER (WHERE v.known_at <= c.then_at AND (v.known_to IS NULL OR v.known_to > c.then_at))
            AS payload_then,
        max(v.locator) FILTER (WHERE v.known_at <= c.then_at AND (v.known_to IS NULL OR v.known_to > c.then_at)) AS locator_then,
        max(b.url) FILTER (WHERE v.known_at <= c.then_at AND (v.known_to IS NULL OR v.known_to > c.then_at)) AS url_then,
        max(v.value) FILTER (WHERE v.known_to IS NULL) AS value_now,
        max(v.payload_sha256) FILTER (WHERE v.known_to IS NULL) AS payload_now,
        max(v.locator) FILTER (WHERE v.known_to IS NULL) AS locator_now,
        max(b.url) FILTER (WHERE v.known_to IS NULL) AS url_now
    FROM cells AS c
    INNER JOIN observation_vintages AS v
        ON regexp_replace(c.cell, ' [^ ]+$', '') = v.series_key AND regexp_extract(c.cell, '[^ ]+$') = v.period
    LEFT JOIN bodies AS b ON v.source = b.source AND v.payload_sha256 = b.sha256
    WHERE NOT v.aside
    GROUP BY c.watch_id, c.cell
),

origins AS (
    SELECT
        s.watch_id,
        list({
            'cell': s.cell, 'value_then': s.value_then, 'payload_then': s.payload_then, 'locator_then': s.locator_then,
            'url_then': s.url_then, 'value_now': s.value_now, 'payload_now': s.payload_now,
            'locator_now': s.locator_now, 'url_now': s.url_now
        } ORDER BY s.cell) AS origins
    FROM stood AS s
    INNER JOIN watches AS w USING (watch_id)
    WHERE w.kind = 'series' OR s.value_then IS DISTINCT FROM s.value_now OR len(w.inputs_then) = 1
    GROUP BY s.watch_id
)

SELECT
    c.watch_id,
    c.kind,
    c.name,
    c.freq,
    c.period,
    c.quoted_value,
    c.quoted_text,
    c.unit,
    c.tolerance,
    c.quoted_in,
    c.quoted_on,
    c.note,
    c.added_by,
    c.added_at,
    c.value_then,
    c.value_now,
    c.known_at_now,
    100 * (c.value_now - c.quoted_value) / nullif(abs(c.quoted_value), 0) AS moved_pct,
    CASE
        WHEN c.value_now IS NULL THEN 'gone'
        WHEN NOT c.off_now THEN 'holds'
        WHEN c.off_then THEN 'never matched'
        ELSE 'stale'
    END AS state,
    c.value_now IS NULL OR (c.off_now AND NOT c.off_then) AS stale,
    o.origins[1].payload_then AS old_payload_sha256,
    o.origins[1].locator_then AS old_locator,
    o.origins[1].url_then AS old_url,
    o.origins[1].payload_now AS new_payload_sha256,
    o.origins[1].locator_now AS new_locator,
    o.origins[1].url_now AS new_url,
    coalesce(o.origins, []) AS origins
FROM compared AS c
LEFT JOIN origins AS o USING (watch_id);
