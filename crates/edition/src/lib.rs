//! What is published: the article, its file, its sealed form, its page.
