//! A run of inline text as Markdown that reads back as the same run.
//!
//! Marks are written with `*` and `**`, emphasis with `_` in a run that also has strong emphasis, so that two runs of
//! delimiters never touch. Where CommonMark's flanking rules would not let a delimiter open or close, the character
//! beside it is written as an entity, which counts as punctuation.

use crate::model::{Citation, Inline, Mark};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Paragraph,
    Heading,
    Cell,
}

enum Token {
    Letter {
        letter: char,
        entity: bool,
    },
    Open(&'static str),
    Close(&'static str),
    /// Finished Markdown; begins and ends with ASCII punctuation.
    Raw(String),
    Line,
}

/// The Markdown of a run; line breaks in it are those of the model.
pub(super) fn run(content: &[Inline], place: Where) -> String {
    let mut tokens = tokens(content, place);
    while flank(&mut tokens) {}
    spell(&tokens, place)
}

fn tokens(content: &[Inline], place: Where) -> Vec<Token> {
    let strong = content.iter().any(
        |inline| matches!(inline, Inline::Text { marks, .. } if marks.contains(&Mark::Strong {})),
    );
    let em = if strong { "_" } else { "*" };
    let sets = covers(content);
    let mut out = Vec::new();
    let mut open: Vec<&Mark> = Vec::new();
    for (inline, marks) in content.iter().zip(sets) {
        let shared = open.iter().zip(&marks).take_while(|(a, b)| a == b).count();
        while open.len() > shared {
            if let Some(mark) = open.pop() {
                out.push(close(mark, em));
            }
        }
        for mark in marks.into_iter().skip(shared) {
            out.push(match mark {
                Mark::Em {} => Token::Open(em),
                Mark::Strong {} | Mark::Code {} => Token::Open("**"),
                Mark::Link { .. } => Token::Raw("[".into()),
            });
            open.push(mark);
        }
        match inline {
            Inline::Text { text, marks } if marks.contains(&Mark::Code {}) => {
                out.push(Token::Raw(code(text, place)))
            }
            Inline::Text { text, .. } => {
                out.extend(text.chars().map(|letter| Token::Letter { letter, entity: false }));
            }
            Inline::Cite { items } => out.push(Token::Raw(cite(items))),
            Inline::Break {} => out.extend([Token::Raw("\\".into()), Token::Line]),
        }
    }
    out.extend(open.into_iter().rev().map(|mark| close(mark, em)));
    out
}

/// The marks that each inline stands in; citations and breaks stand in what both sides share.
fn covers(content: &[Inline]) -> Vec<Vec<&Mark>> {
    let own = |inline: &Inline| matches!(inline, Inline::Text { .. });
    let mut after: Vec<&Mark> = Vec::new();
    let mut behind: Vec<Vec<&Mark>> = Vec::new();
    for inline in content.iter().rev() {
        behind.push(after.clone());
        if own(inline) {
            after = marks(inline);
        }
    }
    let mut before: Vec<&Mark> = Vec::new();
    let mut out = Vec::new();
    for (inline, after) in content.iter().zip(behind.into_iter().rev()) {
        if own(inline) {
            before = marks(inline);
            out.push(before.clone());
        } else {
            let shared = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
            out.push(before.iter().take(shared).copied().collect());
        }
    }
    out
}

fn marks(inline: &Inline) -> Vec<&Mark> {
    match inline {
        Inline::Text { marks, .. } => {
            marks.iter().filter(|mark| !matches!(mark, Mark::Code {})).collect()
        }
        _ => Vec::new(),
    }
}

fn close(mark: &Mark, em: &'static str) -> Token {
    match mark {
        Mark::Em {} => Token::Close(em),
        Mark::Strong {} | Mark::Code {} => Token::Close("**"),
        Mark::Link { href, title: words } => {
            Token::Raw(format!("]({}{})", address(href), title(words)))
        }
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Side {
    Space,
    Punctuation,
    Word,
    /// Not surely one of the others, whatever version of Unicode the reader has.
    Unsure,
}

fn side(token: Option<&Token>) -> Side {
    match token {
        None | Some(Token::Line) => Side::Space,
        Some(Token::Letter { entity: false, letter }) => match letter {
            _ if letter.is_whitespace() => Side::Space,
            _ if letter.is_ascii_punctuation() => Side::Punctuation,
            _ if letter.is_alphanumeric() => Side::Word,
            _ => Side::Unsure,
        },
        Some(_) => Side::Punctuation,
    }
}

/// Turns letters into entities where a delimiter needs it; says whether it turned any.
fn flank(tokens: &mut [Token]) -> bool {
    let mut turn = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (inner, outer, delimiter) = match token {
            Token::Open(delimiter) => (Some(at + 1), at.checked_sub(1), *delimiter),
            Token::Close(delimiter) => (at.checked_sub(1), Some(at + 1), *delimiter),
            _ => continue,
        };
        let look = |at: Option<usize>| side(at.and_then(|at| tokens.get(at)));
        if look(inner) == Side::Space {
            turn.extend(inner);
        }
        let free = delimiter != "_" && look(inner) == Side::Word;
        if !free && matches!(look(outer), Side::Word | Side::Unsure) {
            turn.extend(outer);
        }
    }
    let mut turned = false;
    for at in turn {
        if let Some(Token::Letter { entity, .. }) = tokens.get_mut(at)
            && !*entity
        {
            *entity = true;
            turned = true;
        }
    }
    turned
}

fn spell(tokens: &[Token], place: Where) -> String {
    let mut out = String::new();
    let mut line = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match token {
            Token::Open(text) | Token::Close(text) => out.push_str(text),
            Token::Raw(text) => out.push_str(text),
            Token::Line => {
                out.push('\n');
                line = out.len();
            }
            Token::Letter { letter, entity } => {
                let written = out.get(line..).unwrap_or_default();
                let end = match next {
                    None => true,
                    Some(Token::Raw(text)) => text == "\\",
                    _ => false,
                };
                let edge = letter.is_whitespace() && (written.is_empty() || end);
                if *entity || edge {
                    out.push_str(&format!("&#{};", u32::from(*letter)));
                    continue;
                }
                if escapes(*letter, before, next, written, place) {
                    out.push('\\');
                }
                out.push(*letter);
            }
        }
    }
    out
}

fn escapes(
    letter: char,
    before: Option<&Token>,
    next: Option<&Token>,
    line: &str,
    place: Where,
) -> bool {
    let beside = |token: Option<&Token>, test: fn(&char) -> bool| matches!(token, Some(Token::Letter { letter, entity: false }) if test(letter));
    match letter {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' => true,
        '&' => beside(next, |next| next.is_ascii_alphanumeric() || *next == '#'),
        '!' => matches!(next, Some(Token::Raw(text)) if text.starts_with('[')),
        '(' | ':' if matches!(before, Some(Token::Raw(_))) => true,
        '@' => !beside(before, |before| before.is_alphanumeric()),
        '#' if place == Where::Heading => true,
        '-' | '+' | '=' | '#' | '>' | ':' | '~' => line.is_empty(),
        '.' | ')' => {
            (1..=9).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// The longest row of `letter` in `text`.
pub(super) fn longest(text: &str, letter: char) -> usize {
    text.split(|other| other != letter).map(str::len).max().unwrap_or(0)
}

fn code(text: &str, place: Where) -> String {
    let longest = longest(text, '`');
    let mut fence = 1;
    while fence <= longest && text.split(|other| other != '`').any(|row| row.len() == fence) {
        fence += 1;
    }
    let fence = "`".repeat(fence);
    let padded = text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ')
            && text.ends_with(' ')
            && text.chars().any(|letter| letter != ' '));
    let space = if padded { " " } else { "" };
    let text = if place == Where::Cell { text.replace('|', "\\|") } else { text.to_owned() };
    format!("{fence}{space}{text}{space}{fence}")
}

fn cite(items: &[Citation]) -> String {
    let one = |item: &Citation| {
        let space = if item.prefix.is_empty() { "" } else { " " };
        let comma = if item.locator.is_empty() { "" } else { ", " };
        format!("{}{space}@{}{comma}{}", plain(&item.prefix), item.id, plain(&item.locator))
    };
    format!("[{}]", items.iter().map(one).collect::<Vec<_>>().join("; "))
}

/// Words inside brackets, with everything escaped that could mean something there.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if "\\`*_[]<>&@;|!".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A link's title or a picture's caption, in quotes after a space; nothing for an empty one.
pub(super) fn title(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = String::from(" \"");
    for letter in text.chars() {
        match letter {
            '|' => out.push_str("&#124;"),
            '"' | '\\' | '`' | '&' | '<' | '*' | '_' | '[' | ']' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// A link's address; `check` has refused white space and what no address holds.
pub(super) fn address(href: &str) -> String {
    let mut out = String::new();
    for letter in href.chars() {
        if matches!(letter, '(' | ')' | '*') || (letter == '&' && href.contains(';')) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
