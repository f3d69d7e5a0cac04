-- texts_are_copies(common, runs_one, runs_other): have two texts half of their runs of three words in common, or eight of ten
-- of the shorter one, which has eight or more?
CREATE OR REPLACE MACRO texts_are_copies(common, runs_one, runs_other) AS
common >= 0.5 * (runs_one + runs_other - common)
OR (common >= 0.8 * least(runs_one, runs_other) AND least(runs_one, runs_other) >= 8);
