-- What was checked about some payloads. $1 their hashes. Grain: payload, expectation, failed ones first.
SELECT DISTINCT payload_sha256, expectation, severity, success, evaluated, unexpected, observed
FROM validations
WHERE list_contains(CAST($1 AS VARCHAR[]), payload_sha256)
ORDER BY payload_sha256, success, severity, expectation;
