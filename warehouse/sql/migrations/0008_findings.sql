-- 0008: what was published when (publications, figures, states), and what was found to have changed.
-- The history grows with what changed only: a row stands from the publication that first showed it until the one that
-- no longer did.

CREATE TABLE snapshots (
    number INTEGER PRIMARY KEY,
    snapshot_id VARCHAR NOT NULL,
    published_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    amur_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    definitions VARCHAR NOT NULL
);

CREATE TABLE snapshot_runs (
    run_id VARCHAR PRIMARY KEY,
    number INTEGER NOT NULL
);

CREATE TABLE indicator_history (
    indicator VARCHAR NOT NULL,
    freq VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    period VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    value DOUBLE,
    unit VARCHAR NOT NULL,
    basis VARCHAR,
    obs_status VARCHAR,
    coverage DOUBLE,
    low_base BOOLEAN,
    grade VARCHAR,
    method VARCHAR,
    known_at TIMESTAMP,
    inputs VARCHAR NOT NULL,
    published_from TIMESTAMP NOT NULL,
    published_to TIMESTAMP,
    from_snapshot INTEGER NOT NULL,
    to_snapshot INTEGER
);

CREATE TABLE state_history (
    kind VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    value DOUBLE,
    other_value DOUBLE,
    unit VARCHAR,
    dated DATE,
    refs VARCHAR[] NOT NULL,
    published_from TIMESTAMP NOT NULL,
    published_to TIMESTAMP,
    from_snapshot INTEGER NOT NULL,
    to_snapshot INTEGER
);

CREATE TABLE findings (
    finding_id VARCHAR PRIMARY KEY,
    found_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    snapshot_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    rank DOUBLE NOT NULL,
    subject VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    old_value DOUBLE,
    new_value DOUBLE,
    change_pct DOUBLE,
    unit VARCHAR,
    refs VARCHAR[] NOT NULL,
    detail VARCHAR NOT NULL
);
