-- claims: public claims about the trade, answered at the last publication: now, and as known at the end of the day on which
-- each was made. Grain: claim_id.
CREATE OR REPLACE VIEW claims AS
SELECT
    t.claim_id,
    t.claim,
    t.claimed_on,
    t.expected,
    t.tolerance,
    a.computed_now,
    a.computed_then,
    coalesce(a.status_now, 'no data') AS status_now,
    coalesce(a.status_then, 'no data') AS status_then,
    coalesce(a.evidence_now, []) AS evidence,
    t.unit,
    coalesce(a.why_now, 'not answered yet') AS why_now,
    coalesce(a.why_then, 'not answered yet') AS why_then,
    coalesce(a.evidence_then, []) AS evidence_then,
    t.asks,
    t.note,
    t.origin,
    a.error
FROM claim_texts AS t
LEFT JOIN claim_answers AS a USING (claim_id)
ORDER BY t.origin DESC, t.claim_id;
