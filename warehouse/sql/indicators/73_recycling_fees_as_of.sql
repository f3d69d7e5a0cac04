-- recycling_fees_as_of(ts): Russia's recycling fee in roubles for one car, from the day each level came or comes into
-- force, as known at the instant ts (UTC). Grain: car, in_force_from.
-- Cars are those to which the rule is applied, and the class that is cited most: new, 1 to 2 litres, brought in by a
-- company. A class that has ended has no level, and neither has a time for which none is known.
CREATE OR REPLACE MACRO recycling_fees_as_of(ts) AS TABLE
WITH said AS (
    SELECT
        CASE WHEN dataset = 'reference_cars' THEN product ELSE 'new car 1-2 l, commercial importer' END AS car,
        dataset <> 'reference_cars' AS is_reference_class,
        period_start AS in_force_from,
        value AS fee_rub,
        obs_status, known_at,
        -- a level that a paper printed comes with the program and its citation
        CASE WHEN obs_status = 'F' THEN 'reference' ELSE source END AS source,
        [series_key || ' ' || period] AS inputs
    FROM observations_as_of(ts)
    WHERE
        source = 'recycling_fee' AND measure = 'recycling_fee_rub' AND freq = 'D'
        AND (
            dataset = 'reference_cars'
            OR (dataset = 'fee_2012' AND product = '1-2 l, new')
            OR (dataset = 'fee_2023' AND product = 'new car 1-2 l, commercial importer')
        )
    QUALIFY row_number() OVER (PARTITION BY car, in_force_from ORDER BY (fee_rub IS NULL), series_key) = 1
),

spans AS (
    SELECT
        *,
        CAST(
            lead(in_force_from) OVER (PARTITION BY car ORDER BY in_force_from) - INTERVAL 1 DAY AS DATE
        ) AS in_force_until
    FROM said
)

SELECT
    car,
    CASE
        WHEN is_reference_class THEN ''
        ELSE
            '_' || regexp_replace(
                regexp_replace(car, ' (importer|use)$', ''), -- 2 l, 200 hp, 3-5 years: 2_l_200_hp_3_5_years
                '[^A-Za-z0-9]+', '_', 'g'
            )
    END AS suffix,
    is_reference_class,
    in_force_from,
    in_force_until,
    fee_rub,
    obs_status,
    known_at,
    source,
    inputs
FROM spans
WHERE fee_rub IS NOT NULL;
