//! A strict reader of the HTML that our pages are written in.
//!
//! It knows far less than a browser and refuses the rest: comments, unquoted attributes, stray characters. So there is
//! no spelling that it reads one way and a browser another.

use std::fmt;

/// A piece of HTML, white space collapsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A start tag; attributes in order of their names.
    Open { name: String, attributes: Attributes },
    /// An end tag.
    Close(String),
    /// Text with a single space for each run of white space; never only white space.
    Text(String),
}

impl Token {
    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { name, attributes } => {
                write!(out, "<{name}")?;
                attributes.iter().try_for_each(|(key, value)| write!(out, " {key}=\"{value}\""))?;
                write!(out, ">")
            }
            Self::Close(name) => write!(out, "</{name}>"),
            Self::Text(text) => write!(out, "“{text}”"),
        }
    }
}

/// Why a page is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    #[error("there is markup at byte {0} that a page of ours never has")]
    Markup(usize),
    #[error("the character reference at byte {0} is not one that our pages use")]
    Reference(usize),
    #[error("<{0}> may not stand in a sealed article")]
    Element(String),
    #[error("the tags do not match at </{0}>")]
    Nesting(String),
    #[error("it has {0} <article> elements instead of one")]
    Articles(usize),
}

/// Elements without an end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "link" | "meta" | "source" | "wbr")
}

const RAW: [&str; 3] = ["script", "style", "title"];
const DRAWN: [&str; 5] = ["circle", "g", "line", "path", "rect"];
const NEVER: [&str; 9] =
    ["base", "embed", "frame", "iframe", "noscript", "object", "plaintext", "template", "xmp"];

/// The tokens of the one `<article>` in `html`, its own tags included.
pub(crate) fn article(html: &str) -> Result<Vec<Token>, Error> {
    let tokens = read(html)?;
    let starts = tokens.iter().filter(|token| is_article(token)).count();
    if starts != 1 {
        return Err(Error::Articles(starts));
    }
    let mut depth = 0_usize;
    let mut out = Vec::new();
    for token in tokens.into_iter().skip_while(|token| !is_article(token)) {
        match &token {
            Token::Open { name, .. } if RAW.contains(&name.as_str()) => {
                return Err(Error::Element(name.clone()));
            }
            Token::Open { name, .. } if !is_void(name) => depth += 1,
            Token::Close(_) => depth -= 1,
            _ => {}
        }
        out.push(token);
        if depth == 0 {
            break;
        }
    }
    Ok(out)
}

fn is_article(token: &Token) -> bool {
    matches!(token, Token::Open { name, .. } if name == "article")
}

fn read(html: &str) -> Result<Vec<Token>, Error> {
    let mut reader = Reader { html, at: 0 };
    let mut out = Vec::new();
    let mut open: Vec<String> = Vec::new();
    reader.skip_doctype();
    while let Some(rest) = reader.rest() {
        if rest.starts_with("</") {
            let name = reader.close()?;
            if open.pop().as_deref() != Some(name.as_str()) {
                return Err(Error::Nesting(name));
            }
            out.push(Token::Close(name));
        } else if rest.starts_with('<') {
            let (name, attributes, closed) = reader.open()?;
            // "/>" ends an element in drawings only; on any other a browser ignores it.
            if closed && !(DRAWN.contains(&name.as_str()) && open.iter().any(|one| one == "svg")) {
                return Err(Error::Markup(reader.at));
            }
            if NEVER.contains(&name.as_str()) {
                return Err(Error::Element(name));
            }
            if RAW.contains(&name.as_str()) {
                reader.skip_raw(&name)?;
            }
            if !is_void(&name) && !closed {
                open.push(name.clone());
            }
            out.push(Token::Open { name: name.clone(), attributes });
            if closed {
                out.push(Token::Close(name));
            }
        } else {
            let text = reader.text()?;
            if !text.trim().is_empty() {
                out.push(Token::Text(text));
            }
        }
    }
    match open.pop() {
        Some(name) => Err(Error::Nesting(name)),
        None => Ok(out),
    }
}

