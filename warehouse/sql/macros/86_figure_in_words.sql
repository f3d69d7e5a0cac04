-- figure_in_words(value, unit, digits): a figure for a sentence: 10.23 billion USD, 12.3 %, place 5. From a million on with
-- `digits` decimals; percent always with one.
CREATE OR REPLACE MACRO figure_in_words(value, unit, digits) AS
CASE
    WHEN value IS NULL THEN 'no value'
    WHEN unit = 'percent' THEN format('{:.1f} %', value)
    WHEN unit = 'rank' THEN format('place {:.0f}', value)
    WHEN abs(value) >= 1e9 THEN printf('%.' || digits || 'f billion ', value / 1e9) || unit
    WHEN abs(value) >= 1e6 THEN printf('%.' || digits || 'f million ', value / 1e6) || unit
    WHEN abs(value) >= 1000 THEN format('{:,.0f} ', value) || unit
    ELSE regexp_replace(format('{:.4f}', value), '\.?0+$', '') || CASE unit WHEN 'ratio' THEN '' ELSE ' ' || unit END
END;
