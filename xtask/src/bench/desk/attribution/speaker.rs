//! Direct quotations and who speaks them.

use super::{super::grid::Grid, Case, gold::Mark, listing::Listing, tally::Share, touches};
use ovn_desk::reading::Attribution;
use std::ops::Range;

/// Marks that open a quotation in these texts.
const OPEN: [&str; 6] = ["“", "\"", "''", "‘", "’’", "«"];

/// What was answered, and how often rightly.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    pub(super) answered: Share,
    pub(super) right: Share,
}

impl Speakers {
    /// Every marked attribution with a source whose content opens with a quotation mark is one question.
    pub(super) fn count(&mut self, case: &Case<'_>, listed: &mut Listing) {
        for mark in &case.gold {
            let Some(first) = mark.content.iter().min_by_key(|range| range.start) else { continue };
            let words = case.text.get(first.clone()).unwrap_or_default();
            if mark.source.is_empty() || !OPEN.iter().any(|open| words.starts_with(open)) {
                continue;
            }
            let answer = answer(case, first);
            self.answered.add(answer.is_some());
            match answer {
                Some(one) => {
                    let right = is_right(case, one, mark);
                    self.right.add(right);
                    if !right {
                        listed.speaker(case, mark, Some(one));
                    }
                }
                None => listed.speaker(case, mark, None),
            }
        }
    }

    pub(super) fn rows(&self, grid: &mut Grid) {
        self.answered.row("direct quotation: speaker answered", grid);
        self.right.row(
            "direct quotation: answer right (its words overlap the marked source, or its voice \
             has a mention that shares a capitalised word with it)",
            grid,
        );
    }
}

/// Our attribution, with a voice, of the quotation that begins the marked one.
fn answer<'a>(case: &'a Case<'_>, quoted: &Range<usize>) -> Option<&'a Attribution> {
    let reading = case.reading;
    let number = reading.quotes.iter().position(|quote| {
        let place = case.place(quote.run, &quote.outer);
        place.start < quoted.end && quoted.start < place.end
    })?;
    let one = reading.attributions.get(reading.attribution_of(number)?)?;
    one.voice.is_some().then_some(one)
}

fn is_right(case: &Case<'_>, one: &Attribution, mark: &Mark) -> bool {
    let source = one.source.as_ref().map(|range| case.place(one.run, range));
    if source.is_some_and(|place| touches(&mark.source, &place)) {
        return true;
    }
    let mut wanted = Vec::new();
    for range in &mark.source {
        wanted.extend(names(case.text.get(range.clone()).unwrap_or_default()));
    }
    let Some(voice) = one.voice.and_then(|at| case.reading.voices.get(at)) else { return false };
    let said = voice
        .mentions
        .iter()
        .filter_map(|(run, range)| case.reading.runs.get(*run)?.text.get(range.clone()));
    said.chain([voice.name.as_str()]).any(|words| names(words).any(|name| wanted.contains(&name)))
}

/// The words that begin with a capital letter and have more than two letters, lower case, without a possessive.
fn names(words: &str) -> impl Iterator<Item = String> {
    let pieces = words.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let pieces = pieces.filter(|word| word.chars().count() > 2);
    let pieces = pieces.filter(|word| word.starts_with(char::is_uppercase));
    let plain = ["The", "But", "And", "Mrs", "She", "They", "Gov", "Sen", "Rep"];
    pieces.filter(move |word| !plain.contains(word)).map(str::to_lowercase)
}
