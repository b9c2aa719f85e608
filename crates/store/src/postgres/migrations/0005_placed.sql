-- Whether an article's words stand with all their places, so that a phrase can be looked for among them. Articles from before
-- have none and are looked through letter by letter, until they are published anew.
ALTER TABLE passage ADD placed BOOLEAN NOT NULL DEFAULT false;
