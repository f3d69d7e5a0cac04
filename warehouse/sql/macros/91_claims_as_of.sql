-- claims_as_of(ts): the shipped claims answered with what was known at the instant ts (UTC). Grain: claim_id.
-- Each is a file of warehouse/sql/claims that asks `indicators`, `observations`, `events`, `projects` and `project_history`;
-- here these names stand for what they were at ts. `every_claim` is the union of all files, put in when this is made.
CREATE OR REPLACE MACRO claims_as_of(ts) AS TABLE
WITH indicators AS MATERIALIZED ( -- noqa: ST03
    FROM indicators_as_of(ts)
),

observations AS NOT MATERIALIZED ( -- noqa: ST03
    FROM observations_as_of(ts)
),

events AS MATERIALIZED ( -- noqa: ST03
    FROM events_as_of(ts)
),

projects AS MATERIALIZED ( -- noqa: ST03
    FROM projects_as_of(ts)
),

project_history AS MATERIALIZED ( -- noqa: ST03
    FROM project_history_as_of(ts)
),

answers AS (
    FROM every_claim
)

SELECT
    t.claim_id,
    t.claim,
    t.claimed_on,
    t.expected,
    t.tolerance,
    t.unit,
    a.computed,
    coalesce(a.status, 'no data') AS status,
    coalesce(a.evidence, []) AS evidence,
    coalesce(a.why, 'nothing was known') AS why
FROM claim_texts AS t
INNER JOIN answers AS a USING (claim_id)
ORDER BY t.claim_id;
