-- headlines_are_copies(common, words_one, words_other): are eight of ten words of two headlines the same, four or more, or all
-- the words of the shorter one, six or more?
CREATE OR REPLACE MACRO headlines_are_copies(common, words_one, words_other) AS
(common >= 0.8 * (words_one + words_other - common) AND common >= 4)
OR (common = least(words_one, words_other) AND common >= 6);
