-- Where readers leave what they say is wrong. Words and contact are emptied when the newsroom has taken a letter in; what
-- stays is how it stands, for whoever holds a receipt and for the list of corrections.
CREATE TABLE secret (
    number BIGINT PRIMARY KEY,
    bytes BYTEA NOT NULL
);

CREATE TABLE letter (
    id BYTEA PRIMARY KEY,
    same BYTEA NOT NULL UNIQUE,
    path TEXT NOT NULL,
    rev BIGINT NOT NULL,
    passage BIGINT,
    lang TEXT NOT NULL,
    what TEXT NOT NULL,
    how TEXT NOT NULL,
    contact TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    decided BIGINT,
    reason TEXT,
    fixed BIGINT
);
CREATE INDEX letter_state ON letter (state, lang, decided);

-- SHA-256 of what names a letter to whoever sent it.
CREATE TABLE receipt (
    hash BYTEA PRIMARY KEY,
    letter BYTEA NOT NULL REFERENCES letter (id),
    at BIGINT NOT NULL
);
CREATE INDEX receipt_letter ON receipt (letter);
