-- What was found about a file that is a source, when it was taken in. Its bytes lie beside the cabinet, under `hash`; `facts` is
-- JSON; `decided` is when somebody said that it is published with them.
CREATE TABLE file (
    source BLOB PRIMARY KEY REFERENCES source (id),
    hash BLOB NOT NULL,
    ending TEXT NOT NULL,
    name TEXT NOT NULL,
    named TEXT,
    bytes INTEGER NOT NULL,
    facts TEXT NOT NULL,
    decided INTEGER,
    decider BLOB REFERENCES person (id)
) STRICT;
CREATE INDEX file_hash ON file (hash);

-- The folded words by which a source is found; those of a source of before are filled in by the first search.
CREATE TABLE sought (
    source BLOB PRIMARY KEY REFERENCES source (id),
    words TEXT NOT NULL
) STRICT;
