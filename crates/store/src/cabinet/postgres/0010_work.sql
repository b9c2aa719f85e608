-- Proposals of what might be written, before there is a draft.
CREATE TABLE pitch (
    id BYTEA PRIMARY KEY,
    author BYTEA NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    why TEXT NOT NULL,
    sources TEXT NOT NULL,
    audience TEXT NOT NULL,
    due BIGINT,
    at BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    person BYTEA REFERENCES person (id),
    reason TEXT,
    draft BYTEA REFERENCES draft (id)
);
CREATE INDEX pitch_state ON pitch (state, updated);

-- Who does what for a draft, and who said so.
CREATE TABLE assignment (
    draft BYTEA NOT NULL REFERENCES draft (id),
    person BYTEA NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    giver BYTEA NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (draft, person, part)
);
CREATE INDEX assignment_person ON assignment (person, draft);

-- What is wanted of a draft, and by when.
CREATE TABLE asked (
    draft BYTEA PRIMARY KEY REFERENCES draft (id),
    due BIGINT,
    words BIGINT,
    notes TEXT NOT NULL
);
CREATE INDEX asked_due ON asked (due);

-- What of a draft somebody has looked at: its version, the last deed in the trail, and when; and the same of the sitting before.
CREATE TABLE look (
    draft BYTEA NOT NULL REFERENCES draft (id),
    person BYTEA NOT NULL REFERENCES person (id),
    version BIGINT NOT NULL,
    deed BIGINT NOT NULL,
    at BIGINT NOT NULL,
    old_version BIGINT,
    old_deed BIGINT,
    old_at BIGINT,
    PRIMARY KEY (draft, person)
);
CREATE INDEX trail_object ON trail (object, number);

-- Which draft or published article a draft translates.
CREATE TABLE translation (
    draft BYTEA PRIMARY KEY REFERENCES draft (id),
    original BYTEA REFERENCES draft (id),
    article BYTEA
);
CREATE INDEX translation_original ON translation (original);
CREATE INDEX translation_article ON translation (article);

-- What is to be done about an article because another one, its sibling in another language, was changed by the entry.
CREATE TABLE task (
    id BYTEA PRIMARY KEY,
    entry BIGINT NOT NULL,
    article BYTEA NOT NULL,
    original BYTEA NOT NULL,
    rev BIGINT NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    draft BYTEA REFERENCES draft (id),
    person BYTEA REFERENCES person (id),
    reason TEXT,
    at BIGINT NOT NULL,
    decided BIGINT,
    UNIQUE (entry, article)
);
CREATE INDEX task_state ON task (state, at);
CREATE INDEX task_article ON task (article);

-- How many of the record's entries were looked at for tasks; NULL where that begins with those that come next.
CREATE TABLE followed (
    name TEXT PRIMARY KEY,
    size BIGINT
);
INSERT INTO followed (name, size) SELECT 'record', CASE WHEN EXISTS (SELECT 1 FROM person) THEN NULL ELSE 0::BIGINT END;

-- The slugs of a draft's sections, each between bars, as lists need them.
ALTER TABLE draft ADD COLUMN sections TEXT NOT NULL DEFAULT '';
CREATE INDEX draft_article ON draft (article);
