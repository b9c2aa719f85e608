//! The words of a text with what each of them carries.

use super::{What, lists};
use crate::text::one_line;
use crate::{diff, fold, sentences};
use std::{collections::HashSet, ops::Range};

/// A word or sign and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// As written.
    pub(super) text: String,
    /// What it carries; [`What::Word`] for an ordinary word.
    pub(super) what: What,
    /// The form in which it is compared: folded, numbers in digits.
    pub(super) value: String,
}

/// The words and number signs of `text`; other punctuation and white space are none.
pub(super) fn of(text: &str, names: &HashSet<String>) -> Vec<Token> {
    let mut starts = sentences::of(text).into_iter().map(|range| range.start).peekable();
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    // The first word of a sentence may stand behind a quotation mark or a bracket.
    let mut opening = true;
    let mut before = ' ';
    for token in diff::tokens(text) {
        let range = at..at + token.len();
        at = range.end;
        while starts.next_if(|start| *start < range.end).is_some() {
            opening = true;
        }
        let next = text.get(range.end..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        if let Some((what, value)) = judge(token, before, next, opening, names) {
            opening = false;
            out.push(Token { range, text: token.to_owned(), what, value });
        }
        before = token.chars().last().unwrap_or(before);
    }
    out
}

/// What a token carries and its compared form; `None` for punctuation and white space.
fn judge(
    token: &str,
    before: char,
    next: char,
    opening: bool,
    names: &HashSet<String>,
) -> Option<(What, String)> {
    let is_sign = matches!(token, "%" | "٪" | "$" | "€" | "£" | "₨" | "₹" | "°");
    let is_minus =
        matches!(token, "-" | "−" | "–" | "+") && before.is_whitespace() && next.is_numeric();
    if is_sign || is_minus || (token == "-" && before.is_numeric() && next.is_numeric()) {
        return Some((What::Number, token.to_owned()));
    }
    let value = fold::spelling(token).join("");
    if value.is_empty() {
        return None;
    }
    if value.chars().any(char::is_numeric) {
        return Some((What::Number, value));
    }
    if let Some(number) = lists::number(&value) {
        return Some((What::Number, number.to_owned()));
    }
    if lists::denies(&value) {
        return Some((What::Negation, value));
    }
    let capital = token.starts_with(char::is_uppercase) && token != "I" && !token.starts_with("I'");
    let own_name = names.contains(&value) && (capital || !token.is_ascii());
    let what = if own_name || (capital && !opening) { What::Name } else { What::Word };
    let what =
        if what == What::Word && capital && !lists::is_common(&value) { What::Name } else { what };
    Some((what, value))
}

/// The tokens that share bytes with `range`.
pub(super) fn touched<'a>(tokens: &'a [Token], range: &Range<usize>) -> Vec<&'a Token> {
    let from = tokens.partition_point(|token| token.range.end <= range.start);
    let all = tokens.iter().skip(from);
    all.take_while(|token| token.range.start < range.end).collect()
}

/// Whether `came` may be `gone` with its spelling mended: the same words but for a letter or two in English, but for
/// variants of writing in Urdu; a word written twice may lose one.
pub(super) fn respelt(gone: &[&Token], came: &[&Token]) -> bool {
    let joined =
        |tokens: &[&Token]| tokens.iter().map(|token| token.value.as_str()).collect::<String>();
    // White space alone, or a word written apart and together.
    if joined(gone) == joined(came) {
        return true;
    }
    if gone.len() != came.len() {
        return false;
    }
    gone.iter().zip(came).all(|(old, new)| old.value == new.value || near(&old.value, &new.value))
}

/// Whether two different English words are so alike that one may be a slip for the other. Without a dictionary: two
/// common words are two words ("his", "her"); the first letter is seldom mistyped ("hired", "fired"); in a short word
/// a replaced letter makes another word ("won", "win"); and a prefix that denies is no slip ("legal", "illegal").
fn near(old: &str, new: &str) -> bool {
    let latin =
        |word: &str| word.chars().all(|letter| letter.is_alphabetic() && letter < '\u{250}');
    if !latin(old) || !latin(new) || (lists::is_common(old) && lists::is_common(new)) {
        return false;
    }
    let (long, short) = if old.len() >= new.len() { (old, new) } else { (new, old) };
    let denied = long.strip_suffix(short).is_some_and(lists::is_denying_prefix);
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let swapped = sorted(old) == sorted(new);
    let first = old.chars().next() == new.chars().next() || swapped;
    let longest = long.chars().count();
    if denied || !first || (longest <= 3 && long.len() == short.len() && !swapped) {
        return false;
    }
    let allowed = if longest <= 4 { 1 } else { 2 };
    (2..=40).contains(&longest) && distance(old, new) <= allowed
}

/// Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours.
fn distance(old: &str, new: &str) -> usize {
    let new: Vec<char> = new.chars().collect();
    let mut above: Vec<usize> = (0..=new.len()).collect();
    let mut two_above: Vec<usize> = Vec::new();
    let mut last = None;
    for (row, letter) in old.chars().enumerate() {
        let mut line = vec![row + 1];
        for (column, other) in new.iter().enumerate() {
            let cell = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(usize::MAX - 1);
            let corner = cell(&above, column) + usize::from(letter != *other);
            let mut best = corner.min(cell(&above, column + 1) + 1).min(cell(&line, column) + 1);
            let left = column.checked_sub(1).and_then(|left| Some((left, new.get(left)?)));
            if let Some((left, swapped)) = left
                && last == Some(*other)
                && *swapped == letter
            {
                best = best.min(cell(&two_above, left) + 1);
            }
            line.push(best);
        }
        two_above = std::mem::replace(&mut above, line);
        last = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}

/// What stands between quotation marks, white space squeezed, in order. A mark that nothing closes quotes to the end
/// of its line; marks of one pair and another are not told apart, so that curling them is a typo.
pub(super) fn quotations(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.lines() {
        let line = doubled(line);
        let mut parts = line.split(['"', '“', '”', '„', '«', '»', '‟']);
        parts.next();
        while let Some(inside) = parts.next() {
            out.push(one_line(inside));
            if parts.next().is_none() {
                break;
            }
        }
    }
    out
}

/// `line` with ‘single’ marks as double ones, apostrophes left alone: a ’ closes only what a ‘ has opened, and only
/// where no letter follows.
fn doubled(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut open = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let in_word = letters.peek().is_some_and(|next| next.is_alphanumeric());
        match letter {
            '‘' if !open => {
                open = true;
                out.push('"');
            }
            '’' if open && !in_word => {
                open = false;
                out.push('"');
            }
            _ => out.push(letter),
        }
    }
    out
}
