-- detours: goods from China that can have gone on to Russia through seven neighbours: two bounds each, as known now.
-- Grain: product, way_country, quantity_kind, freq, period.
CREATE OR REPLACE VIEW detours AS
SELECT * FROM detours_as_of(TIMESTAMP 'infinity');
