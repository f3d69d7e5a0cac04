-- C13: the fee of a new car of 1 to 2 litres brought in by a company, before 1 October 2024 and from that day on. More than
-- doubled holds only when the step of January 2025 is counted in: `why` gives both.
WITH levels AS (
    SELECT period_start, value, indicator || ' ' || period AS ref
    FROM indicators
    WHERE indicator = 'recycling_fee_rub'
),

found AS (
    SELECT
        max_by(value, period_start) FILTER (WHERE period_start < DATE '2024-10-01') AS fee_before,
        max(value) FILTER (WHERE period_start = DATE '2024-10-01') AS fee_after,
        max_by(value, period_start) AS newest,
        max_by(period_start, period_start) AS newest_from,
        list(ref ORDER BY period_start) AS refs
    FROM levels
    WHERE period_start BETWEEN DATE '2023-01-01' AND DATE '2025-11-30'
)

SELECT
    fee_after / fee_before AS computed,
    claim_status('C13', computed, computed > 1) AS status,
    coalesce(refs, []) AS evidence,
    CASE
        WHEN computed IS NULL THEN 'the fee before and after 1 October 2024 is not held'
        ELSE
            format('{:,.0f} to {:,.0f} roubles on 1 October 2024: {:.2f} times', fee_before, fee_after, computed)
            || CASE
                WHEN newest_from > DATE '2024-10-01'
                    THEN
                        format(
                            '; {:,.0f} from {}: {:.2f} times', newest, strftime(newest_from, '%Y-%m-%d'),
                            newest / fee_before
                        )
                ELSE ''
            END
    END AS why
FROM found;
