-- Proposals of what might be written, before there is a draft.
CREATE TABLE pitch (
    id BLOB PRIMARY KEY,
    author BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    why TEXT NOT NULL,
    sources TEXT NOT NULL,
    audience TEXT NOT NULL,
    due INTEGER,
    at INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    person BLOB REFERENCES person (id),
    reason TEXT,
    draft BLOB REFERENCES draft (id)
) STRICT;
CREATE INDEX pitch_state ON pitch (state, updated);

-- Who does what for a draft, and who said so.
CREATE TABLE assignment (
    draft BLOB NOT NULL REFERENCES draft (id),
    person BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    giver BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (draft, person, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_person ON assignment (person, draft);

-- What is wanted of a draft, and by when.
CREATE TABLE asked (
    draft BLOB PRIMARY KEY REFERENCES draft (id),
    due INTEGER,
    words INTEGER,
    notes TEXT NOT NULL
) STRICT;
CREATE INDEX asked_due ON asked (due);

-- What of a draft somebody has looked at: its version, the last deed in the trail, and when; and the same of the sitting before.
CREATE TABLE look (
    draft BLOB NOT NULL REFERENCES draft (id),
    person BLOB NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL,
    deed INTEGER NOT NULL,
    at INTEGER NOT NULL,
    old_version INTEGER,
    old_deed INTEGER,
    old_at INTEGER,
    PRIMARY KEY (draft, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX trail_object ON trail (object, number);

-- Which draft or published article a draft translates.
CREATE TABLE translation (
    draft BLOB PRIMARY KEY REFERENCES draft (id),
    original BLOB REFERENCES draft (id),
    article BLOB
) STRICT;
CREATE INDEX translation_original ON translation (original);
CREATE INDEX translation_article ON translation (article);

-- What is to be done about an article because another one, its sibling in another language, was changed by the entry.
CREATE TABLE task (
    id BLOB PRIMARY KEY,
    entry INTEGER NOT NULL,
    article BLOB NOT NULL,
    original BLOB NOT NULL,
    rev INTEGER NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    draft BLOB REFERENCES draft (id),
    person BLOB REFERENCES person (id),
    reason TEXT,
    at INTEGER NOT NULL,
    decided INTEGER,
    UNIQUE (entry, article)
) STRICT;
CREATE INDEX task_state ON task (state, at);
CREATE INDEX task_article ON task (article);

-- How many of the record's entries were looked at for tasks; NULL where that begins with those that come next.
CREATE TABLE followed (
    name TEXT PRIMARY KEY,
    size INTEGER
) STRICT;
INSERT INTO followed (name, size) SELECT 'record', CASE WHEN EXISTS (SELECT 1 FROM person) THEN NULL ELSE 0 END;

-- The slugs of a draft's sections, each between bars, as lists need them.
ALTER TABLE draft ADD COLUMN sections TEXT NOT NULL DEFAULT '';
CREATE INDEX draft_article ON draft (article);
