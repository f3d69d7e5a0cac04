-- The claims ledger. Grain: claim.
SELECT
    claim_id, claim, claimed_on, expected, tolerance, unit, computed_now, computed_then, status_now, status_then, why_now, why_then,
    evidence, evidence_then, note, origin, error
FROM claims
ORDER BY claim_id;
