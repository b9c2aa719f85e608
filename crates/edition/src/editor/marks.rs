//! In which order marks nest: the document has a set for each text, the model an order.
//!
//! A mark that covers more pieces stands outside of one that covers fewer, so that `**bold with *stress* inside**`
//! is two marks and not three; what covers the same pieces stands in the schema's order, and code innermost.

use super::schema::schema;
use crate::model::{Inline, Mark};

/// Puts the marks of a run in the order in which they nest.
pub(super) fn nest(run: &mut [Inline]) {
    let reach = reaches(run);
    let mut open: Vec<Mark> = Vec::new();
    for (inline, mut reach) in run.iter_mut().zip(reach) {
        let Inline::Text { marks, .. } = inline else {
            open.clear();
            continue;
        };
        let stay = open.iter().take_while(|mark| marks.contains(mark)).count();
        open.truncate(stay);
        reach.retain(|(mark, _)| !open.contains(mark));
        reach.sort_by_key(|(mark, reach)| (std::cmp::Reverse(*reach), rank(mark)));
        open.extend(reach.into_iter().map(|(mark, _)| mark));
        marks.clone_from(&open);
        marks.sort_by_key(|mark| matches!(mark, Mark::Code {}));
    }
}

/// For each piece its marks, each with the number of pieces that it goes on over from here.
fn reaches(run: &[Inline]) -> Vec<Vec<(Mark, usize)>> {
    let mut out: Vec<Vec<(Mark, usize)>> = Vec::with_capacity(run.len());
    for inline in run.iter().rev() {
        let marks = match inline {
            Inline::Text { marks, .. } => marks.as_slice(),
            _ => &[],
        };
        let next = out.last().map_or(&[][..], Vec::as_slice);
        let goes_on = |mark: &Mark| {
            next.iter().find(|(other, _)| other == mark).map_or(1, |(_, reach)| reach + 1)
        };
        out.push(marks.iter().map(|mark| (mark.clone(), goes_on(mark))).collect());
    }
    out.reverse();
    out
}

/// Where a mark stands in the schema's order.
pub(super) fn rank(mark: &Mark) -> usize {
    let name = match mark {
        Mark::Link { .. } => "link",
        Mark::Em {} => "em",
        Mark::Strong {} => "strong",
        Mark::Code {} => "code",
    };
    schema().rank(name).unwrap_or(usize::MAX)
}
