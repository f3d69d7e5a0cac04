-- found: what the comparisons of one publication find, before it is folded, ranked and kept. Grain: one finding.
--   identity    what makes it this finding and no other, beside kind, subject and period; nothing of the publication
--   weight      that of its indicator and frequency; size 0.5 to 2
--   severity    where it is not that of the kind
--   folded      told together with others in any case; group, fold_* say with which, under which kind, in which words
CREATE OR REPLACE TEMP TABLE found (
    kind VARCHAR,
    subject VARCHAR,
    period VARCHAR,
    period_words VARCHAR,
    period_end DATE,
    title VARCHAR,
    old_value DOUBLE,
    new_value DOUBLE,
    change_pct DOUBLE,
    unit VARCHAR,
    refs VARCHAR[],
    detail VARCHAR,
    identity VARCHAR,
    weight DOUBLE,
    size DOUBLE,
    severity VARCHAR,
    folded BOOLEAN,
    fold_group VARCHAR,
    fold_kind VARCHAR,
    fold_subject VARCHAR,
    fold_words VARCHAR
);
