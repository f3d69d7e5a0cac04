-- Every vintage leads to an archived payload and to a series.
SELECT v.series_id, v.payload_sha256
FROM vintages AS v
ANTI JOIN payloads AS p ON v.payload_sha256 = p.sha256
UNION ALL
SELECT v.series_id, v.payload_sha256
FROM vintages AS v
ANTI JOIN series_dimensions AS s USING (series_id);
