-- What people say to each other about a draft. The text holds only the place, by the comment's id; an answer has the id of the
-- comment that it answers in `thread`. `changed` grows by one with each change of a draft's comments.
CREATE TABLE comment (
    draft BYTEA NOT NULL REFERENCES draft (id),
    id TEXT NOT NULL,
    thread TEXT,
    person BYTEA NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    quote TEXT NOT NULL,
    words TEXT NOT NULL,
    resolver BYTEA REFERENCES person (id),
    resolved BIGINT,
    changed BIGINT NOT NULL,
    PRIMARY KEY (draft, id)
);
CREATE UNIQUE INDEX comment_changed ON comment (draft, changed);

-- For whom a comment is beside all who read the draft, and when they said that they have read it.
CREATE TABLE mention (
    draft BYTEA NOT NULL REFERENCES draft (id),
    comment TEXT NOT NULL,
    person BYTEA NOT NULL REFERENCES person (id),
    seen BIGINT,
    PRIMARY KEY (draft, comment, person)
);
CREATE INDEX mention_person ON mention (person, seen);
