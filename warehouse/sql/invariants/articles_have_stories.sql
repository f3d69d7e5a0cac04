-- Every body of an article leads to an archived payload, was known by its fetch, and its article belongs to a story.
SELECT a.article_id, a.source, a.payload_sha256
FROM article_vintages AS a
ANTI JOIN article_stories AS s USING (article_id)
UNION ALL
SELECT a.article_id, a.source, a.payload_sha256
FROM article_vintages AS a
ANTI JOIN payloads AS p ON a.source = p.source AND a.payload_sha256 = p.sha256
UNION ALL
SELECT article_id, source, payload_sha256
FROM article_vintages
WHERE known_at > fetched_at;
