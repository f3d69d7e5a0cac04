-- timeline: every reading of the touched cells, held and incoming, with what it is worth. Grain: reading.
-- Made from all readings of a cell together, so that the order in which documents arrive can't change an as-of view.
--   superfluous   says nothing new: repeats the value before it, or was read off a later document and lies within
--                 rounding of what had been printed. A figure got by subtraction (its half unit is the larger) must
--                 also differ by 0.01 % to count as a revision; a restated one counts at once.
--   first_print   printed, and not as it had been printed before. It is kept even where it is superfluous, because it
--                 repeats what a later document had implied: what comes after it is held against what was printed.
--   aside         read off a later document, beyond rounding but within 1 % of what was printed: it is kept beside the
--                 printed figure, which can be pointed at and stays current. Beyond 1 % it takes over.
--   known_at      two documents of one moment that disagree: the one fetched later counts from its fetch. Others
--                 fetched at the same instant count from just after it, one by one.
-- Most cells have one reading, or two printed at different times: nothing of the above but "repeats the value before it"
-- can be true of these, so they take a short way (`plain`), without the seven sorts of the long one.
CREATE OR REPLACE TEMP TABLE timeline AS
WITH cells AS (
    SELECT DISTINCT s.series_id, i.period_start, i.period_end
    FROM incoming AS i
    INNER JOIN series_dimensions AS s USING (series_key)
    WHERE NOT i.again
),

brought AS (
    SELECT
        CAST(NULL AS BIGINT) AS row_id,
        s.series_id, i.period_start, i.period_end, i.value, i.obs_status, i.half_unit, i.published_at,
        i.fetched_at, i.known_at, i.known_at_basis, i.run_id, i.parser_version, i.payload_sha256, i.locator
    FROM incoming AS i
    INNER JOIN series_dimensions AS s USING (series_key)
    SEMI JOIN cells AS c
        ON s.series_id = c.series_id AND i.period_start = c.period_start AND i.period_end = c.period_end
),

crowded AS (
    SELECT series_id, period_start, period_end
    FROM brought
    GROUP BY series_id, period_start, period_end
    HAVING count(*) > 1
),

fresh AS (
    SELECT * FROM brought -- noqa: AM07
    ANTI JOIN crowded USING (series_id, period_start, period_end)
    UNION ALL
    (
        SELECT DISTINCT ON (series_id, period_start, period_end, payload_sha256, fetched_at, known_at) *
        FROM brought
        SEMI JOIN crowded USING (series_id, period_start, period_end)
        ORDER BY (known_at_basis = 'reconstructed'), locator
    )
),

stored AS (
    SELECT
        v.rowid AS row_id,
        v.series_id, v.period_start, v.period_end, v.value, v.obs_status, v.half_unit, v.published_at,
        v.fetched_at, v.known_at, v.known_at_basis, v.run_id, v.parser_version, v.payload_sha256, v.locator
    FROM vintages AS v
    SEMI JOIN cells USING (series_id, period_start, period_end)
),

readings_of_cells AS (
    SELECT * FROM stored -- noqa: AM07
    UNION ALL
    SELECT * FROM fresh
    ANTI JOIN stored USING (series_id, period_start, period_end, payload_sha256, fetched_at, known_at)
),

plain AS (
    SELECT
        series_id, period_start, period_end,
        count(row_id) > 0 AS cell_was_known
    FROM readings_of_cells
    GROUP BY series_id, period_start, period_end
    HAVING (
        count(*) = 1
        OR (count(*) = 2 AND min(known_at) < max(known_at) AND bool_and(known_at_basis <> 'reconstructed'))
    )
),

plainly_weighed AS (
    SELECT
        r.*,
        FALSE AS aside,
        c.cell_was_known,
        coalesce(r.known_at > other.known_at, FALSE) AS is_second,
        (r.value IS DISTINCT FROM other.value OR r.obs_status IS DISTINCT FROM other.obs_status) AS unlike,
        r.known_at_basis <> 'reconstructed'
        AND CASE
            WHEN is_second THEN (r.value IS DISTINCT FROM other.value OR r.half_unit IS DISTINCT FROM other.half_unit)
            ELSE r.value IS NOT NULL OR r.half_unit IS NOT NULL
        END AS first_print,
        is_second AND NOT unlike AS superfluous,
        CASE WHEN superfluous THEN r.known_at WHEN unlike AND NOT is_second THEN other.known_at END AS known_to
    FROM readings_of_cells AS r
    INNER JOIN plain AS c
        ON r.series_id = c.series_id AND r.period_start = c.period_start AND r.period_end = c.period_end
    LEFT JOIN readings_of_cells AS other
        ON
            r.series_id = other.series_id
            AND r.period_start = other.period_start
            AND r.period_end = other.period_end
            AND r.known_at <> other.known_at
),

