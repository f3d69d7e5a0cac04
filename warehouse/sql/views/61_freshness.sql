-- freshness: what was due from each source when this database was published. Grain: source.
-- `amur status` asks freshness_at() with the clock instead.
CREATE OR REPLACE VIEW freshness AS
SELECT * FROM freshness_at((SELECT max(published_at) FROM snapshot));
