-- source_ranking: news come after every other source, official publishers first, then by name so that one of two outlets
-- with a figure of the same period always answers. Grain: source.
INSERT OR REPLACE INTO source_ranking
SELECT
    source,
    200 + row_number() OVER (ORDER BY NOT official, source) AS rank,
    'news: until an official source prints the figure' AS reason
FROM sources
WHERE family = 'news';
