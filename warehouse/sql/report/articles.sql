-- What is kept of the articles of some events. $1 their ids. Grain: article.
SELECT
    article_id, canonical_url, outlet, published_at, language, title
FROM articles
WHERE list_contains(CAST($1 AS VARCHAR[]), article_id)
ORDER BY published_at, article_id;
