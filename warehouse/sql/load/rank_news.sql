-- source_ranking: news come after every other source. Grain: source.
INSERT OR REPLACE INTO source_ranking
SELECT source, 200, 'news: until an official source prints the figure' FROM sources WHERE family = 'news';
