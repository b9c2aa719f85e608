-- In how many articles each word can be found, so that ranking need not look at all of them. Counts of words change with
-- each publication, so pages keep room for the next version of a row beside the last.
CREATE TABLE term (
    word TEXT COLLATE "C" PRIMARY KEY,
    articles BIGINT NOT NULL
) WITH (fillfactor = 70);
INSERT INTO term SELECT word, ndoc FROM ts_stat('SELECT words FROM passage');

-- As for all that articles say, the planner keeps no samples.
ALTER TABLE term ALTER word SET STATISTICS 0;
