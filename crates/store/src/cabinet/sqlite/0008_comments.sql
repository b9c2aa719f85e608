-- What people say to each other about a draft. The text holds only the place, by the comment's id; an answer has the id of the
-- comment that it answers in `thread`. `changed` grows by one with each change of a draft's comments.
CREATE TABLE comment (
    draft BLOB NOT NULL REFERENCES draft (id),
    id TEXT NOT NULL,
    thread TEXT,
    person BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    quote TEXT NOT NULL,
    words TEXT NOT NULL,
    resolver BLOB REFERENCES person (id),
    resolved INTEGER,
    changed INTEGER NOT NULL,
    PRIMARY KEY (draft, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX comment_changed ON comment (draft, changed);

-- For whom a comment is beside all who read the draft, and when they said that they have read it.
CREATE TABLE mention (
    draft BLOB NOT NULL REFERENCES draft (id),
    comment TEXT NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    seen INTEGER,
    PRIMARY KEY (draft, comment, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_person ON mention (person, seen);
