-- articles: every article that is known, without its text. Grain: article_id.
CREATE OR REPLACE VIEW articles AS
SELECT * FROM articles_as_of(TIMESTAMP 'infinity');
