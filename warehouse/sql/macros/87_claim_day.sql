-- claim_day(day): a day as the number in which claims of unit `date` state it: 2025-09-29 is 20250929.
CREATE OR REPLACE MACRO claim_day(day) AS
CAST(strftime(CAST(day AS DATE), '%Y%m%d') AS DOUBLE);
