-- articles_as_of(ts): one row an article as known at the instant ts (UTC): its newest body, a page before a headline.
-- `story_id` groups the copies of one story: it is that of the copy that appeared first. Grain: article_id.
CREATE OR REPLACE MACRO articles_as_of(ts) AS TABLE
WITH newest AS (
    SELECT
        *,
        min(known_at) OVER (PARTITION BY article_id) AS first_seen_at,
        min(published_at) OVER (PARTITION BY article_id) AS first_published_at
    FROM article_vintages
    WHERE known_at <= CAST(ts AS TIMESTAMP)
    QUALIFY
        row_number() OVER (
            PARTITION BY article_id
            ORDER BY headline_only, fetched_at DESC, source = 'gdelt', source, payload_sha256
        ) = 1
)

SELECT
    n.article_id,
    n.canonical_url,
    n.outlet,
    n.first_published_at AS published_at,
    n.language,
    n.title,
    n.topics,
    's-' || substr(first_value(n.article_id) OVER story, 3) AS story_id,
    n.names,
    n.headline_only,
    n.free,
    n.first_seen_at,
    n.source,
    n.payload_sha256,
    n.locator
FROM newest AS n
LEFT JOIN article_stories AS s USING (article_id) -- noqa: ST11
WINDOW story AS (
    PARTITION BY coalesce(s.story_key, n.article_id)
    ORDER BY coalesce(n.first_published_at, n.first_seen_at), n.article_id
);
