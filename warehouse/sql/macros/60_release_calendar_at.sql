-- release_calendar_at(ts): when the next figures of each dataset are expected, as seen at the instant ts (UTC). Grain:
-- source, dataset, freq.
--   how      cadence: the days after a period that the catalogue gives for the source (`sources.calendar` has them in words)
--            learned: the catalogue gives none for this frequency; taken from four or more earlier periods, of which half came
--            within learned_delay_days and nine of ten within learned_late_days. Only delays that mean something count:
--            of the newest period of a document that
--            is dated, or of periods that ended after Amur had begun to watch the dataset
--            NULL: neither, or the dataset has ended: nothing has come for more than a year after it was due (of years: three)
--   state    none expected   before expected_on, or nothing is known of when
--            due             between expected_on and overdue_after
--            overdue         after it, though the source was reached
--            empty           overdue, and the source's newest answer held nothing
--            our fault       overdue, and a batch of the source is held in quarantine
--            published but unreachable   overdue, and the last attempt could not reach the source
CREATE OR REPLACE MACRO release_calendar_at(ts) AS TABLE
WITH newest AS (
    SELECT
        s.source,
        s.dataset,
        s.freq,
        max(v.period_end) AS newest_period_end,
        arg_max(v.period_start, v.period_end) AS newest_period_start,
        min(v.fetched_at) AS watched_since
    FROM vintages AS v
    INNER JOIN series_dimensions AS s USING (series_id)
    WHERE v.known_to IS NULL AND v.value IS NOT NULL AND NOT v.superfluous AND s.freq IN ('D', 'M', 'Q', 'H', 'A')
    GROUP BY s.source, s.dataset, s.freq
),

-- a document that gives its whole history says of its newest period alone how late it came
printed AS (
    SELECT
        *,
        max(period_end) OVER (PARTITION BY series_id, payload_sha256) AS newest_of_document
    FROM vintages
    WHERE NOT superfluous AND NOT aside AND value IS NOT NULL
),

first_known AS (
    SELECT
        s.source,
        s.dataset,
        s.freq,
        v.period_end,
        date_diff('day', v.period_end, CAST(min(v.known_at) AS DATE)) AS delay
    FROM printed AS v
    INNER JOIN series_dimensions AS s USING (series_id)
    INNER JOIN newest AS n ON s.source = n.source AND s.dataset = n.dataset AND s.freq = n.freq
    WHERE
        (
            (v.known_at_basis = 'published' AND v.period_end = v.newest_of_document)
            OR (v.known_at_basis = 'fetched' AND v.period_end >= CAST(n.watched_since AS DATE))
        )
    GROUP BY s.source, s.dataset, s.freq, v.period_end
    QUALIFY row_number() OVER (PARTITION BY s.source, s.dataset, s.freq ORDER BY v.period_end DESC) <= 24
),

learned AS (
    SELECT
        source,
        dataset,
        freq,
        CAST(floor(median(delay)) AS INTEGER) AS learned_delay_days,
        CAST(ceil(quantile_cont(delay, 0.9)) AS INTEGER) AS learned_late_days
    FROM first_known
    WHERE delay >= 0
    GROUP BY source, dataset, freq
    HAVING count(*) >= 4
),

attempts AS (
    SELECT
        source,
        max_by(outcome, fetched_at) AS last_outcome
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
    SELECT DISTINCT source FROM quarantine
    WHERE state = 'held' AND kind = 'batch'
),

spaced AS (
    SELECT
        n.*,
        l.learned_delay_days,
        l.learned_late_days,
        CASE
            WHEN
                s.due_to_days IS NOT NULL
                AND ((n.freq = 'D') = (s.cadence IN ('daily', 'feed'))) AND n.freq IN ('D', 'M')
                THEN 'cadence'
            WHEN l.learned_delay_days IS NOT NULL AND s.cadence NOT IN ('by decree', 'with releases', 'with releases of Amur')
                THEN 'learned'
        END AS known_from,
        CASE known_from WHEN 'cadence' THEN s.due_from_days WHEN 'learned' THEN l.learned_delay_days END AS from_days,
        CASE known_from WHEN 'cadence' THEN s.due_to_days WHEN 'learned' THEN l.learned_late_days + 2 END AS to_days,
        CASE n.freq
            WHEN 'D' THEN CASE s.cadence WHEN 'feed' THEN n.newest_period_end ELSE n.newest_period_end + 1 END
            WHEN 'M' THEN last_day(
                n.newest_period_end + to_months(CASE WHEN NOT s.january_apart AND month(n.newest_period_end) = 12 THEN 2 ELSE 1 END)
            )
            WHEN 'Q' THEN last_day(n.newest_period_end + INTERVAL 3 MONTH)
            WHEN 'H' THEN last_day(n.newest_period_end + INTERVAL 6 MONTH)
            ELSE CAST(n.newest_period_end + INTERVAL 1 YEAR AS DATE)
        END AS next_period_end,
        CASE n.freq WHEN 'D' THEN next_period_end ELSE n.newest_period_end + 1 END AS next_period_start
    FROM newest AS n
    INNER JOIN sources AS s USING (source)
    LEFT JOIN learned AS l USING (source, dataset, freq)
),

clock AS (
    SELECT CAST(CAST(ts AS TIMESTAMP) AS DATE) AS today
),

dated AS (
    SELECT
        *,
        CAST(next_period_end + from_days AS DATE) AS from_day,
        CAST(next_period_end + to_days AS DATE) AS to_day,
        coalesce(today > to_day + CASE freq WHEN 'A' THEN 1100 WHEN 'D' THEN 370 ELSE 400 END, FALSE) AS has_ended
    FROM spaced
    CROSS JOIN clock
)

SELECT
    d.source,
    d.dataset,
    d.freq,
    period_label(d.freq, d.newest_period_start, d.newest_period_end) AS newest_period,
    d.newest_period_end,
    period_label(d.freq, d.next_period_start, d.next_period_end) AS next_period,
    CASE WHEN NOT d.has_ended THEN d.from_day END AS expected_on,
    CASE WHEN NOT d.has_ended THEN d.to_day END AS overdue_after,
    CASE
        WHEN d.known_from IS NULL OR d.has_ended OR d.today < d.from_day THEN 'none expected'
        WHEN d.today <= d.to_day THEN 'due'
        WHEN h.source IS NOT NULL THEN 'our fault'
        WHEN t.last_outcome NOT IN ('ok', 'not_modified', 'reused') THEN 'published but unreachable'
        WHEN a.last_body = 'empty' THEN 'empty'
        ELSE 'overdue'
    END AS state,
    CASE WHEN NOT d.has_ended THEN d.known_from END AS how,
    d.learned_delay_days,
    d.learned_late_days
FROM dated AS d
LEFT JOIN attempts AS t USING (source)
LEFT JOIN answers AS a USING (source)
LEFT JOIN held AS h USING (source)
ORDER BY d.source, d.dataset, d.freq;
