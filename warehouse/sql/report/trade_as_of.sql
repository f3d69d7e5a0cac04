-- The months of China's trade with Russia as known at an instant: what indicators_as_of gives, of this family alone, because
-- all families cost ten times as much. $1 instant. Grain: period; the newest last.
SELECT
    period_start, period_end, value,
    period_label(freq, period_start, period_end) AS period
FROM trade_answers_as_of(CAST($1 AS TIMESTAMP))
WHERE indicator = 'trade_total_usd' AND freq = 'M' AND value IS NOT NULL
ORDER BY period_end, period_start;
