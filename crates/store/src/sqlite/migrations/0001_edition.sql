-- What is published. Rows here are covered by the checkpoint in `state`; what is on its way stands in staged_*.
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    checkpoint BLOB NOT NULL
) STRICT;
INSERT INTO state (id, size, at, generation, checkpoint) VALUES (1, 0, 0, 0, x'');

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    article BLOB,
    rev INTEGER,
    at INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    document BLOB NOT NULL,
    class TEXT,
    note TEXT,
    asked_by TEXT,
    local TEXT
) STRICT;
CREATE INDEX entry_article ON entry (article, seq) WHERE article IS NOT NULL;
CREATE INDEX entry_correction ON entry (at, seq) WHERE class IN ('correction', 'clarification', 'retraction');

CREATE TABLE head (
    number INTEGER PRIMARY KEY,
    article BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    rev INTEGER NOT NULL,
    path TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    headline TEXT NOT NULL,
    standfirst TEXT,
    byline TEXT NOT NULL,
    sections TEXT NOT NULL,
    topics TEXT NOT NULL,
    story TEXT,
    first_at INTEGER NOT NULL,
    first_local TEXT NOT NULL,
    at INTEGER NOT NULL,
    local TEXT NOT NULL,
    class TEXT NOT NULL,
    note TEXT,
    sources INTEGER NOT NULL,
    parties INTEGER NOT NULL,
    heard INTEGER NOT NULL,
    corrected INTEGER,
    translation_of TEXT,
    withdrawn INTEGER NOT NULL
) STRICT;
CREATE INDEX head_list ON head (kind, first_at, article);
CREATE INDEX head_lang ON head (kind, lang, first_at, article);
CREATE INDEX head_translation ON head (translation_of) WHERE translation_of IS NOT NULL;

CREATE TABLE tag (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    head INTEGER NOT NULL REFERENCES head (number),
    PRIMARY KEY (kind, name, head)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_head ON tag (head);

CREATE TABLE source (
    head INTEGER NOT NULL REFERENCES head (number),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    csl TEXT NOT NULL,
    PRIMARY KEY (head, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_name ON source (name, head);

CREATE TABLE removal (
    seq INTEGER PRIMARY KEY REFERENCES entry (seq),
    article BLOB NOT NULL,
    at INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    ground TEXT NOT NULL,
    note TEXT,
    blocks TEXT
) STRICT;
CREATE INDEX removal_article ON removal (article, seq);

-- The text as it was written, for passages; its folded words are in `search` under the same number.
CREATE TABLE passage (
    number INTEGER PRIMARY KEY REFERENCES head (number),
    text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (headline, standfirst, body, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- What is being sealed.
CREATE TABLE staged_entry (
    seq INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL,
    document BLOB NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE TABLE staged_file (
    place INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    bytes BLOB NOT NULL
) STRICT;

-- Files that a removal has still to replace; those without bytes, blobs, to remove.
CREATE TABLE erasure (
    path TEXT PRIMARY KEY,
    document BLOB NOT NULL
) STRICT, WITHOUT ROWID;
