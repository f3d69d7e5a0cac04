-- The newest period of a series ($1 its key) or of an indicator ($1 its name). Grain: one row.
SELECT max_by(period, period_end) AS period
FROM (
    SELECT period, period_end FROM observations WHERE series_key = $1
    UNION ALL
    SELECT period, period_end FROM indicators WHERE indicator = $1
);
