//! Two texts compared: nothing of either is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::{
    diff::{articles, words},
    html,
    model::{Article, Block, Inline},
};

fuzz_target!(|texts: (&str, &str)| {
    let (old, new) = texts;
    let _ = words(old, new);
    let article = |text: &str| Article {
        lang: "en".to_owned(),
        headline: text.chars().take(40).collect(),
        body: text
            .split('\n')
            .map(|line| Block::Paragraph {
                content: vec![Inline::Text { text: line.to_owned(), marks: Vec::new() }],
            })
            .collect(),
        ..Article::default()
    };
    let changes = articles(&article(old), &article(new));
    let _ = html::changes(&changes, "en");
});
