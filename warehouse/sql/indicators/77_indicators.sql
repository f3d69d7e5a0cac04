-- indicators: the answers people ask for, now. Grain: indicator, freq, period.
CREATE OR REPLACE VIEW indicators AS
SELECT * FROM indicators_as_of(TIMESTAMP 'infinity');
