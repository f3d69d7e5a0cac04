-- tellings_as_of(ts): every word for or against an event that stands at the instant ts (UTC), with what fuller words of the
-- same matter say of target, goods and project (event_matters_as_of). `event_id` is NULL where the word says that something
-- might happen, doesn't, or is called off. Where goods don't tell events apart (goods_tell_apart) all tellings of an event
-- get those of the best publisher, then of most stories. Grain: telling.
CREATE OR REPLACE MACRO tellings_as_of(ts) AS TABLE
WITH told AS MATERIALIZED (
    SELECT
        w.* EXCLUDE (stands, happens) REPLACE (
            m.target AS target,
            coalesce(m.product, w.product) AS product,
            m.project AS project
        ),
        CASE WHEN w.happens THEN m.event_id END AS event_id
    FROM event_words_as_of(ts) AS w
    INNER JOIN event_matters_as_of(ts) AS m USING (told_id)
    WHERE w.stands
),

named AS (
    SELECT event_id, arg_min(product, (best, -stories, known_at, product)) AS product
    FROM (
        SELECT
            event_id, product,
            min(standing_of_source) AS best,
            count(DISTINCT story_id) AS stories,
            min(known_at) AS known_at
        FROM told
        WHERE event_id IS NOT NULL AND product IS NOT NULL AND NOT goods_tell_apart(event_type, project)
        GROUP BY event_id, product
    )
    GROUP BY event_id
)

SELECT t.* REPLACE (coalesce(n.product, t.product) AS product)
FROM told AS t
LEFT JOIN named AS n USING (event_id);
