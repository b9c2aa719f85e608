//! Blanks comments and literals out of Rust source and finds what stands under `#[cfg(test)]`.

use std::ops::Range;

/// A string literal: where it starts and what stands between its quotes, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Byte offset of its first character.
    pub offset: usize,
    /// The text between the quotes; escapes are left as they are.
    pub text: String,
}

/// Source with everything but code blanked out.
#[derive(Debug, Clone, Default)]
pub struct Masked {
    /// As many bytes and lines as the source; comments and literals are spaces.
    pub code: String,
    /// The string literals.
    pub literals: Vec<Literal>,
    /// Byte ranges that only tests compile.
    pub tests: Vec<Range<usize>>,
    /// Names declared as `#[cfg(test)] mod name;`.
    pub test_modules: Vec<String>,
}

/// Reads one file.
pub fn mask(text: &str) -> Masked {
    let mut reader = Reader { text, code: Vec::with_capacity(text.len()), literals: Vec::new() };
    while reader.step() {}
    let code = String::from_utf8_lossy(&reader.code).into_owned();
    let mut masked = Masked { literals: reader.literals, ..Masked::default() };
    find_tests(&code, &mut masked);
    masked.code = code;
    masked
}

struct Reader<'a> {
    text: &'a str,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.code.len()..).unwrap_or_default()
    }

    /// Takes one comment, literal or character; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(block_comment(rest));
        } else if let Some((open, body, whole)) = string(rest, self.code.last().copied()) {
            let literal = rest.get(open..open + body).unwrap_or_default().to_owned();
            self.literals.push(Literal { offset: self.code.len() + open, text: literal });
            self.blank(whole);
        } else if first == '\'' {
            self.quote();
        } else if first.is_ascii() {
            self.code.push(first as u8);
        } else {
            self.blank(first.len_utf8());
        }
        true
    }

    /// A character literal is blanked; a lifetime keeps its name.
    fn quote(&mut self) {
        let mut chars = self.rest().char_indices().skip(1);
        let second = chars.next().map(|(_, c)| c);
        let third = chars.next();
        match (second, third) {
            (Some('\\'), Some((at, escaped))) => {
                let after = self.rest().get(at + escaped.len_utf8()..).unwrap_or_default();
                let close = after.find('\'').map_or(after.len(), |close| close + 1);
                self.blank(at + escaped.len_utf8() + close);
            }
            (Some(_), Some((at, '\''))) => self.blank(at + 1),
            _ => self.code.push(b'\''),
        }
    }

    fn blank(&mut self, length: usize) {
        let bytes: Vec<u8> = self.rest().bytes().take(length).collect();
        self.code.extend(bytes.into_iter().map(|b| if b == b'\n' { b'\n' } else { b' ' }));
    }
}

/// The length of the (possibly nested) block comment that `rest` starts with.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        let step = if tail.starts_with("/*") {
            depth += 1;
            2
        } else if tail.starts_with("*/") {
            depth = depth.saturating_sub(1);
            2
        } else {
            tail.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// If `rest` starts with a string literal: where its body starts, the body's length, the whole.
fn string(rest: &str, before: Option<u8>) -> Option<(usize, usize, usize)> {
    if rest.starts_with('"') {
        let body = plain_body(rest.get(1..)?);
        return Some((1, body, (body + 2).min(rest.len())));
    }
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    let prefix = ["br", "cr", "r"].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let hashes = rest.get(prefix.len()..)?.bytes().take_while(|b| *b == b'#').count();
    let open = prefix.len() + hashes;
    let body_text = rest.get(open..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let body = body_text.find(&end).unwrap_or(body_text.len());
    Some((open + 1, body, (open + 1 + body + end.len()).min(rest.len())))
}

/// The length up to the closing quote of an ordinary string.
fn plain_body(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at,
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    text.len()
}

/// Marks each item under `#[cfg(test)]`: to its closing brace, or the name of its own file.
fn find_tests(code: &str, masked: &mut Masked) {
    for attribute in ["#[cfg(test)]", "#[cfg(all(test", "#[test]"] {
        for (start, _) in code.match_indices(attribute) {
            let tail = code.get(start..).unwrap_or_default();
            let end = tail.find(['{', ';']).unwrap_or(tail.len());
            if tail.get(end..).is_some_and(|body| body.starts_with('{')) {
                let close = matching(tail, end);
                masked.tests.push(start..start + close);
            } else if let Some((_, name)) = tail.get(..end).and_then(|t| t.rsplit_once("mod ")) {
                masked.test_modules.push(name.trim().to_owned());
                masked.tests.push(start..start + end);
            } else {
                masked.tests.push(start..start + end);
            }
        }
    }
}

/// The offset just after the brace that closes the one at `open`.
pub(super) fn matching(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, code: &str, literals: &[&str]) {
        let masked = mask(source);
        assert_eq!(masked.code.len(), source.len());
        assert_eq!(masked.code.split_whitespace().collect::<Vec<_>>().join(" "), code);
        let texts: Vec<&str> = masked.literals.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, literals);
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        check("a // b\nc", "a c", &[]);
        check("a /* b /* c */ d */ e", "a e", &[]);
        check(r#"f("x { y", 1)"#, "f( , 1)", &["x { y"]);
        check(r#"f("a \" b")"#, "f( )", &[r#"a \" b"#]);
        check("f(r#\"a \" b\"#)", "f( )", &["a \" b"]);
        check("f(b\"bytes\")", "f(b )", &["bytes"]);
        check("let c = '{'; let d: &'a str;", "let c = ; let d: &'a str;", &[]);
        check(r"let c = '\''; let d = '\u{1F}';", "let c = ; let d = ;", &[]);
        check("let c = 'é';", "let c = ;", &[]);
        check("for_(bar\"x\")", "for_(bar )", &["x"]);
    }

    #[test]
    fn an_unclosed_literal_ends_with_the_file() {
        check("f(\"abc", "f(", &["abc"]);
        check("f(/* abc", "f(", &[]);
    }

    #[test]
    fn what_stands_under_cfg_test_is_marked() {
        let source = "fn a() {}\n#[cfg(test)]\nmod t { fn b() { { } } }\nfn c() {}";
        let masked = mask(source);
        let range = masked.tests.first().unwrap();
        assert_eq!(&source[range.clone()], "#[cfg(test)]\nmod t { fn b() { { } } }");
        assert_eq!(mask("#[cfg(test)]\nmod tests;").test_modules, ["tests"]);
    }
}
