//! From bytes to the lines of a page: one per paragraph, whether plain text or HTML.

use super::Error;
use ovn_edition::markdown::MAX_BYTES;
use scraper::{Html, Node};

/// One paragraph, headline or label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether HTML calls it the page's main heading.
    pub(super) main: bool,
}

pub(super) fn lines(bytes: &[u8], name: &str) -> Result<Vec<Line>, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::Size);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (good, rest) = bytes.split_at_checked(error.valid_up_to()).unwrap_or((bytes, &[]));
        let good = std::str::from_utf8(good).unwrap_or_default();
        Error::Encoding {
            line: good.matches('\n').count() + 1,
            column: good.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            byte: rest.first().copied().unwrap_or_default(),
        }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lower = name.to_ascii_lowercase();
    let html =
        lower.ends_with(".html") || lower.ends_with(".htm") || text.trim_start().starts_with('<');
    if !html {
        return Ok(plain(text));
    }
    if deep(text) { Err(Error::Depth) } else { Ok(markup(text)) }
}

/// Whether more than 500 elements are open at once, which real pages never have and which the HTML standard's rules
/// make slow to parse. Elements that need no end tag are not counted.
fn deep(text: &str) -> bool {
    const OPEN: [&str; 20] = [
        "area", "base", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta",
        "option", "p", "source", "td", "th", "tr", "!doctype", "wbr",
    ];
    let mut depth = 0_usize;
    for tag in text.split('<').skip(1) {
        let name = tag.split(|letter: char| letter.is_whitespace() || letter == '>').next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        match name.strip_prefix('/') {
            Some(name) if !OPEN.contains(&name) => depth = depth.saturating_sub(1),
            None if name.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && !name.ends_with('/')
                && !OPEN.contains(&name.as_str()) =>
            {
                depth += 1;
            }
            _ => {}
        }
        if depth > 500 {
            return true;
        }
    }
    false
}

/// A line that is long and ends without a full stop goes on in the next one; mail and old pages wrap their text.
fn plain(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let line = clean(line);
        let line = line.trim();
        match out.last_mut() {
            _ if line.is_empty() => {}
            Some(last) if goes_on => {
                last.text.push(' ');
                last.text.push_str(line);
            }
            _ => out.push(Line { text: line.to_owned(), main: false }),
        }
        let count = line.chars().count();
        goes_on = (50..=100).contains(&count)
            && !line.ends_with(['.', '!', '?', '۔', '؟', ':', '”', '"']);
    }
    out
}

/// Control characters out, tabs as spaces; everything else stays as it is.
fn clean(line: &str) -> String {
    let plain = line.chars().map(|letter| if letter == '\t' { ' ' } else { letter });
    plain
        .filter(|letter| {
            !letter.is_control() && !matches!(letter, '\u{feff}' | '\u{2028}' | '\u{2029}')
        })
        .collect()
}

fn markup(text: &str) -> Vec<Line> {
    const SKIP: [&str; 13] = [
        "aside", "button", "figure", "footer", "form", "head", "iframe", "nav", "noscript",
        "script", "style", "svg", "template",
    ];
    const INLINE: [&str; 18] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "small",
        "span", "strong", "sub", "sup", "time",
    ];
    let page = Html::parse_document(text);
    let mut out = Vec::new();
    let mut buffer = String::new();
    let mut skipped = 0_usize;
    let mut main = false;
    // A walk without recursion: down to the first child, else on to the next sibling, else up.
    let mut node = page.tree.root();
    let mut opens = true;
    loop {
        match node.value() {
            Node::Text(text) if opens && skipped == 0 => buffer.push_str(text.as_ref()),
            Node::Element(element) => {
                let name = element.name();
                if SKIP.contains(&name) {
                    skipped = if opens { skipped + 1 } else { skipped.saturating_sub(1) };
                }
                if !INLINE.contains(&name) {
                    flush(&mut out, &mut buffer, main);
                    main = opens && name == "h1";
                }
            }
            _ => {}
        }
        let (next, down) = match node.first_child().filter(|_| opens) {
            Some(child) => (Some(child), true),
            None if opens => (Some(node), false),
            None => match node.next_sibling() {
                Some(sibling) => (Some(sibling), true),
                None => (node.parent(), false),
            },
        };
        let Some(next) = next else { break };
        (node, opens) = (next, down);
    }
    flush(&mut out, &mut buffer, main);
    out
}

fn flush(out: &mut Vec<Line>, buffer: &mut String, main: bool) {
    let spaced = buffer.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let text = clean(&spaced);
    if !text.trim().is_empty() {
        out.push(Line { text: text.trim().to_owned(), main });
    }
    buffer.clear();
}
