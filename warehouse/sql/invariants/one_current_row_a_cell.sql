-- No cell has two current vintages.
SELECT series_id, period_start, period_end, count(*) AS current_rows
FROM vintages
WHERE NOT superfluous AND NOT aside AND known_to IS NULL
GROUP BY ALL
HAVING count(*) > 1;
