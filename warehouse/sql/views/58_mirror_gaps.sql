-- mirror_gaps: what the exporter reports against what the importer reports, now.
-- Grain: exporter, importer, product, quantity_kind, freq, period.
CREATE OR REPLACE VIEW mirror_gaps AS
SELECT * FROM mirror_gaps_as_of(TIMESTAMP 'infinity');
