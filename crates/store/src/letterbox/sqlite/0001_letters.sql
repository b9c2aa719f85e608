-- Where readers leave what they say is wrong. Words and contact are emptied when the newsroom has taken a letter in; what
-- stays is how it stands, for whoever holds a receipt and for the list of corrections.
CREATE TABLE secret (
    number INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE letter (
    id BLOB PRIMARY KEY,
    same BLOB NOT NULL UNIQUE,
    path TEXT NOT NULL,
    rev INTEGER NOT NULL,
    passage INTEGER,
    lang TEXT NOT NULL,
    what TEXT NOT NULL,
    how TEXT NOT NULL,
    contact TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided INTEGER,
    reason TEXT,
    fixed INTEGER
) STRICT;
CREATE INDEX letter_state ON letter (state, lang, decided);

-- SHA-256 of what names a letter to whoever sent it.
CREATE TABLE receipt (
    hash BLOB PRIMARY KEY,
    letter BLOB NOT NULL REFERENCES letter (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_letter ON receipt (letter);
