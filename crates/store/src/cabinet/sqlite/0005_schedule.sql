-- When a draft is to be sealed, which text of it, as which change, and who said so. While it is being sealed, `claimed` is
-- set. What kept it from that is in `why`.
CREATE TABLE schedule (
    draft BLOB PRIMARY KEY REFERENCES draft (id),
    moment INTEGER NOT NULL,
    version INTEGER NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    class TEXT NOT NULL,
    note TEXT,
    asked_by TEXT,
    claimed INTEGER,
    why TEXT
) STRICT;
CREATE INDEX schedule_moment ON schedule (moment);

-- What the clock said at one moment of a machine's time since it was started, which nobody can set.
CREATE TABLE mark (
    boot TEXT PRIMARY KEY,
    steady INTEGER NOT NULL,
    wall INTEGER NOT NULL
) STRICT;
