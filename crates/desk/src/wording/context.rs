//! What stands around a word: a name, a sentence that credits somebody, an article of opinion.

use crate::reading::{Attribution, Reading, Token};
use ovn_edition::{fold, model::Article};
use std::ops::Range;

/// Words that say that somebody speaks, where the reading finds no attribution.
const SAYING: [&str; 24] = [
    "said",
    "says",
    "saying",
    "say",
    "according",
    "reported",
    "announced",
    "told",
    "accused",
    "accuses",
    "accusing",
    "argued",
    "argues",
    "called",
    "calls",
    "calling",
    "wrote",
    "writes",
    "tweeted",
    "asked",
    "described",
    "describes",
    "labelled",
    "labeled",
];

/// Sections whose articles speak for their writers.
const OPINION: [&str; 17] = [
    "opinion",
    "opinions",
    "comment",
    "commentary",
    "editorial",
    "editorials",
    "op ed",
    "column",
    "columns",
    "letters",
    "review",
    "reviews",
    "blog",
    "رائے",
    "اداریہ",
    "کالم",
    "تبصرہ",
];

/// Whether sentence number `at` credits somebody with something; `but` says which attributions do not count.
pub(crate) fn is_reported(
    reading: &Reading<'_>,
    at: usize,
    but: &dyn Fn(&Attribution) -> bool,
) -> bool {
    let credits = attributions(reading, at..at + 1).iter().any(|one| !but(one));
    let (tokens, _) = reading.tokens_of(at);
    credits || tokens.iter().any(|token| SAYING.contains(&token.low.as_str()))
}

/// The attributions whose cues stand in these sentences.
pub(crate) fn attributions<'a>(
    reading: &'a Reading<'_>,
    sentences: Range<usize>,
) -> &'a [Attribution] {
    let all = &reading.attributions;
    let from = all.partition_point(|one| one.sentence < sentences.start);
    let to = all.partition_point(|one| one.sentence < sentences.end);
    all.get(from..to).unwrap_or_default()
}

/// Whether these tokens stand in a name: a capital letter inside a sentence that is not all in capital letters.
pub(super) fn is_name(tokens: &[Token], sentence: &Range<usize>, hit: &Range<usize>) -> bool {
    let all = tokens.get(sentence.clone()).unwrap_or_default();
    let first = all.iter().position(Token::is_word).map_or(0, |at| at + sentence.start);
    let capital =
        tokens.get(hit.clone()).is_some_and(|words| words.iter().any(|word| word.capital));
    if !capital || is_title(all) {
        return false;
    }
    let next = tokens.get(hit.end).is_some_and(|word| word.capital);
    hit.start > first || next
}

/// Whether a sentence is set like a title, most of its longer words with capital letters.
fn is_title(tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|word| word.is_word() && word.low.chars().count() > 3);
    let (all, capital) =
        long.fold((0, 0), |(all, capital), word| (all + 1, capital + usize::from(word.capital)));
    all >= 3 && capital * 10 >= all * 7
}

/// Whether the article stands in a section of opinion, where judgement is what readers come for.
pub(crate) fn is_opinion(article: &Article) -> bool {
    article.sections.iter().any(|name| {
        let name = fold::text(&name.replace(['-', '_', '&'], " "));
        let opens = |word: &str| {
            name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        OPINION.iter().any(|word| opens(&fold::text(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_opinion() {
        let check = |section: &str, expected: bool| {
            let article = Article { sections: vec![section.to_owned()], ..Article::default() };
            assert_eq!(is_opinion(&article), expected, "{section}");
        };
        check("Opinion", true);
        check("op-ed", true);
        check("Opinion & Analysis", true);
        check("رائے", true);
        check("Politics", false);
        check("Commentators at sea", false);
    }
}
