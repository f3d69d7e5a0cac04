-- 0004: articles by body, their stories, and what more is known of an event: project, side, modality, evidence.

ALTER TABLE sources ADD COLUMN official BOOLEAN DEFAULT FALSE;
ALTER TABLE event_candidates ADD COLUMN project VARCHAR;
ALTER TABLE event_candidates ADD COLUMN side VARCHAR;
ALTER TABLE event_candidates ADD COLUMN modality VARCHAR DEFAULT 'asserted';
ALTER TABLE event_candidates ADD COLUMN article_id VARCHAR;
ALTER TABLE event_candidates ADD COLUMN sentence VARCHAR;
ALTER TABLE event_candidates ADD COLUMN pattern VARCHAR;
ALTER TABLE event_candidates ADD COLUMN fetched_at TIMESTAMP;

CREATE TABLE article_vintages (
    article_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    published_at TIMESTAMP,
    published_is_day BOOLEAN NOT NULL,
    seen_at TIMESTAMP,
    topics VARCHAR[] NOT NULL,
    names VARCHAR[] NOT NULL,
    headline_only BOOLEAN NOT NULL,
    free BOOLEAN NOT NULL,
    shingles UINTEGER[] NOT NULL,
    known_at TIMESTAMP NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    payload_sha256 VARCHAR NOT NULL,
    locator VARCHAR NOT NULL
);

CREATE TABLE article_stories (
    article_id VARCHAR PRIMARY KEY,
    story_key VARCHAR NOT NULL
);
