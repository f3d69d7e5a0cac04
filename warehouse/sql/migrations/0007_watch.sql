-- 0007: figures that were quoted and are watched; known errors of publishers and the vintages that correct them.

CREATE TABLE watches (
    watch_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    freq VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    quoted_value DOUBLE NOT NULL,
    quoted_text VARCHAR NOT NULL,
    tolerance DOUBLE NOT NULL,
    quoted_in VARCHAR NOT NULL,
    quoted_on DATE NOT NULL,
    note VARCHAR NOT NULL,
    added_by VARCHAR NOT NULL,
    added_at TIMESTAMP NOT NULL,
    then_at TIMESTAMP NOT NULL,
    value_then DOUBLE,
    inputs_then VARCHAR[] NOT NULL
);

CREATE TABLE correction_entries (
    correction_id VARCHAR PRIMARY KEY,
    source VARCHAR NOT NULL,
    series_key VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    printed VARCHAR NOT NULL,
    wrong_value DOUBLE,
    right_value DOUBLE NOT NULL,
    tolerance DOUBLE NOT NULL,
    printed_on DATE NOT NULL,
    found_on DATE NOT NULL,
    reported_on DATE,
    reason VARCHAR NOT NULL,
    evidence_url VARCHAR NOT NULL
);

CREATE TABLE corrected_vintages (
    correction_id VARCHAR NOT NULL,
    series_id INTEGER NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    wrong_known_at TIMESTAMP NOT NULL,
    corrected_at TIMESTAMP NOT NULL,
    known_to TIMESTAMP,
    value DOUBLE NOT NULL,
    locator VARCHAR NOT NULL
);
