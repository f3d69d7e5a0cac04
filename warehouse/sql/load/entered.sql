-- Which of some bodies the ledger has. $1 their sidecars. Grain: sidecar.
-- Asked once for all that a load brings: a look for each of them would cost more the more there are in the ledger.
SELECT DISTINCT sidecar
FROM payloads
WHERE sidecar IN (SELECT unnest($1::VARCHAR []));
