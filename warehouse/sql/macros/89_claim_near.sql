-- claim_near(id, computed): is a computed level between half and twice what the claim states?
CREATE OR REPLACE MACRO claim_near(id, computed) AS (
    SELECT computed BETWEEN expected / 2 AND expected * 2
    FROM claim_texts
    WHERE claim_id = id
);
