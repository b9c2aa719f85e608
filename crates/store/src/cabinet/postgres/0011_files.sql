-- What was found about a file that is a source, when it was taken in. Its bytes lie beside the cabinet, under `hash`; `facts` is
-- JSON; `decided` is when somebody said that it is published with them.
CREATE TABLE file (
    source BYTEA PRIMARY KEY REFERENCES source (id),
    hash BYTEA NOT NULL,
    ending TEXT NOT NULL,
    name TEXT NOT NULL,
    named TEXT,
    bytes BIGINT NOT NULL,
    facts TEXT NOT NULL,
    decided BIGINT,
    decider BYTEA REFERENCES person (id)
);
CREATE INDEX file_hash ON file (hash);

-- The folded words by which a source is found; those of a source of before are filled in by the first search.
CREATE TABLE sought (
    source BYTEA PRIMARY KEY REFERENCES source (id),
    words TEXT NOT NULL
);
