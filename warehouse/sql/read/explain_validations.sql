-- What the judge said of one payload. $1 sha256. Grain: expectation.
SELECT expectation, severity, success, evaluated, unexpected, observed
FROM validations
WHERE payload_sha256 = $1
ORDER BY success, severity, expectation;
