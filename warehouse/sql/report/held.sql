-- What waits in quarantine for a person. Grain: source.
SELECT
    source,
    count(*) AS entries
FROM quarantine
WHERE state = 'held'
GROUP BY source
ORDER BY entries DESC, source;