parted AS (
    SELECT
        * EXCLUDE (known_at, known_at_basis),
        row_number() OVER same_moment AS turn,
        first_value(value) OVER same_moment AS first_value_then,
        first_value(known_at_basis) OVER same_moment AS first_basis_then,
        max(CASE WHEN known_at BETWEEN fetched_at AND fetched_at + INTERVAL 1 MILLISECOND THEN known_at END)
            OVER (PARTITION BY series_id, period_start, period_end, fetched_at) AS taken_until,
        known_at AS said_at,
        known_at_basis AS said_basis
    FROM readings_of_cells
    ANTI JOIN plain USING (series_id, period_start, period_end)
    WINDOW same_moment AS (
        PARTITION BY series_id, period_start, period_end, known_at
        ORDER BY (known_at_basis = 'reconstructed'), fetched_at, row_id NULLS LAST, payload_sha256
    )
),

told AS (
    SELECT
        *,
        turn > 1 AND (value IS NOT DISTINCT FROM first_value_then OR said_basis = 'reconstructed') AS echo,
        turn > 1 AND NOT echo AS moved
    FROM parted
),

placed AS (
    SELECT
        * EXCLUDE (turn, first_value_then, first_basis_then, taken_until, said_at, said_basis, moved),
        CASE
            WHEN moved
                THEN greatest(fetched_at, said_at, taken_until) + to_microseconds(row_number() OVER same_fetch)
            ELSE said_at
        END AS known_at,
        CASE WHEN moved THEN 'fetched' ELSE said_basis END AS known_at_basis
    FROM told
    WINDOW same_fetch AS (
        PARTITION BY series_id, period_start, period_end, fetched_at, moved
        ORDER BY said_at, turn
    )
),

compared AS (
    SELECT
        *,
        last_value(CASE WHEN known_at_basis <> 'reconstructed' AND NOT echo THEN value END IGNORE NULLS) OVER before AS printed,
        last_value(CASE WHEN known_at_basis <> 'reconstructed' AND NOT echo THEN half_unit END IGNORE NULLS) OVER before
            AS printed_half_unit,
        last_value(CASE WHEN NOT echo THEN value END IGNORE NULLS) OVER before AS stated,
        last_value(CASE WHEN NOT echo THEN half_unit END IGNORE NULLS) OVER before AS stated_half_unit
    FROM placed
    WINDOW before AS (
        PARTITION BY series_id, period_start, period_end
        ORDER BY known_at, fetched_at, payload_sha256
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),

weighed AS (
    SELECT
        * EXCLUDE (printed, printed_half_unit, stated, stated_half_unit),
        known_at_basis <> 'reconstructed'
        AND NOT echo
        AND (value IS DISTINCT FROM printed OR half_unit IS DISTINCT FROM printed_half_unit) AS first_print,
        echo OR (
            known_at_basis = 'reconstructed'
            AND coalesce(printed, stated) IS NOT NULL
            AND value IS NOT NULL
            AND abs(value - coalesce(printed, stated)) < CASE
                WHEN half_unit > coalesce(printed_half_unit, stated_half_unit)
                    THEN greatest(
                        half_unit + coalesce(printed_half_unit, stated_half_unit),
                        1e-4 * abs(coalesce(printed, stated))
                    )
                ELSE half_unit + coalesce(printed_half_unit, stated_half_unit)
            END
        ) AS within_rounding,
        known_at_basis = 'reconstructed'
        AND coalesce(abs(value - printed) <= 0.01 * abs(printed), FALSE) AS aside
    FROM compared
),

ordered AS (
    SELECT
        *,
        within_rounding OR (
            lag(series_id) OVER kept IS NOT NULL
            AND value IS NOT DISTINCT FROM lag(value) OVER kept
            AND obs_status IS NOT DISTINCT FROM lag(obs_status) OVER kept
        ) AS superfluous
    FROM weighed
    WINDOW kept AS (
        PARTITION BY series_id, period_start, period_end, within_rounding, aside
        ORDER BY known_at, fetched_at, payload_sha256
    )
),

fully_weighed AS (
    SELECT
        * EXCLUDE (echo, within_rounding),
        CASE WHEN superfluous OR aside THEN known_at ELSE lead(known_at) OVER standing END AS known_to,
        count(*) FILTER (WHERE row_id IS NOT NULL) OVER (PARTITION BY series_id, period_start, period_end) > 0 AS cell_was_known
    FROM ordered
    WINDOW standing AS (
        PARTITION BY series_id, period_start, period_end, superfluous OR aside
        ORDER BY known_at, fetched_at, payload_sha256
    )
)

SELECT * FROM fully_weighed -- noqa: AM07
UNION ALL BY NAME
SELECT * EXCLUDE (is_second, unlike) FROM plainly_weighed;
