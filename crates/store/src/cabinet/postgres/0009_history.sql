-- What somebody calls a version of a draft. A version that has a name stays what it is.
CREATE TABLE named (
    draft BYTEA NOT NULL REFERENCES draft (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    person BYTEA NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (draft, number)
);

-- Every suggestion that was ever in a draft, by whom and at which second: what may come back by undo in anybody's hands.
CREATE TABLE suggested (
    draft BYTEA NOT NULL REFERENCES draft (id),
    person TEXT NOT NULL,
    second BIGINT NOT NULL,
    PRIMARY KEY (draft, person, second)
);

-- Checkpoints of the record that a witness has signed: of how many entries, who, and when by their own clock, in seconds.
CREATE TABLE witnessed (
    size BIGINT NOT NULL,
    witness TEXT NOT NULL,
    second BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (size, witness)
);
