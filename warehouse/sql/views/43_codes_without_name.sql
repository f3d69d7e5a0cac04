-- codes_without_name: HS codes that series of UN Comtrade use and its newest list doesn't know. Grain: source, product.
-- Empty as long as no list has come: then nothing can be said.
CREATE OR REPLACE VIEW codes_without_name AS
SELECT
    s.source,
    s.product,
    count(*) AS series,
    any_value(s.series_key) AS example
FROM series_dimensions AS s
WHERE
    s.source IN ('comtrade', 'comtrade_csv')
    AND EXISTS (SELECT 1 FROM codes AS c WHERE c.codelist = 'comtrade:hs')
    AND NOT EXISTS (SELECT 1 FROM codes AS c WHERE c.codelist = 'comtrade:hs' AND c.code = s.product)
GROUP BY s.source, s.product;
