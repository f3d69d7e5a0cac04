-- 0001: what was seen and known (series, vintages, payloads), what was judged, what happened. Never edited once released.
-- All times are UTC. Days are closed: period_start and period_end both belong to the period.

CREATE TABLE schema_versions (
    version INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

CREATE TABLE sources (
    source VARCHAR PRIMARY KEY,
    family VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    attribution VARCHAR NOT NULL,
    cadence VARCHAR NOT NULL,
    calendar VARCHAR NOT NULL,
    due_from_days INTEGER,
    due_to_days INTEGER,
    stale_days INTEGER NOT NULL,
    january_apart BOOLEAN NOT NULL,
    history_from DATE NOT NULL
);

CREATE SEQUENCE series_ids;

CREATE TABLE series_dimensions (
    series_id INTEGER PRIMARY KEY,
    series_key VARCHAR NOT NULL UNIQUE,
    source VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    reporter VARCHAR,
    partner VARCHAR,
    partner_name VARCHAR,
    partner_kind VARCHAR,
    flow VARCHAR,
    product VARCHAR,
    unit VARCHAR NOT NULL,
    freq VARCHAR NOT NULL
);

CREATE TABLE vintages (
    series_id INTEGER NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    value DOUBLE,
    obs_status VARCHAR NOT NULL,
    half_unit DOUBLE NOT NULL,
    published_at TIMESTAMP,
    fetched_at TIMESTAMP NOT NULL,
    known_at TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    known_at_basis VARCHAR NOT NULL,
    superfluous BOOLEAN NOT NULL,
    aside BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL,
    parser_version INTEGER NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    locator VARCHAR NOT NULL
);

CREATE TABLE payloads (
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    checked_at TIMESTAMP NOT NULL,
    earlier_at TIMESTAMP,
    run_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    document_group VARCHAR NOT NULL,
    content_type VARCHAR NOT NULL,
    etag VARCHAR NOT NULL,
    last_modified VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    sidecar VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    parser_version INTEGER,
    known_at TIMESTAMP
);

CREATE TABLE absences (
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    since TIMESTAMP NOT NULL,
    checked_at TIMESTAMP NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (source, url)
);

CREATE TABLE robots (
    host VARCHAR PRIMARY KEY,
    fetched_at TIMESTAMP NOT NULL,
    body VARCHAR NOT NULL
);

CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    state VARCHAR NOT NULL,
    exit_code INTEGER,
    pid BIGINT NOT NULL,
    amur_version VARCHAR NOT NULL,
    arguments VARCHAR NOT NULL,
    new_rows BIGINT NOT NULL,
    revised_rows BIGINT NOT NULL,
    held_batches BIGINT NOT NULL
);

CREATE TABLE run_sources (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    requests INTEGER NOT NULL,
    payloads INTEGER NOT NULL,
    parsed_rows BIGINT NOT NULL,
    new_rows BIGINT NOT NULL,
    revised_rows BIGINT NOT NULL,
    same_rows BIGINT NOT NULL,
    held_rows BIGINT NOT NULL,
    fetch_s DOUBLE NOT NULL,
    judge_s DOUBLE NOT NULL,
    load_s DOUBLE NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    error VARCHAR NOT NULL,
    PRIMARY KEY (run_id, source)
);

CREATE TABLE fetches (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    status INTEGER,
    conditional BOOLEAN NOT NULL,
    attempts INTEGER NOT NULL,
    bytes BIGINT,
    elapsed_s DOUBLE NOT NULL,
    sha256 VARCHAR,
    error VARCHAR NOT NULL
);

CREATE TABLE validations (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    validated_at TIMESTAMP NOT NULL,
    expectation VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    success BOOLEAN NOT NULL,
    evaluated BIGINT NOT NULL,
    unexpected BIGINT NOT NULL,
    observed VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL
);

CREATE TABLE quarantine (
    quarantine_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    reason_kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    held_rows BIGINT NOT NULL,
    held_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    decided_at TIMESTAMP,
    decided_by VARCHAR,
    decision_note VARCHAR
);

CREATE TABLE source_ranking (
    source VARCHAR PRIMARY KEY,
    rank INTEGER NOT NULL,
    why VARCHAR NOT NULL
);

CREATE TABLE pending_publication (
    run_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

CREATE TABLE definitions (
    digest VARCHAR NOT NULL
);

CREATE TABLE snapshot (
    snapshot_id VARCHAR NOT NULL,
    published_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    amur_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL
);
