-- vintages: what the incoming readings end, part, or make repeat its neighbour. Values are never touched.
UPDATE vintages
SET known_to = t.known_to, superfluous = t.superfluous, aside = t.aside, known_at = t.known_at, known_at_basis = t.known_at_basis
FROM timeline AS t
WHERE
    vintages.rowid = t.row_id
    AND (
        vintages.known_to IS DISTINCT FROM t.known_to
        OR vintages.superfluous <> t.superfluous
        OR vintages.aside <> t.aside
        OR vintages.known_at <> t.known_at
    );
