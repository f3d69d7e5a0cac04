-- figure_label(freq, first_day, last_day): the name that a flash figure has for a period: 2025-10, 2025-01..2025-10, 2025 A.
CREATE OR REPLACE MACRO figure_label(freq, first_day, last_day) AS
CASE
    WHEN freq = 'A' THEN period_label(freq, first_day, last_day) || ' A'
    WHEN freq = 'M' THEN period_label(freq, first_day, last_day)
    WHEN freq = 'YTD' AND month(first_day) = 1 THEN strftime(first_day, '%Y-01..') || strftime(last_day, '%Y-%m')
END;
