-- Passkeys: public keys alone, with which nobody gets in.
CREATE TABLE passkey (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL REFERENCES person (id),
    credential BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    at INTEGER NOT NULL,
    used INTEGER
) STRICT;
CREATE INDEX passkey_person ON passkey (person, at);

-- By which passkey a session began, if by one.
ALTER TABLE session ADD COLUMN passkey BLOB;
