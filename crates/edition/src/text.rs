//! The plain text of an article's parts: what is searched, compared, counted and read aloud.

use crate::model::{Article, Block, Citation, Inline};

/// The words of `text` on one line, one space between them.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` in the one form in which equal letters are equal bytes: Unicode's NFC.
#[must_use]
pub fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// The words of a run, without its citations. White space before a citation goes with the citation.
#[must_use]
pub fn inlines(run: &[Inline]) -> String {
    let mut out = String::new();
    each(run, &mut out, &mut |_, _| {});
    out.trim_end().to_owned()
}

/// The words of a run, with each citation as `[1]` or `[1, 2]`: the numbers that `number` gives its ids.
#[must_use]
pub fn marked(run: &[Inline], number: &impl Fn(&str) -> Option<usize>) -> String {
    let mut out = String::new();
    each(run, &mut out, &mut |out, items| {
        let numbers = items.iter().map(|item| {
            number(&item.id).map_or_else(|| "?".to_owned(), |number| number.to_string())
        });
        let numbers: Vec<String> = numbers.collect();
        out.push_str(&format!("[{}]", numbers.join(", ")));
    });
    out.trim_end().to_owned()
}

/// The words of a run and, for each pair of citation brackets in it, the byte where it stands in these words.
#[must_use]
pub fn cited(run: &[Inline]) -> (String, Vec<(usize, &[Citation])>) {
    let mut marks = Vec::new();
    let mut out = String::new();
    each(run, &mut out, &mut |out, items| marks.push((out.len(), items)));
    (out, marks)
}

fn each<'a>(
    run: &'a [Inline],
    out: &mut String,
    on_cite: &mut impl FnMut(&mut String, &'a [Citation]),
) {
    for piece in run {
        match piece {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Break {} => out.push('\n'),
            Inline::Cite { items } => {
                out.truncate(out.trim_end().len());
                on_cite(out, items);
            }
        }
    }
}

/// The words of a block, without citations: a line for each run of text in it; an image gives its caption, or its
/// description where it has none, and who made it.
#[must_use]
pub fn block(block: &Block) -> String {
    match block {
        Block::Code { text, .. } => text.trim_end().to_owned(),
        Block::Image { alt, caption, credit, .. } => {
            let words = if caption.is_empty() { alt } else { caption };
            if credit.is_empty() { words.clone() } else { format!("{words}\n{credit}") }
        }
        _ => {
            let mut lines = Vec::new();
            block.each_run(&mut |run| lines.push(inlines(run)));
            lines.retain(|line| !line.is_empty());
            lines.join("\n")
        }
    }
}

/// Headline, standfirst and body, an empty line between the parts, without citations.
#[must_use]
pub fn article(article: &Article) -> String {
    let mut parts = vec![article.headline.clone()];
    parts.extend(article.standfirst.clone());
    parts.extend(body(article));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// The words of each block of the body, in order.
pub fn body(article: &Article) -> impl Iterator<Item = String> {
    article.body.iter().map(block)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn run(json: &str) -> Vec<Inline> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn citations_are_left_out_or_numbered() {
        let check = |json: &str, plain: &str, with: &str| {
            let number = |id: &str| (id == "a").then_some(1);
            assert_eq!(inlines(&run(json)), plain);
            assert_eq!(marked(&run(json), &number), with);
        };
        let said = r#"[{"type":"text","text":"He said "},{"type":"cite","items":[{"id":"a"}]},{"type":"text","text":"."}]"#;
        check(said, "He said.", "He said[1].");
        let two =
            r#"[{"type":"text","text":"So."},{"type":"cite","items":[{"id":"a"},{"id":"b"}]}]"#;
        check(two, "So.", "So.[1, ?]");
        let broken =
            r#"[{"type":"text","text":"one"},{"type":"break"},{"type":"text","text":"two"}]"#;
        check(broken, "one\ntwo", "one\ntwo");
        check("[]", "", "");
    }

    #[test]
    fn each_kind_of_block_has_its_words() {
        let check = |json: &str, expected: &str| {
            assert_eq!(block(&serde_json::from_str(json).unwrap()), expected);
        };
        check(r#"{"type":"rule"}"#, "");
        check(r#"{"type":"code","info":"","text":"x = 1\n"}"#, "x = 1");
        check(r#"{"type":"image","src":"a.png","alt":"A hill","caption":""}"#, "A hill");
        check(
            r#"{"type":"image","src":"a.png","alt":"A hill","caption":"North","credit":"Amina"}"#,
            "North\nAmina",
        );
        check(
            r#"{"type":"list","tight":true,"items":[[{"type":"paragraph","content":[{"type":"text","text":"a"}]}],
            [{"type":"paragraph","content":[{"type":"text","text":"b"}]}]]}"#,
            "a\nb",
        );
    }
}
