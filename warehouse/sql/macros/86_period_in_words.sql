-- period_in_words(freq, first_day, last_day): a period for a sentence: as its label, a cumulative one with both ends.
CREATE OR REPLACE MACRO period_in_words(freq, first_day, last_day) AS
CASE
    WHEN freq = 'YTD' AND date_trunc('month', first_day) <> date_trunc('month', last_day)
        THEN strftime(first_day, '%Y-%m') || '..' || strftime(last_day, '%Y-%m')
    ELSE period_label(freq, first_day, last_day)
END;
