//! The functions of a file with their lengths, found by their braces.

use super::mask::matching;

/// A function with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Byte offset of its `fn`.
    pub offset: usize,
    /// Lines from `fn` to the closing brace.
    pub lines: usize,
}

/// Every function in code whose comments and literals are blanked.
pub fn functions(code: &str) -> Vec<Function> {
    code.match_indices("fn ").filter_map(|(offset, _)| function(code, offset)).collect()
}

fn function(code: &str, offset: usize) -> Option<Function> {
    let before = code.get(..offset)?.bytes().last();
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    let tail = code.get(offset..)?;
    let name: String = tail
        .get(3..)?
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    let open = body(tail)?;
    let lines = tail.get(..matching(tail, open))?.lines().count();
    (!name.is_empty()).then_some(Function { name, offset, lines })
}

/// Where the body opens; none for a declaration that ends in `;`.
fn body(tail: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in tail.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: &[(&str, usize)]) {
        let found = functions(code);
        let pairs: Vec<(&str, usize)> = found.iter().map(|f| (f.name.as_str(), f.lines)).collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn functions_are_measured_from_fn_to_brace() {
        check("fn a() {}", &[("a", 1)]);
        check("pub fn a(\n  x: [u8; 4],\n) -> u8 {\n  1\n}\n", &[("a", 5)]);
        check("trait T { fn a(&self); fn b(&self) {\n} }", &[("b", 2)]);
        check("type F = fn(u8) -> u8; my_fn (x); let s = S { };", &[]);
        check("fn a() {\n  fn b() {\n  }\n}", &[("a", 4), ("b", 2)]);
    }
}
