-- A draft as the browser's editor holds it, where it was saved there: the text is then the article file of this document.
ALTER TABLE draft ADD COLUMN document TEXT;
ALTER TABLE version ADD COLUMN document TEXT;
-- When the writing began that a version holds, while what is saved next may still take its place; NULL once it stays.
ALTER TABLE version ADD COLUMN began INTEGER;

-- Who wrote in the text of a version since the one before.
CREATE TABLE wrote (
    draft BLOB NOT NULL REFERENCES draft (id),
    number INTEGER NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (draft, number, person)
) STRICT, WITHOUT ROWID;
INSERT INTO wrote (draft, number, person) SELECT draft, number, writer FROM version;

-- The newest changes of each draft in their one order; `number` is the version that the text has with the step.
CREATE TABLE step (
    draft BLOB NOT NULL REFERENCES draft (id),
    number INTEGER NOT NULL,
    writer TEXT NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;
