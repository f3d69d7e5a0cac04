-- usual_revision(product): the share of a figure by which another vintage of it may differ without anything being
-- wrong. Seen in China's customs figures: totals move by about 0.001 %, goods by partner mostly by less than 1 %,
-- single codes (six digits and more) by up to 5 %.
CREATE OR REPLACE MACRO usual_revision(product) AS
CASE
    WHEN product = 'TOTAL' THEN 0.00001
    WHEN regexp_matches(product, '^[0-9]{6,}$') THEN 0.05
    ELSE 0.01
END;
