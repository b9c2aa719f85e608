-- What somebody calls a version of a draft. A version that has a name stays what it is.
CREATE TABLE named (
    draft BLOB NOT NULL REFERENCES draft (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;

-- Every suggestion that was ever in a draft, by whom and at which second: what may come back by undo in anybody's hands.
CREATE TABLE suggested (
    draft BLOB NOT NULL REFERENCES draft (id),
    person TEXT NOT NULL,
    second INTEGER NOT NULL,
    PRIMARY KEY (draft, person, second)
) STRICT, WITHOUT ROWID;

-- Checkpoints of the record that a witness has signed: of how many entries, who, and when by their own clock, in seconds.
CREATE TABLE witnessed (
    size INTEGER NOT NULL,
    witness TEXT NOT NULL,
    second INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (size, witness)
) STRICT, WITHOUT ROWID;
