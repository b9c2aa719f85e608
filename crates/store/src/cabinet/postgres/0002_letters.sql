-- What readers say is wrong, as the newsroom took it in, and what it decided. Readers see the decision and never the letter.
CREATE TABLE letter (
    id BYTEA PRIMARY KEY,
    path TEXT NOT NULL,
    rev BIGINT NOT NULL,
    passage BIGINT,
    lang TEXT NOT NULL,
    what TEXT NOT NULL,
    how TEXT NOT NULL,
    contact TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    draft BYTEA REFERENCES draft (id),
    person BYTEA REFERENCES person (id),
    decided BIGINT,
    reason TEXT,
    fixed BIGINT,
    -- Whether the letterbox has heard of the state.
    told BIGINT NOT NULL
);
CREATE INDEX letter_state ON letter (state, at);
