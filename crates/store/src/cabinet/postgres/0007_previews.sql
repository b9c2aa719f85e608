-- Links by which somebody without an account reads a draft. The token's SHA-256 alone is kept.
CREATE TABLE preview (
    hash BYTEA PRIMARY KEY,
    draft BYTEA NOT NULL REFERENCES draft (id),
    person BYTEA NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    ended BIGINT
);
CREATE INDEX preview_draft ON preview (draft);
