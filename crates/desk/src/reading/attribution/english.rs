//! English attributions.

use super::{Attribution, Form};
use crate::{lists::List, reading::Reading};
use std::sync::LazyLock;

static CUES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/cues.txt")));

pub(super) fn of(reading: &Reading<'_>) -> Vec<Attribution> {
    let mut out = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let (tokens, first) = reading.tokens_of(number);
        let Some(hit) = CUES.hits(tokens, 0..tokens.len()).into_iter().next() else { continue };
        let cue = reading.bytes(sentence.run, hit.tokens.start + first..hit.tokens.end + first);
        let source = (hit.tokens.start > 0)
            .then(|| reading.bytes(sentence.run, first..first + hit.tokens.start));
        let content = vec![(sentence.run, cue.end..sentence.range.end)];
        let (run, form) = (sentence.run, Form::Indirect);
        out.push(Attribution { run, sentence: number, form, source, cue, content, voice: None });
    }
    out
}
