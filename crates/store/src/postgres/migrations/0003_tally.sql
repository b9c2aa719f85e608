-- Sums over the articles that can be read, by language and month of first publication. A trigger keeps them, so that no
-- page counts all articles.
CREATE TABLE tally (
    lang TEXT NOT NULL,
    month TEXT NOT NULL,
    articles BIGINT NOT NULL,
    sources BIGINT NOT NULL,
    single BIGINT NOT NULL,
    unsourced BIGINT NOT NULL,
    named BIGINT NOT NULL,
    heard BIGINT NOT NULL,
    corrected BIGINT NOT NULL,
    PRIMARY KEY (lang, month)
);

CREATE FUNCTION tally_count(one head, sign BIGINT) RETURNS void LANGUAGE sql AS $$
    INSERT INTO tally
    SELECT one.lang, substr(one.first_local, 1, 7), sign, sign * one.sources, sign * (one.sources = 1)::int,
        sign * (one.sources = 0)::int, sign * one.parties, sign * one.heard, sign * (one.corrected IS NOT NULL)::int
    WHERE one.kind = 'article' AND NOT one.withdrawn
    ON CONFLICT (lang, month) DO UPDATE SET articles = tally.articles + excluded.articles,
        sources = tally.sources + excluded.sources, single = tally.single + excluded.single,
        unsourced = tally.unsourced + excluded.unsourced, named = tally.named + excluded.named,
        heard = tally.heard + excluded.heard, corrected = tally.corrected + excluded.corrected
$$;

CREATE FUNCTION tally_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        PERFORM tally_count(OLD, -1);
    END IF;
    PERFORM tally_count(NEW, 1);
    RETURN NULL;
END
$$;

SELECT tally_count(head, 1) FROM head;
CREATE TRIGGER tally_change AFTER INSERT OR UPDATE ON head FOR EACH ROW EXECUTE FUNCTION tally_change();

-- A month of the archive without a look at the others.
CREATE INDEX head_month ON head (lang, substr(first_local, 1, 7), first_at, article) WHERE kind = 'article';
