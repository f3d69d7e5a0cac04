-- claim_status(id, computed, direction): what a computed value makes of a claim.
--   no data        nothing could be computed
--   confirmed      within the claim's tolerance of what it states
--   imprecise      outside, but `direction` holds: what the claim says happened did, in another size or at another time
--   contradicted   outside, and not even that
CREATE OR REPLACE MACRO claim_status(id, computed, direction) AS
CASE
    WHEN computed IS NULL THEN 'no data'
    WHEN claim_off(id, computed) <= (SELECT coalesce(tolerance, 0) FROM claim_texts WHERE claim_id = id) THEN 'confirmed'
    WHEN direction THEN 'imprecise'
    ELSE 'contradicted'
END;
