-- claim_off(id, computed): how far a computed value is from what the claim states, in the claim's unit; in days for a date.
CREATE OR REPLACE MACRO claim_off(id, computed) AS (
    SELECT
        CASE
            WHEN computed IS NULL OR expected IS NULL THEN NULL
            WHEN unit = 'date'
                THEN
                    abs(
                        date_diff(
                            'day',
                            CAST(strptime(CAST(CAST(expected AS BIGINT) AS VARCHAR), '%Y%m%d') AS DATE),
                            CAST(strptime(CAST(CAST(computed AS BIGINT) AS VARCHAR), '%Y%m%d') AS DATE)
                        )
                    )
            ELSE abs(computed - expected)
        END
    FROM claim_texts
    WHERE claim_id = id
);
