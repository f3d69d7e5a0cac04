-- 0002: code lists of publishers, as dated as figures are; what the bringer of a file said of its flow.

ALTER TABLE payloads ADD COLUMN flow VARCHAR DEFAULT '';

CREATE TABLE code_vintages (
    source VARCHAR NOT NULL,
    codelist VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    iso VARCHAR,
    valid_from DATE,
    valid_to DATE,
    known_at TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    run_id VARCHAR NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    locator VARCHAR NOT NULL
);
