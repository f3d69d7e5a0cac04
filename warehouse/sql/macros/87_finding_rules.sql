-- finding_rules(): what makes a finding important. Grain: about, name.
-- rank = weight of the kind x weight of the indicator x weight of the frequency x size of the change (0.5 to 2) x 0.4 where
-- the period ended more than 400 days ago.
--   about kind       weight and severity of each kind; `singly`: so many of a subject (of all, where it has none) are told
--                    one by one in a publication, the largest first; the rest become one finding with count and span
--   about indicator  a pattern of LIKE: the longest that fits counts; weight 0 is kept in the history and never told
--                    headline: records are looked for, and large revisions are warnings; signed: a turn of sign is told
--   about freq       a day's figure says less than a month's
CREATE OR REPLACE MACRO finding_rules() AS TABLE
SELECT * FROM (
    VALUES
    ('kind', 'claim flipped', 90.0, 'warning', 100, FALSE, FALSE),
    ('kind', 'quote stale', 85, 'warning', 50, FALSE, FALSE),
    ('kind', 'source stale', 70, 'warning', 20, FALSE, FALSE),
    ('kind', 'held', 65, 'warning', 10, FALSE, FALSE),
    ('kind', 'record', 60, 'notice', 100, FALSE, FALSE),
    ('kind', 'sign change', 55, 'notice', 100, FALSE, FALSE),
    ('kind', 'withdrawn', 55, 'warning', 2, FALSE, FALSE),
    ('kind', 'revision', 50, 'notice', 3, FALSE, FALSE),
    ('kind', 'new figure', 40, 'info', 100, FALSE, FALSE),
    ('kind', 'project moved', 38, 'notice', 20, FALSE, FALSE),
    ('kind', 'overdue', 35, 'notice', 10, FALSE, FALSE),
    ('kind', 'event', 32, 'info', 20, FALSE, FALSE),
    ('kind', 'disagreement opened', 30, 'notice', 5, FALSE, FALSE),
    ('kind', 'quote holds again', 30, 'info', 50, FALSE, FALSE),
    ('kind', 'source back', 30, 'info', 20, FALSE, FALSE),
    ('kind', 'method', 25, 'info', 1, FALSE, FALSE),
    ('kind', 'scope', 22, 'info', 1, FALSE, FALSE),
    ('kind', 'disagreement closed', 15, 'info', 5, FALSE, FALSE),
    ('kind', 'backfilled', 8, 'info', 0, FALSE, FALSE),

    ('indicator', '%', 1.0, NULL, NULL, FALSE, FALSE),
    ('indicator', '%\_yoy', 1.0, NULL, NULL, FALSE, TRUE),
    ('indicator', '%\_ratio\_2022', 0.6, NULL, NULL, FALSE, FALSE),
    ('indicator', 'trade\_total\_usd', 2.2, NULL, NULL, TRUE, FALSE),
    ('indicator', 'cn\_exports\_usd', 2.0, NULL, NULL, TRUE, FALSE),
    ('indicator', 'cn\_imports\_usd', 2.0, NULL, NULL, TRUE, FALSE),
    ('indicator', 'trade\_balance\_usd', 1.6, NULL, NULL, TRUE, TRUE),
    ('indicator', 'trade\_total\_cny', 1.2, NULL, NULL, FALSE, FALSE),
    ('indicator', 'cn\_exports\_cny', 1.1, NULL, NULL, FALSE, FALSE),
    ('indicator', 'cn\_imports\_cny', 1.1, NULL, NULL, FALSE, FALSE),
    ('indicator', 'trade\_balance\_cny', 0.9, NULL, NULL, FALSE, TRUE),
    ('indicator', 'trade\_total\_yoy', 1.8, NULL, NULL, FALSE, TRUE),
    ('indicator', 'cn\_exports\_yoy', 1.7, NULL, NULL, FALSE, TRUE),
    ('indicator', 'cn\_imports\_yoy', 1.7, NULL, NULL, FALSE, TRUE),
    ('indicator', 'ru\_share\_of\_cn\_trade', 1.4, NULL, NULL, TRUE, FALSE),
    ('indicator', 'crude\_import\_t', 1.5, NULL, NULL, TRUE, FALSE),
    ('indicator', 'crude\_import\_usd', 1.4, NULL, NULL, TRUE, FALSE),
    ('indicator', 'crude\_discount\_usd\_t', 1.4, NULL, NULL, TRUE, TRUE),
    ('indicator', 'crude\_savings\_usd\_cum', 1.2, NULL, NULL, FALSE, FALSE),
    ('indicator', 'coal\_import\_t', 1.2, NULL, NULL, TRUE, FALSE),
    ('indicator', 'lng\_import\_t', 1.2, NULL, NULL, TRUE, FALSE),
    ('indicator', 'energy\_imports\_usd', 1.3, NULL, NULL, TRUE, FALSE),
    ('indicator', 'car\_exports\_to\_ru\_units', 1.6, NULL, NULL, TRUE, FALSE),
    ('indicator', 'car\_exports\_to\_ru\_usd', 1.4, NULL, NULL, TRUE, FALSE),
    ('indicator', 'truck\_exports\_to\_ru\_units', 1.3, NULL, NULL, TRUE, FALSE),
    ('indicator', 'lada\_sales\_units', 1.4, NULL, NULL, TRUE, FALSE),
    ('indicator', 'kamaz\_sales\_units', 1.1, NULL, NULL, TRUE, FALSE),
    ('indicator', 'ru\_car\_market\_units', 1.3, NULL, NULL, TRUE, FALSE),
    ('indicator', 'chinese\_brand\_share', 1.4, NULL, NULL, TRUE, FALSE),
    ('indicator', 'mirror\_gap\_%', 0.5, NULL, NULL, FALSE, FALSE),
    ('indicator', 'mirror\_gap\_usd', 1.0, NULL, NULL, TRUE, TRUE),
    ('indicator', 'detour\_%', 0.5, NULL, NULL, FALSE, FALSE),
    ('indicator', 'recycling\_fee\_%', 0.8, NULL, NULL, FALSE, FALSE),
    ('indicator', 'brent\_usd\_bbl', 0.6, NULL, NULL, TRUE, FALSE),
    ('indicator', 'coal\_au\_usd\_t', 0.5, NULL, NULL, FALSE, FALSE),
    ('indicator', 'fx\_rub\_per\_cny', 0.8, NULL, NULL, TRUE, FALSE),
    ('indicator', 'fx\_%', 0.5, NULL, NULL, FALSE, FALSE),
    ('indicator', 'news\_volume\_%', 0.0, NULL, NULL, FALSE, FALSE),

    ('freq', 'D', 0.4, NULL, NULL, FALSE, FALSE),
    ('freq', 'M', 1.0, NULL, NULL, FALSE, FALSE),
    ('freq', 'Q', 0.9, NULL, NULL, FALSE, FALSE),
    ('freq', 'H', 0.8, NULL, NULL, FALSE, FALSE),
    ('freq', 'YTD', 0.8, NULL, NULL, FALSE, FALSE),
    ('freq', 'A', 1.0, NULL, NULL, FALSE, FALSE)
) AS r(about, name, weight, severity, singly, headline, signed);
