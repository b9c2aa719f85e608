//! Files that are still being written: read as far as they go, and their metadata changed without the text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod articles;

use articles::article;
use ovn_edition::{check, markdown, model::Article};
use proptest::{prelude::*, test_runner::TestRunner};

#[test]
fn what_is_about_the_article_is_changed_alone() {
    let config =
        ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    let good = article().prop_filter("a finding", |article| check::article(article).is_empty());
    let there_and_back = |article: Article| {
        let lines = markdown::about(&article);
        assert_eq!(markdown::with_about(&article, &lines).unwrap(), article, "{lines}");
        let file = markdown::write(&article);
        let read = markdown::unfinished(file.as_bytes()).unwrap();
        assert_eq!((read.article, read.problems), (article, vec![]), "{file}");
        Ok(())
    };
    TestRunner::new(config).run(&good, there_and_back).unwrap();
}

#[test]
fn an_unfinished_file_is_read_as_far_as_it_goes() {
    let check = |text: &str, expected: Result<(&str, usize, usize), &str>| {
        let read = markdown::unfinished(text.as_bytes());
        let read = read.as_ref().map(|read| {
            let article = &read.article;
            (article.headline.as_str(), article.body.len(), read.problems.len())
        });
        let read = read.map_err(|problems| problems[0].to_string());
        assert_eq!(read.as_ref().map_err(String::as_str), expected.as_ref().map_err(|it| *it));
    };
    check("---\nheadline: \"\"\nlang: en\nreferences: []\n---\n\n", Ok(("", 0, 0)));
    check("---\nheadline: A\nlang: en\n---\nWords [@nobody].\n", Ok(("A", 1, 0)));
    check("---\nheadline: A\nlang: en\n---\nWords [@].\n\nMore.\n", Ok(("A", 2, 1)));
    check(
        "---\nlang: en\n---\nWords.\n",
        Err(
            "line 2, column 1: the metadata has no headline; add a line such as `headline: What happened`",
        ),
    );
}

#[test]
fn what_is_wrong_beside_the_sheet_has_its_line() {
    let article = Article { lang: "en".into(), ..Article::default() };
    let check = |lines: &str, expected: &str| {
        let found = markdown::with_about(&article, lines).unwrap_err();
        assert_eq!(found[0].to_string(), expected, "{lines}");
    };
    check(
        "lang: en\nheadline: A\n",
        "line 2, column 1: the headline stands in the text; change it there, and take this line out",
    );
    check("byline: [A]\n", "line 1, column 1: there is no lang; add a line such as `lang: en`");
    check(
        "lang: en\nbylin: [A]\n",
        "line 2, column 1: the metadata has no key bylin; perhaps you mean byline",
    );
}
