-- Passkeys: public keys alone, with which nobody gets in.
CREATE TABLE passkey (
    id BYTEA PRIMARY KEY,
    person BYTEA NOT NULL REFERENCES person (id),
    credential BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    at BIGINT NOT NULL,
    used BIGINT
);
CREATE INDEX passkey_person ON passkey (person, at);

-- By which passkey a session began, if by one.
ALTER TABLE session ADD COLUMN passkey BYTEA;
