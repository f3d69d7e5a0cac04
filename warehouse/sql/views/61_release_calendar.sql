-- release_calendar: what was expected of each dataset when this database was published. Grain: source, dataset, freq.
CREATE OR REPLACE VIEW release_calendar AS
SELECT * FROM release_calendar_at((SELECT max(published_at) FROM snapshot));
