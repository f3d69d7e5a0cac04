-- flash_hit_rate: how often the figures that an outlet printed were those that the official source has. Grain: outlet.
CREATE OR REPLACE VIEW flash_hit_rate AS
SELECT
    outlet,
    count(*) FILTER (WHERE hit) AS hits,
    count(*) FILTER (WHERE NOT hit) AS misses,
    count(*) FILTER (WHERE hit IS NULL) AS open,
    hits / nullif(hits + misses, 0) AS rate,
    median(days_ahead) FILTER (WHERE days_ahead > 0) AS days_ahead
FROM flash_figures
GROUP BY outlet;
