-- computed_status(statuses): the status of a figure computed from others: from the news if one of them is, else
-- estimated, else preliminary if one of them is, else normal.
CREATE OR REPLACE MACRO computed_status(statuses) AS
CASE
    WHEN list_contains(statuses, 'F') THEN 'F'
    WHEN list_contains(statuses, 'E') THEN 'E'
    WHEN list_contains(statuses, 'P') THEN 'P'
    ELSE 'A'
END;
