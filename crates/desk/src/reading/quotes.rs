//! Quotations: spans between quotation marks of any of the kinds that English and Urdu texts use.
//!
//! A mark that is not closed quotes to the end of its run, as when a quotation goes on in the next paragraph. Single
//! marks are also apostrophes, so a quotation between them counts only when both ends are clear.

use super::runs::{Part, Run};
use std::ops::Range;

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Which run.
    pub run: usize,
    /// Its bytes with the marks.
    pub outer: Range<usize>,
    /// Its bytes without them.
    pub inner: Range<usize>,
    /// Whether a closing mark ends it; one that is not closed ends with its run.
    pub closed: bool,
}

/// The quotations of all runs. A quotation that is set off from the text is one, marks or not.
pub(super) fn of(runs: &[Run]) -> Vec<Quote> {
    let mut out = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        if run.part == Part::Quotation {
            let all = 0..run.text.len();
            out.push(Quote { run: at, outer: all.clone(), inner: all, closed: true });
        } else {
            out.extend(marked(at, &run.text));
        }
    }
    out
}

/// A mark in the text: one letter, or two apostrophes that stand for one.
#[derive(Debug, Clone, Copy)]
struct Mark {
    from: usize,
    to: usize,
    kind: char,
    /// The letters on both sides; a space at the ends.
    before: char,
    after: char,
}

impl Mark {
    /// Whether it can open: nothing, a space or an opening mark before it, something after it.
    fn opens(self) -> bool {
        let clear = !self.before.is_alphanumeric() && !matches!(self.before, '.' | ',' | '!' | '?');
        clear && !self.after.is_whitespace() && !matches!(self.after, ',' | '.' | ')')
    }

    /// Whether it can close: something before it, no letter after it.
    fn closes(self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }
}

/// An open quotation.
#[derive(Debug, Clone, Copy)]
struct Open {
    mark: Mark,
    /// Quotations of the same kind that opened inside it.
    depth: usize,
}

fn marked(run: usize, text: &str) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<Open> = None;
    let mut single: Option<Mark> = None;
    let mut doubtful: Option<Mark> = None;
    for mark in marks(text) {
        if let Some(now) = open.as_mut() {
            if matches!(now.mark.kind, '“' | '"') && mark.kind == '“' && mark.opens() {
                now.depth += 1;
            } else if now.depth > 0 && mark.kind == '”' {
                now.depth -= 1;
            } else if is_end(now.mark.kind, mark) {
                out.push(quote(run, now.mark, Some(mark), text));
                open = None;
            }
            continue;
        }
        if is_start(mark) {
            open = Some(Open { mark, depth: 0 });
            (single, doubtful) = (None, None);
            continue;
        }
        match (single, mark.kind) {
            (Some(from), '’' | '\'')
                if mark.closes() && (mark.kind == '\'') == (from.kind == '\'') =>
            {
                // The plural possessive looks the same: believed only when nothing better follows.
                if matches!(mark.before, 's' | 'S') && mark.after == ' ' && doubtful.is_none() {
                    doubtful = Some(mark);
                } else {
                    out.push(quote(run, from, Some(mark), text));
                    (single, doubtful) = (None, None);
                }
            }
            (_, '‘' | '\'') if mark.opens() => {
                if let (Some(from), Some(to)) = (single, doubtful) {
                    out.push(quote(run, from, Some(to), text));
                }
                (single, doubtful) = (Some(mark), None);
            }
            _ => {}
        }
    }
    if let (Some(from), Some(to)) = (single, doubtful) {
        out.push(quote(run, from, Some(to), text));
    }
    if let Some(now) = open {
        // Two unclosed marks of which the first was a slip would swallow the paragraph: the text decides, not we.
        out.push(quote(run, now.mark, None, text));
    }
    out
}

fn quote(run: usize, from: Mark, to: Option<Mark>, text: &str) -> Quote {
    let (inner, outer) = to.map_or((text.len(), text.len()), |mark| (mark.from, mark.to));
    Quote { run, outer: from.from..outer, inner: from.to..inner, closed: to.is_some() }
}

/// Whether `mark` opens a quotation between double marks or pointed ones.
fn is_start(mark: Mark) -> bool {
    match mark.kind {
        '“' | '«' | '„' => true,
        '”' | '"' => mark.opens() && !mark.before.is_numeric(),
        _ => false,
    }
}

/// Whether `mark` ends a quotation that a mark of the kind `opened` began.
fn is_end(opened: char, mark: Mark) -> bool {
    match opened {
        '“' => mark.kind == '”' || (mark.kind == '"' && mark.closes()),
        '«' => mark.kind == '»',
        '„' => matches!(mark.kind, '“' | '”'),
        '”' => matches!(mark.kind, '“' | '”'),
        _ => (mark.kind == '"' || mark.kind == '”') && (mark.closes() || !mark.opens()),
    }
}

/// The marks of `text`, from left to right. Two apostrophes side by side are one straight double mark.
fn marks(text: &str) -> impl Iterator<Item = Mark> {
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        loop {
            let (from, letter) = letters.next()?;
            let mut to = from + letter.len_utf8();
            let mut kind = letter;
            if matches!(letter, '\'' | '’' | '`')
                && let Some((_, next)) =
                    letters.next_if(|(_, next)| matches!(next, '\'' | '’' | '`'))
            {
                to += next.len_utf8();
                kind = '"';
            }
            let after = letters.peek().map_or(' ', |(_, next)| *next);
            let mark = Mark { from, to, kind, before, after };
            before = letter;
            if matches!(kind, '“' | '”' | '«' | '»' | '„' | '"' | '‘' | '’' | '\'') {
                return Some(mark);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_mark() {
        let check = |text: &str, expected: &[&str]| {
            let found = marked(0, text);
            let found: Vec<&str> = found.iter().map(|one| &text[one.inner.clone()]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("He said “no” and \"yes\".", &["no", "yes"]);
        check("«Oui», „nein“, ”ja”.", &["Oui", "nein", "ja"]);
        check("It's the workers' ‘last’ chance, he said.", &["last"]);
        check("The 'free' market of the '90s wasn't theirs.", &["free"]);
        check("''So it is,'' she said.", &["So it is,"]);
        check("“He told me ‘go’ and I went,” she said.", &["He told me ‘go’ and I went,"]);
        check("“She cried “stop” and ran,” he said.", &["She cried “stop” and ran,"]);
        check("\"As they ask: “Who?” So do I,\" she said.", &["As they ask: “Who?” So do I,"]);
        check("A 6\" pipe and a 9\" one.", &[]);
        check("“It goes on", &["It goes on"]);
        check("It ends” here “and” there.", &["and"]);
        check("‘The mayors’ plan’ failed.", &["The mayors’ plan"]);
        check("", &[]);
    }

    #[test]
    fn a_mark_left_open_says_so() {
        let found = marked(0, "She said: “It goes on");
        assert_eq!(found.len(), 1);
        assert!(!found[0].closed);
        assert_eq!(found[0].outer, 10..23);
    }
}
