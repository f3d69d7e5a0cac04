-- 0005: which names and goods lie within wider ones; filled from the gazetteer whenever the definitions are made anew.

CREATE TABLE wider (
    relation VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    wider VARCHAR NOT NULL,
    PRIMARY KEY (relation, name, wider)
);
