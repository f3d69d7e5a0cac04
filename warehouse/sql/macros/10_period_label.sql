-- period_label: the published name of a period (the same rule as sources.contract.period_label; a test holds them equal).
CREATE OR REPLACE MACRO period_label(freq, first_day, last_day) AS
CASE freq
    WHEN 'D' THEN strftime(first_day, '%Y-%m-%d')
    WHEN 'A' THEN
        CASE
            WHEN year(first_day) = year(last_day) THEN strftime(first_day, '%Y')
            ELSE strftime(first_day, '%Y') || '/' || strftime(last_day, '%Y')
        END
    WHEN 'Q' THEN strftime(first_day, '%Y') || '-Q' || quarter(last_day)
    WHEN 'H' THEN strftime(first_day, '%Y') || '-H' || CASE WHEN month(last_day) <= 6 THEN 1 ELSE 2 END
    WHEN 'YTD' THEN strftime(last_day, '%Y-%m')
    ELSE
        CASE
            WHEN date_trunc('month', first_day) = date_trunc('month', last_day) THEN strftime(first_day, '%Y-%m')
            ELSE strftime(first_day, '%Y-%m') || '/' || strftime(last_day, '%Y-%m')
        END
END;
