-- 0003: what documents of carmakers say to have happened, before anybody has weighed it against other stories.

CREATE TABLE event_candidates (
    source VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    event_date DATE NOT NULL,
    precision VARCHAR NOT NULL,
    effective_on DATE,
    actor VARCHAR NOT NULL,
    target VARCHAR,
    product VARCHAR,
    status VARCHAR NOT NULL,
    value DOUBLE,
    unit VARCHAR,
    asserted_by VARCHAR,
    published_at TIMESTAMP,
    known_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    locator VARCHAR NOT NULL
);
