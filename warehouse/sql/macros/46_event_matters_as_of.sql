-- event_matters_as_of(ts): what the words are about that were known at the instant ts (UTC), each with what fuller words
-- say of the same and with its event. Grain: told_id.
--   resolved  a matter that leaves out target, goods or project, or names them wider (crude oil for seaborne crude, China for
--             a Chinese maker), is that of the one fuller matter of the same type, actor and kind, days apart as
--             event_days_apart allows, that is told now; where two or more could be meant it stays as it is
--   event_id  matters that agree in all of it, days apart as allowed, are one event; it has the told_id of the matter that
--             was fetched first (by day, then by when it was known), also where that is told no more. So the id stays
--             when more is told, when a heading's page says more, when a body is corrected. NULL: nobody says that it happens
CREATE OR REPLACE MACRO event_matters_as_of(ts) AS TABLE
WITH told AS (
    SELECT
        told_id,
        any_value(event_type) AS event_type,
        any_value(actor) AS actor,
        any_value(target) AS target,
        any_value(CASE WHEN goods_tell_apart(event_type, project) THEN product END) AS product,
        any_value(project) AS project,
        any_value(kind) AS kind,
        any_value(event_date) AS event_date,
        any_value(event_days_apart(event_type)) AS apart,
        coalesce(bool_or(stands) FILTER (WHERE happens), FALSE) AS is_told,
        min((CAST(fetched_at AS DATE), known_at, fetched_at)) FILTER (WHERE happens) AS since
    FROM event_words_as_of(ts)
    WHERE stands OR happens
    GROUP BY told_id
),

matters AS MATERIALIZED (
    SELECT *, dense_rank() OVER (ORDER BY event_type, actor, kind, target, product, project) AS subject FROM told
),

subjects AS MATERIALIZED (
    SELECT DISTINCT subject, event_type, actor, kind, target, product, project FROM matters
),

-- a subject and a fuller one: in nothing wider, in something narrower
fuller AS MATERIALIZED (
    SELECT w.subject, f.subject AS fuller
    FROM subjects AS w
    INNER JOIN subjects AS f
        ON
            w.event_type = f.event_type AND w.actor = f.actor AND w.kind = f.kind AND w.subject <> f.subject
            AND (w.project IS NULL OR w.project = f.project)
    LEFT JOIN wider AS t ON t.relation = 'name' AND w.target = t.wider AND f.target = t.name
    LEFT JOIN wider AS g ON g.relation = 'goods' AND w.product = g.wider AND f.product = g.name
    WHERE
        (w.target IS NULL OR w.target = f.target OR t.name IS NOT NULL)
        AND (
            w.product IS NULL OR w.product = f.product OR g.name IS NOT NULL
            OR NOT goods_tell_apart(f.event_type, f.project)
        )
),

-- kept apart from the next step, so that days are compared of matters of two such subjects alone
wanting AS MATERIALIZED (
    SELECT m.told_id, m.event_date, m.apart, n.fuller AS subject
    FROM matters AS m
    INNER JOIN fuller AS n USING (subject)
),

pairs AS MATERIALIZED (
    SELECT w.told_id, f.told_id AS fuller_id, subject, abs(date_diff('day', w.event_date, f.event_date)) AS days
    FROM wanting AS w
    INNER JOIN matters AS f USING (subject)
    WHERE f.is_told AND abs(date_diff('day', w.event_date, f.event_date)) <= w.apart
),

meant AS (
    SELECT DISTINCT told_id, subject FROM pairs
),

-- of a chain (oil, crude oil, seaborne crude) the narrowest alone is meant
only_one AS (
    SELECT m.told_id, any_value(m.subject) AS subject
    FROM meant AS m
    ANTI JOIN (
        SELECT wide.told_id, wide.subject
        FROM meant AS wide
        INNER JOIN fuller AS n USING (subject)
        INNER JOIN meant AS narrow ON wide.told_id = narrow.told_id AND n.fuller = narrow.subject
    ) AS passed_over ON m.told_id = passed_over.told_id AND m.subject = passed_over.subject
    GROUP BY m.told_id
    HAVING count(*) = 1
),

-- the matter that is meant may itself be told fuller some days further on
followed AS (
    SELECT o.told_id, coalesce(further.subject, o.subject) AS subject
    FROM only_one AS o
    INNER JOIN pairs AS p USING (told_id, subject)
    LEFT JOIN only_one AS further ON p.fuller_id = further.told_id
    QUALIFY row_number() OVER (PARTITION BY o.told_id ORDER BY p.days, p.fuller_id) = 1
),

resolved AS MATERIALIZED (
    SELECT m.* REPLACE (coalesce(f.subject, m.subject) AS subject)
    FROM matters AS m
    LEFT JOIN followed AS f USING (told_id)
),

begun AS (
    SELECT
        told_id, subject, event_date, since,
        coalesce(
            date_diff('day', lag(event_date) OVER one_subject, event_date) > apart, TRUE
        ) AS begins
    FROM resolved
    WHERE is_told
    WINDOW one_subject AS (PARTITION BY subject ORDER BY event_date, told_id)
),

islands AS (
    SELECT
        *,
        sum(CAST(begins AS INTEGER)) OVER (PARTITION BY subject ORDER BY event_date, told_id) AS island
    FROM begun
),

spans AS (
    SELECT
        subject, island,
        min(event_date) AS first_day,
        max(event_date) AS last_day
    FROM islands
    GROUP BY subject, island
),

-- what is told no more names the event that it would be of
members AS (
    SELECT told_id, subject, island, since, event_date FROM islands
    UNION ALL
    SELECT r.told_id, r.subject, s.island, r.since, r.event_date
    FROM resolved AS r
    INNER JOIN spans AS s
        ON
            r.subject = s.subject AND r.event_date BETWEEN s.first_day - r.apart AND s.last_day + r.apart
    WHERE NOT r.is_told AND r.since IS NOT NULL
    QUALIFY
        row_number() OVER (
            PARTITION BY r.told_id
            ORDER BY greatest(s.first_day - r.event_date, r.event_date - s.last_day), s.island
        ) = 1
),

named AS (
    SELECT
        told_id,
        arg_min(told_id, (since, event_date, told_id)) OVER (PARTITION BY subject, island) AS event_id
    FROM members
)

SELECT
    r.told_id, r.event_type, r.actor, s.target, s.product, s.project, r.kind, r.event_date, r.is_told, n.event_id
FROM resolved AS r
INNER JOIN subjects AS s USING (subject)
LEFT JOIN named AS n USING (told_id);
