-- A slug, the last part of `/2026/11/slug`, finds its article without a look at all the others.
CREATE INDEX head_slug ON head (substr(path, 10)) WHERE kind = 'article';
