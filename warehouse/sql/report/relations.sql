-- What can be asked: every view, question with an instant (macro) and table, with its columns. Grain: kind, name.
SELECT
    kind, name,
    coalesce(max(type) FILTER (WHERE column_name IS NULL AND kind = 'macro'), name) AS call,
    max(comment) FILTER (WHERE column_name IS NULL) AS comment,
    list({'name': column_name, 'type': type, 'comment': comment} ORDER BY position)
        FILTER (WHERE column_name IS NOT NULL) AS columns
FROM dictionary
GROUP BY kind, name
ORDER BY name;
