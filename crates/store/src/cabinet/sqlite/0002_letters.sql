-- What readers say is wrong, as the newsroom took it in, and what it decided. Readers see the decision and never the letter.
CREATE TABLE letter (
    id BLOB PRIMARY KEY,
    path TEXT NOT NULL,
    rev INTEGER NOT NULL,
    passage INTEGER,
    lang TEXT NOT NULL,
    what TEXT NOT NULL,
    how TEXT NOT NULL,
    contact TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    draft BLOB REFERENCES draft (id),
    person BLOB REFERENCES person (id),
    decided INTEGER,
    reason TEXT,
    fixed INTEGER,
    -- Whether the letterbox has heard of the state.
    told INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_state ON letter (state, at);
