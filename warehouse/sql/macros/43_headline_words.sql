-- headline_words(title, language): the words of a headline, each once; of a Chinese one its characters.
CREATE OR REPLACE MACRO headline_words(title, language) AS
list_distinct(
    CASE
        WHEN language = 'zh' THEN regexp_extract_all(title, '[\p{L}\p{N}]')
        ELSE regexp_extract_all(lower(title), '[\p{L}\p{N}]+')
    END
);
