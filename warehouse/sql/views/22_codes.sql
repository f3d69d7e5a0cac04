-- codes: what the codes of a publisher stand for, by its newest list. Grain: source, codelist, code.
CREATE OR REPLACE VIEW codes AS
SELECT * EXCLUDE (known_to)
FROM code_vintages
WHERE known_to IS NULL;
