-- What the newsroom keeps for itself. No row here is ever shown to a reader, and no secret stands in it: passphrases as
-- argon2id hashes, tokens and codes as SHA-256.
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    login TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    active INTEGER NOT NULL,
    lang TEXT NOT NULL,
    passphrase TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE code (
    person BLOB NOT NULL REFERENCES person (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;

-- Links that make somebody a person here; the one that sets the newsroom up was made by nobody.
CREATE TABLE invitation (
    hash BLOB PRIMARY KEY,
    role TEXT NOT NULL,
    maker BLOB REFERENCES person (id),
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    used INTEGER
) STRICT;

CREATE TABLE session (
    hash BLOB PRIMARY KEY,
    handle BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person, seen);

-- Browsers that somebody signed in with before.
CREATE TABLE device (
    hash BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (hash, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE trail (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    person BLOB,
    verb TEXT NOT NULL,
    object BLOB,
    words TEXT NOT NULL
) STRICT;

CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    article BLOB,
    base INTEGER,
    author BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    version INTEGER NOT NULL,
    writer BLOB NOT NULL REFERENCES person (id),
    approver BLOB REFERENCES person (id),
    path TEXT,
    at INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_state ON draft (state, updated);

-- Every text that was ever saved.
CREATE TABLE version (
    draft BLOB NOT NULL REFERENCES draft (id),
    number INTEGER NOT NULL,
    writer BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT;
