-- Whom and what the newsroom rests its texts on. `details` and `salt` are what a confidential source is committed to; they
-- are nowhere else. `file` is the SHA-256 of a copy that is kept beside the cabinet.
CREATE TABLE source (
    id BYTEA PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    speaks TEXT,
    issued TEXT,
    details TEXT,
    salt BYTEA,
    commitment BYTEA,
    file BYTEA,
    person BYTEA NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    checked BIGINT,
    silent BIGINT
);
CREATE INDEX source_at ON source (at);

-- Into which drafts a source was put, under which id.
CREATE TABLE rests (
    draft BYTEA NOT NULL REFERENCES draft (id),
    source BYTEA NOT NULL REFERENCES source (id),
    name TEXT NOT NULL,
    PRIMARY KEY (draft, source)
);
