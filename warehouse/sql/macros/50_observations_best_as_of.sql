-- observations_best_as_of(ts): of all sources that hold a value for a cell, the one that ranks first in source_ranking.
-- The sources stay side by side in `observations`; `datasets_held` says how many there were to choose from.
-- What another report of the same day said (datasets ..._other_report) comes last: it is kept to be compared.
-- Grain: measure, reporter, partner, flow, product, unit, freq, period.
CREATE OR REPLACE MACRO observations_best_as_of(ts) AS TABLE
SELECT
    o.*,
    r.rank,
    count(*) OVER same_cell AS datasets_held
FROM observations_as_of(ts) AS o
INNER JOIN source_ranking AS r USING (source)
WHERE o.value IS NOT NULL AND o.partner IS NOT NULL
WINDOW same_cell AS (
    PARTITION BY o.measure, o.reporter, o.partner, o.flow, o.product, o.unit, o.freq, o.period_start, o.period_end
)
QUALIFY row_number() OVER (
    PARTITION BY o.measure, o.reporter, o.partner, o.flow, o.product, o.unit, o.freq, o.period_start, o.period_end
    ORDER BY r.rank, o.dataset LIKE '%\_other\_report' ESCAPE '\', o.half_unit, o.known_at DESC, o.series_key
) = 1;
