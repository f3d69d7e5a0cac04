-- 0009: how long each stage took. Runs before it have NULL: parsing was then part of judge_s, publishing was in the log alone.
ALTER TABLE run_sources ADD COLUMN parse_s DOUBLE;
ALTER TABLE runs ADD COLUMN publish_s DOUBLE;
