-- 0005: public claims, what was answered to each at the last publication, and when that changed.

CREATE TABLE claim_texts (
    claim_id VARCHAR PRIMARY KEY,
    claim VARCHAR NOT NULL,
    claimed_on DATE,
    asks VARCHAR NOT NULL,
    expected DOUBLE,
    tolerance DOUBLE,
    unit VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);

CREATE TABLE claim_answers (
    claim_id VARCHAR PRIMARY KEY,
    computed_now DOUBLE,
    status_now VARCHAR NOT NULL,
    why_now VARCHAR NOT NULL,
    evidence_now VARCHAR[] NOT NULL,
    computed_then DOUBLE,
    status_then VARCHAR NOT NULL,
    why_then VARCHAR NOT NULL,
    evidence_then VARCHAR[] NOT NULL,
    error VARCHAR
);

CREATE TABLE claim_history (
    claim_id VARCHAR NOT NULL,
    since TIMESTAMP NOT NULL,
    snapshot_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    computed DOUBLE,
    why VARCHAR NOT NULL
);
