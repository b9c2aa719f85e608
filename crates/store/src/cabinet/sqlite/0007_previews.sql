-- Links by which somebody without an account reads a draft. The token's SHA-256 alone is kept.
CREATE TABLE preview (
    hash BLOB PRIMARY KEY,
    draft BLOB NOT NULL REFERENCES draft (id),
    person BLOB NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    ended INTEGER
) STRICT;
CREATE INDEX preview_draft ON preview (draft);
