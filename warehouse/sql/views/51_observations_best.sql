-- observations_best: the best of the sources now. Grain: measure, reporter, partner, flow, product, unit, freq, period.
CREATE OR REPLACE VIEW observations_best AS
SELECT * FROM observations_best_as_of(TIMESTAMP 'infinity');
