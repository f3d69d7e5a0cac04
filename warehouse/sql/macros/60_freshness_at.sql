-- freshness_at(ts): what is due from each source at the instant ts (UTC). Grain: source.
--   none expected   the next period's figures are not due yet
--   due             they may be out any day
--   overdue         the last day on which they were expected has passed
--   published but unreachable   overdue, and the last attempt could not reach the source
--   our fault       overdue, and a batch of it is held in quarantine
--   empty           overdue, and its newest answer, though it came, held nothing
-- A feed is due again the day after its newest entry; one that was never read is not stale but unreached.
-- `stale` is overdue by more than the catalogue's stale_days: the run then ends with 3.
CREATE OR REPLACE MACRO freshness_at(ts) AS TABLE
WITH newest AS (
    SELECT
        source,
        max(period_end) AS newest_period_end,
        max_by(period, period_end) AS newest_period
    FROM observations
    WHERE freq IN ('M', 'D') AND value IS NOT NULL
    GROUP BY source
),

attempts AS (
    SELECT
        source,
        max(fetched_at) FILTER (WHERE outcome IN ('ok', 'not_modified')) AS last_success_at,
        max(fetched_at) AS last_attempt_at,
        max_by(outcome, fetched_at) AS last_outcome,
        max_by(error, fetched_at) FILTER (WHERE error <> '') AS last_error
    FROM fetches
    GROUP BY source
),

answers AS (
    SELECT
        source,
        max_by(state, fetched_at) AS last_body
    FROM payloads
    WHERE role IN ('data', 'feed')
    GROUP BY source
),

held AS (
    SELECT
        source,
        count(*) AS held_batches
    FROM quarantine
    WHERE state = 'held' AND kind = 'batch' -- a row in doubt keeps no page from counting
    GROUP BY source
),

calendar AS (
    SELECT
        s.*,
        n.newest_period,
        n.newest_period_end,
        CASE
            WHEN s.due_to_days IS NULL THEN NULL
            WHEN s.cadence = 'feed' THEN n.newest_period_end
            WHEN s.cadence = 'daily' THEN coalesce(n.newest_period_end, s.history_from)
            ELSE last_day(
                coalesce(n.newest_period_end, s.history_from)
                + CASE
                    WHEN NOT s.january_apart AND month(n.newest_period_end) = 12 THEN INTERVAL 2 MONTH
                    ELSE INTERVAL 1 MONTH
                END
            )
        END AS next_period_end
    FROM sources AS s
    LEFT JOIN newest AS n USING (source)
),

due AS (
    SELECT
        *,
        CAST(next_period_end + to_days(due_from_days) AS DATE) AS next_expected_on,
        CAST(next_period_end + to_days(due_to_days) AS DATE) AS overdue_after
    FROM calendar
)

SELECT
    d.source,
    d.family,
    d.title,
    CASE
        WHEN d.due_to_days IS NULL THEN 'none expected'
        WHEN CAST(CAST(ts AS TIMESTAMP) AS DATE) < d.next_expected_on THEN 'none expected'
        WHEN CAST(CAST(ts AS TIMESTAMP) AS DATE) <= d.overdue_after THEN 'due'
        WHEN coalesce(h.held_batches, 0) > 0 THEN 'our fault'
        WHEN a.last_outcome NOT IN ('ok', 'not_modified', 'reused') THEN 'published but unreachable'
        WHEN b.last_body = 'empty' THEN 'empty'
        ELSE 'overdue'
    END AS state,
    coalesce(CAST(CAST(ts AS TIMESTAMP) AS DATE) > d.overdue_after + to_days(d.stale_days), FALSE) AS stale,
    d.newest_period,
    d.newest_period_end,
    CASE WHEN d.newest_period_end IS NOT NULL THEN d.next_expected_on END AS next_expected_on,
    CASE WHEN d.newest_period_end IS NOT NULL THEN d.overdue_after END AS overdue_after,
    a.last_success_at,
    a.last_attempt_at,
    coalesce(h.held_batches, 0) AS held_batches,
    a.last_error,
    d.calendar
FROM due AS d
LEFT JOIN attempts AS a USING (source)
LEFT JOIN answers AS b USING (source)
LEFT JOIN held AS h USING (source)
ORDER BY d.source;
