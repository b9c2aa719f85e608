-- Sums over the articles that can be read, by language and month of first publication. Triggers keep them, so that no
-- page counts all articles.
CREATE TABLE tally (
    lang TEXT NOT NULL,
    month TEXT NOT NULL,
    articles INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    single INTEGER NOT NULL,
    unsourced INTEGER NOT NULL,
    named INTEGER NOT NULL,
    heard INTEGER NOT NULL,
    corrected INTEGER NOT NULL,
    PRIMARY KEY (lang, month)
) STRICT, WITHOUT ROWID;
INSERT INTO tally
SELECT lang, substr(first_local, 1, 7), count(*), sum(sources), sum(sources = 1), sum(sources = 0), sum(parties),
    sum(heard), sum(corrected IS NOT NULL)
FROM head WHERE kind = 'article' AND NOT withdrawn GROUP BY lang, substr(first_local, 1, 7);

CREATE TRIGGER tally_new AFTER INSERT ON head WHEN NEW.kind = 'article' AND NOT NEW.withdrawn BEGIN
    INSERT INTO tally SELECT NEW.lang, substr(NEW.first_local, 1, 7), 0, 0, 0, 0, 0, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM tally WHERE lang = NEW.lang AND month = substr(NEW.first_local, 1, 7));
    UPDATE tally SET articles = articles + 1, sources = sources + NEW.sources, single = single + (NEW.sources = 1),
        unsourced = unsourced + (NEW.sources = 0), named = named + NEW.parties, heard = heard + NEW.heard,
        corrected = corrected + (NEW.corrected IS NOT NULL)
    WHERE lang = NEW.lang AND month = substr(NEW.first_local, 1, 7);
END;

CREATE TRIGGER tally_old AFTER UPDATE ON head WHEN OLD.kind = 'article' AND NOT OLD.withdrawn BEGIN
    UPDATE tally SET articles = articles - 1, sources = sources - OLD.sources, single = single - (OLD.sources = 1),
        unsourced = unsourced - (OLD.sources = 0), named = named - OLD.parties, heard = heard - OLD.heard,
        corrected = corrected - (OLD.corrected IS NOT NULL)
    WHERE lang = OLD.lang AND month = substr(OLD.first_local, 1, 7);
END;

CREATE TRIGGER tally_again AFTER UPDATE ON head WHEN NEW.kind = 'article' AND NOT NEW.withdrawn BEGIN
    INSERT INTO tally SELECT NEW.lang, substr(NEW.first_local, 1, 7), 0, 0, 0, 0, 0, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM tally WHERE lang = NEW.lang AND month = substr(NEW.first_local, 1, 7));
    UPDATE tally SET articles = articles + 1, sources = sources + NEW.sources, single = single + (NEW.sources = 1),
        unsourced = unsourced + (NEW.sources = 0), named = named + NEW.parties, heard = heard + NEW.heard,
        corrected = corrected + (NEW.corrected IS NOT NULL)
    WHERE lang = NEW.lang AND month = substr(NEW.first_local, 1, 7);
END;

-- A month of the archive without a look at the others.
CREATE INDEX head_month ON head (lang, substr(first_local, 1, 7), first_at, article) WHERE kind = 'article';
