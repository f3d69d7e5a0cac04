-- disagreements: figures that contradict each other now, each with both origins; never averaged.
-- Grain: kind, series_key_a, series_key_b, product_b, freq, period.
CREATE OR REPLACE VIEW disagreements AS
SELECT * FROM disagreements_as_of(TIMESTAMP 'infinity');
