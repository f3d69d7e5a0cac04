-- hs_equivalent(product): the shortest HS code that means the same goods. A national code that ends in 00 is its
-- undivided subheading, a subheading that ends in 00 its undivided heading: 27090000 = 270900 = 2709, 27111100 = 271111.
-- A divided code (27011210), a chapter, TOTAL and the names that sources give goods stay as they are.
CREATE OR REPLACE MACRO hs_equivalent(product) AS
CASE
    WHEN regexp_matches(product, '^[0-9]{4}(00){1,2}$') THEN product[1:4]
    WHEN regexp_matches(product, '^[0-9]{6}00$') THEN product[1:6]
    ELSE product
END;
