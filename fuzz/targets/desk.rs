//! The desk on any text: a report whose places are places of the text, and the same report twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_desk::{again, all, reading::Reading, report};
use ovn_edition::{
    model::{Article, Block, Inline},
    report::House,
};

fuzz_target!(|parts: (bool, &str, &str)| {
    let (urdu, headline, body) = parts;
    let paragraph = |words: &str| Block::Paragraph {
        content: vec![Inline::Text { text: words.to_owned(), marks: Vec::new() }],
    };
    let article = Article {
        lang: if urdu { "ur".to_owned() } else { "en".to_owned() },
        headline: headline.to_owned(),
        body: body.split('\n').filter(|line| !line.is_empty()).map(paragraph).collect(),
        ..Article::default()
    };
    let on = all().iter().map(|rule| rule.id.to_owned()).collect();
    let made = report(&article, &House { on, ..House::default() });
    let reading = Reading::of(&article);
    for spot in made.findings.iter().flat_map(|finding| &finding.at) {
        let run = reading.runs.iter().find(|run| run.block == spot.block && run.number == spot.run);
        let range = spot.from as usize..spot.to as usize;
        assert_eq!(run.and_then(|run| run.text.get(range)), Some(spot.words.as_str()));
    }
    assert_eq!(again(&article, &made), Ok(made));
});
