//! The stylesheets, minified once; every page has one of them in its one `<style>`.

use std::sync::LazyLock;

/// Articles, revisions and policies.
pub static ARTICLE: LazyLock<String> = LazyLock::new(|| {
    tighten(concat!(
        include_str!("../../assets/base.css"),
        include_str!("../../assets/article.css")
    ))
});

/// Every other page.
pub static LISTS: LazyLock<String> = LazyLock::new(|| {
    tighten(concat!(include_str!("../../assets/base.css"), include_str!("../../assets/lists.css")))
});

/// The balance and the desk's rules: lists with charts.
pub static COUNTS: LazyLock<String> = LazyLock::new(|| {
    tighten(concat!(
        include_str!("../../assets/base.css"),
        include_str!("../../assets/lists.css"),
        include_str!("../../assets/counts.css")
    ))
});

/// A letter's form and receipt.
pub static LETTER: LazyLock<String> = LazyLock::new(|| {
    tighten(concat!(include_str!("../../assets/base.css"), include_str!("../../assets/letter.css")))
});

/// Every stylesheet that may stand in a page, for the content security policy's hashes.
#[must_use]
pub fn all() -> [&'static str; 4] {
    [ARTICLE.as_str(), LISTS.as_str(), COUNTS.as_str(), LETTER.as_str()]
}

/// Takes comments and needless white space out of `css`. Knows what our own sheets use: no strings with
/// `{`, `;` or `/*` in them.
pub(crate) fn tighten(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    let mut tight = words.join(" ");
    for mark in ["{", "}", ";", ",", ">"] {
        for loose in [format!(" {mark}"), format!("{mark} ")] {
            tight = tight.replace(&loose, mark);
        }
    }
    tight.replace(": ", ":").replace(";}", "}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_tightened() {
        let check = |css, expected: &str| assert_eq!(tighten(css), expected);
        check(
            "/* a */ p { color : red ; }\n\n a > b , c { margin: 0 auto; }",
            "p{color :red}a>b,c{margin:0 auto}",
        );
        check("a{}/* open", "a{}");
        check("@media (x: 1) { a { b: c } }", "@media (x:1){a{b:c}}");
    }

    #[test]
    fn sheets_are_small_and_have_no_sides() {
        for (sheet, most) in all().into_iter().zip([3600, 3600, 3900, 3600]) {
            let mut packed = Vec::new();
            let params = brotli::enc::BrotliEncoderParams::default();
            brotli::BrotliCompress(&mut sheet.as_bytes(), &mut packed, &params).unwrap_or_default();
            assert!(packed.len() < most, "{} bytes", packed.len());
            assert!(!sheet.contains("left") && !sheet.contains("right"));
        }
    }
}
