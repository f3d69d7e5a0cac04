-- The rules that a held document broke when it was first judged. $1 source, $2 address, $3 the body's hash.
-- Grain: rule, the critical ones first.
SELECT expectation, severity, evaluated, unexpected, observed, why
FROM validations
WHERE source = $1 AND url = $2 AND payload_sha256 = $3
QUALIFY row_number() OVER (PARTITION BY expectation ORDER BY validated_at, run_id) = 1 AND NOT success
ORDER BY severity, expectation;