type Attributes = Vec<(String, String)>;

struct Reader<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> Option<&'a str> {
        self.html.get(self.at..).filter(|rest| !rest.is_empty())
    }

    fn skip_doctype(&mut self) {
        let head = self.html.get(..15).unwrap_or_default();
        if head.eq_ignore_ascii_case("<!doctype html>") {
            self.at = 15;
        }
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest().unwrap_or_default();
        let end = rest.find(stop).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn take(&mut self, text: &str) -> Result<(), Error> {
        if self.rest().is_some_and(|rest| rest.starts_with(text)) {
            self.at += text.len();
            return Ok(());
        }
        Err(Error::Markup(self.at))
    }

    fn name(&mut self) -> Result<String, Error> {
        let name =
            self.until(|c| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-' && c != ':');
        let good = name.starts_with(|c: char| c.is_ascii_lowercase());
        if good { Ok(name.to_owned()) } else { Err(Error::Markup(self.at)) }
    }

    fn space(&mut self) -> bool {
        !self.until(|c| !matches!(c, ' ' | '\n' | '\t' | '\r')).is_empty()
    }

    fn close(&mut self) -> Result<String, Error> {
        self.take("</")?;
        let name = self.name()?;
        self.take(">")?;
        Ok(name)
    }

    /// Name, attributes, and whether it ends in itself.
    fn open(&mut self) -> Result<(String, Attributes, bool), Error> {
        self.take("<")?;
        let name = self.name()?;
        let mut attributes = Attributes::new();
        while self.space() && !self.rest().is_some_and(|rest| rest.starts_with(['>', '/'])) {
            let at = self.at;
            let key = self.attribute_name()?;
            let value = if self.take("=\"").is_ok() {
                let start = self.at;
                let raw = self.until(|c| c == '"');
                self.take("\"")?;
                unescape(raw, start)?
            } else {
                String::new()
            };
            if attributes.iter().any(|(known, _)| *known == key) {
                return Err(Error::Markup(at));
            }
            attributes.push((key, value));
        }
        let closed = self.take("/").is_ok();
        self.take(">")?;
        attributes.sort();
        Ok((name, attributes, closed))
    }

    /// Inside SVG, attribute names have capitals; elsewhere none of ours does.
    fn attribute_name(&mut self) -> Result<String, Error> {
        let name = self.until(|c| !c.is_ascii_alphanumeric() && c != '-' && c != ':');
        let good = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if good { Ok(name.to_owned()) } else { Err(Error::Markup(self.at)) }
    }

    fn skip_raw(&mut self, name: &str) -> Result<(), Error> {
        let end = format!("</{name}>");
        let found = self.rest().and_then(|rest| rest.find(&end)).ok_or(Error::Markup(self.at))?;
        let raw = self.html.get(self.at..self.at + found).unwrap_or_default();
        // Another spelling of the end tag, or a comment, could end the element earlier in a browser.
        if raw.contains("<!--") || raw.to_ascii_lowercase().contains(&format!("</{name}")) {
            return Err(Error::Markup(self.at));
        }
        self.at += found;
        Ok(())
    }

    fn text(&mut self) -> Result<String, Error> {
        let start = self.at;
        let raw = self.until(|c| c == '<');
        let text = unescape(raw, start)?;
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let space = matches!(c, ' ' | '\n' | '\t' | '\r');
            if !(space && out.ends_with(' ')) {
                out.push(if space { ' ' } else { c });
            }
        }
        Ok(out)
    }
}

fn unescape(raw: &str, start: usize) -> Result<String, Error> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let wrong = Error::Reference(start + raw.len() - after.len() - 1);
        let (name, tail) = after.split_once(';').ok_or_else(|| wrong.clone())?;
        out.push(reference(name).ok_or(wrong)?);
        rest = tail;
    }
    out.push_str(rest);
    if out.contains('\0') { Err(Error::Markup(start)) } else { Ok(out) }
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Browsers replace references to some controls; none of ours needs one.
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}
