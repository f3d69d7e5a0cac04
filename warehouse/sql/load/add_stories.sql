-- article_stories: articles without a story get that of their copies, or one of their own. Copies share half of their
-- runs of three words, or eight of ten runs of the shorter one, in one language within seven days; headlines without a
-- text eight of ten words within two days, and name the same. What links two stories makes them one.
INSERT OR REPLACE INTO article_stories
WITH RECURSIVE best AS (
    SELECT *, coalesce(published_at, seen_at, fetched_at) AS day, len(shingles) AS runs
    FROM article_vintages
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY headline_only, fetched_at DESC, source, payload_sha256) = 1
),

fresh AS (
    SELECT * FROM best WHERE NOT EXISTS (SELECT 1 FROM article_stories AS s WHERE s.article_id = best.article_id)
),

near AS (
    SELECT * FROM best
    WHERE day BETWEEN (SELECT min(day) FROM fresh) - INTERVAL 7 DAY AND (SELECT max(day) FROM fresh) + INTERVAL 7 DAY
),

shared AS (
    SELECT f.article_id AS one, n.article_id AS other, count(*) AS common
    FROM (SELECT article_id, language, unnest(shingles) AS shingle FROM fresh) AS f
    INNER JOIN (SELECT article_id, language, unnest(shingles) AS shingle FROM near) AS n USING (language, shingle)
    WHERE f.article_id <> n.article_id
    GROUP BY one, other
),

copies AS (
    SELECT s.one, s.other
    FROM shared AS s
    INNER JOIN near AS f ON s.one = f.article_id
    INNER JOIN near AS n ON s.other = n.article_id
    WHERE
        abs(date_diff('hour', f.day, n.day)) <= CASE WHEN f.headline_only OR n.headline_only THEN 48 ELSE 168 END
        AND CASE
            WHEN f.headline_only OR n.headline_only
                THEN f.headline_only = n.headline_only AND s.common >= 0.8 * (f.runs + n.runs - s.common) AND least(f.runs, n.runs) >= 3 AND f.names = n.names
            ELSE s.common >= 0.5 * (f.runs + n.runs - s.common) OR (s.common >= 0.8 * least(f.runs, n.runs) AND least(f.runs, n.runs) >= 8)
        END
),

edges AS (
    SELECT one, other FROM copies
    UNION
    SELECT other, one FROM copies
    UNION
    SELECT a.article_id, b.article_id
    FROM article_stories AS a
    INNER JOIN article_stories AS b USING (story_key)
    WHERE a.article_id <> b.article_id AND a.article_id IN (SELECT other FROM copies)
),

reached AS (
    SELECT article_id AS root, article_id AS node FROM fresh
    UNION
    SELECT r.root, e.other FROM reached AS r INNER JOIN edges AS e ON r.node = e.one
),

together AS (
    SELECT r.root, min(coalesce(s.story_key, r.node)) AS story_key
    FROM reached AS r
    LEFT JOIN article_stories AS s ON r.node = s.article_id
    GROUP BY r.root
)

SELECT r.node AS article_id, min(t.story_key) AS story_key
FROM reached AS r
INNER JOIN together AS t USING (root)
GROUP BY r.node;
