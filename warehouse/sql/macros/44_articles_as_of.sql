-- articles_as_of(ts): one row an article as known at the instant ts (UTC): its newest body, a page before a headline.
-- `story_id` groups the copies of one story: it is that of the copy that appeared first. What joined a story only by a body that
-- was known later stands apart before that: of such stories the bodies known at ts are compared anew, by the rules of
-- load/add_stories. Grain: article_id.
CREATE OR REPLACE MACRO articles_as_of(ts) AS TABLE
WITH RECURSIVE newest AS (
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
),

-- stories of two articles or more that are known, of which a body is known only later
grown AS MATERIALIZED (
    SELECT story_key
    FROM (
        SELECT s.story_key, v.article_id, v.known_at <= CAST(ts AS TIMESTAMP) AS is_known
        FROM article_vintages AS v
        INNER JOIN article_stories AS s USING (article_id)
    ) AS b
    GROUP BY story_key
    HAVING NOT bool_and(is_known) AND count(DISTINCT article_id) FILTER (WHERE is_known) > 1
),

bodies AS MATERIALIZED (
    SELECT
        v.rowid AS body, s.story_key, v.article_id, v.language, v.title, list_sort(v.names) AS names, v.shingles,
        v.headline_only, coalesce(v.published_at, v.seen_at, v.fetched_at) AS day
    FROM article_vintages AS v
    INNER JOIN article_stories AS s USING (article_id)
    WHERE v.known_at <= CAST(ts AS TIMESTAMP) AND s.story_key IN (SELECT story_key FROM grown)
),

runs AS (
    SELECT body, story_key, article_id, language, day, len(shingles) AS runs, unnest(shingles) AS shingle
    FROM bodies
    WHERE NOT headline_only
),

links AS MATERIALIZED (
    SELECT a.article_id AS one, b.article_id AS other
    FROM runs AS a
    INNER JOIN runs AS b
        ON
            a.story_key = b.story_key AND a.language = b.language AND a.shingle = b.shingle
            AND a.article_id <> b.article_id AND abs(date_diff('hour', a.day, b.day)) <= 168
    GROUP BY a.body, b.body, one, other
    HAVING texts_are_copies(count(*), any_value(a.runs), any_value(b.runs))
    UNION
    SELECT a.article_id AS one, b.article_id AS other
    FROM bodies AS a
    INNER JOIN bodies AS b
        ON
            a.story_key = b.story_key AND a.language = b.language AND a.names = b.names
            AND a.article_id <> b.article_id AND abs(date_diff('hour', a.day, b.day)) <= 48
    WHERE
        a.headline_only AND b.headline_only AND len(a.names) > 0
        AND headlines_are_copies(
            len(list_intersect(headline_words(a.title, a.language), headline_words(b.title, b.language))),
            len(headline_words(a.title, a.language)), len(headline_words(b.title, b.language))
        )
),

reached AS (
    SELECT DISTINCT article_id AS root, article_id AS node FROM bodies
    UNION
    SELECT r.root, l.other AS node FROM reached AS r INNER JOIN links AS l ON r.node = l.one
),

then_together AS (
    SELECT root AS article_id, 'then ' || min(node) AS story_key
    FROM reached
    GROUP BY root
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
LEFT JOIN then_together AS t USING (article_id) -- noqa: ST11
WINDOW story AS (
    PARTITION BY coalesce(t.story_key, s.story_key, n.article_id)
    ORDER BY coalesce(n.first_published_at, n.first_seen_at), n.article_id
);
