-- article_stories: which articles are copies of one another. Reads the registered relation `shown`: the articles that came
-- in are compared with those of the days around, whatever was compared before stays. Any two bodies of two articles can
-- link them, so that the order in which bodies arrive can't matter; what links two stories makes them one.
--   texts      in one language within seven days: half of their runs of three words are the same, or eight of ten of
--              the shorter one, which has eight or more
--   headlines  without a text, in one language within two days, naming the same: eight of ten words are the same, four or
--              more, or all the words of the shorter one, six or more
-- Grain: article_id. `story_key` is one of the story's articles; the view `articles` names the story by its first.
MERGE INTO article_stories AS kept
USING (
    WITH RECURSIVE bodies AS (
        SELECT
            rowid AS body, article_id, source, payload_sha256, language, title, names, shingles, headline_only,
            coalesce(published_at, seen_at, fetched_at) AS day
        FROM article_vintages
    ),

    fresh AS (
        SELECT * FROM bodies
        WHERE (article_id, source, payload_sha256) IN (SELECT (article_id, source, payload_sha256) FROM shown)
    ),

    near AS (
        SELECT * FROM bodies
        WHERE day BETWEEN (SELECT min(day) FROM fresh) - INTERVAL 7 DAY AND (SELECT max(day) FROM fresh) + INTERVAL 7 DAY
    ),

    shared AS (
        SELECT
            f.article_id AS one,
            n.article_id AS other,
            any_value(f.runs) AS runs_one,
            any_value(n.runs) AS runs_other,
            count(*) AS common
        FROM (
            SELECT body, article_id, language, day, len(shingles) AS runs, unnest(shingles) AS shingle
            FROM fresh WHERE NOT headline_only
        ) AS f
        INNER JOIN (
            SELECT body, article_id, language, day, len(shingles) AS runs, unnest(shingles) AS shingle
            FROM near WHERE NOT headline_only
        ) AS n
            ON
                f.language = n.language AND f.shingle = n.shingle AND f.article_id <> n.article_id
                AND abs(date_diff('hour', f.day, n.day)) <= 168
        GROUP BY f.body, n.body, one, other
    ),

    headlines AS (
        SELECT
            body, article_id, language, day, list_sort(names) AS named,
            headline_words(title, language) AS words
        FROM near
        WHERE headline_only AND len(names) > 0
    ),

    alike AS (
        SELECT
            f.article_id AS one,
            n.article_id AS other,
            len(list_intersect(f.words, n.words)) AS common,
            len(f.words) AS words_one,
            len(n.words) AS words_other
        FROM headlines AS f
        INNER JOIN headlines AS n
            ON
                f.language = n.language AND f.named = n.named AND f.article_id <> n.article_id
                AND abs(date_diff('hour', f.day, n.day)) <= 48
        WHERE f.body IN (SELECT body FROM fresh)
    ),

    copies AS (
        SELECT one, other FROM shared
        WHERE texts_are_copies(common, runs_one, runs_other)
        UNION
        SELECT one, other FROM alike
        WHERE headlines_are_copies(common, words_one, words_other)
    ),

    edges AS (
        SELECT one, other FROM copies
        UNION
        SELECT other, one FROM copies
        UNION
        SELECT a.article_id, b.article_id
        FROM article_stories AS a
        INNER JOIN article_stories AS b USING (story_key)
        WHERE
            a.article_id <> b.article_id
            AND (a.article_id IN (SELECT other FROM copies) OR a.article_id IN (SELECT article_id FROM fresh))
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
    GROUP BY r.node
) AS found
    ON kept.article_id = found.article_id
WHEN MATCHED THEN
    UPDATE SET story_key = found.story_key
WHEN NOT MATCHED THEN
    INSERT VALUES (found.article_id, found.story_key);
