//! Styles name the start and the end of a line, never its left or right, so that Urdu is laid out as well as English.

use super::House;
use crate::tree::{File, Violation};

/// Names that begin a declaration about one physical side.
const PHYSICAL: [&str; 12] = [
    "left",
    "right",
    "margin-left",
    "margin-right",
    "padding-left",
    "padding-right",
    "border-left",
    "border-right",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
];

/// Properties whose value must not be a side.
const SIDED: [&str; 4] = ["text-align", "float", "clear", "caption-side"];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let styled = |file: &&File| file.is("css") || file.is("html");
    let files = house.tree.files.iter().filter(styled);
    let ours = |file: &&File| file.path.starts_with("crates/") || file.path.starts_with("web/src/");
    files.filter(ours).flat_map(in_file).collect()
}

fn in_file(file: &File) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for declaration in line.split([';', '{', '}']) {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let name = name.rsplit(['"', ' ', '(']).next().unwrap_or(name).trim();
            if is_physical(name) || (SIDED.contains(&name) && has_side(value)) {
                let sentence =
                    format!("{name} names a side; use a logical property (inline-start).");
                found.push(Violation::new(&file.path, index + 1, sentence));
            }
        }
    }
    found
}

fn is_physical(name: &str) -> bool {
    PHYSICAL.iter().any(|physical| {
        name == *physical
            || (physical.starts_with("border-") && name.starts_with(&format!("{physical}-")))
    })
}

fn has_side(value: &str) -> bool {
    value.split(|c: char| !c.is_alphanumeric()).any(|word| word == "left" || word == "right")
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[track_caller]
    fn check_style(style: &str, expected: usize) {
        let found = places(check, &[("crates/site/assets/style.css", style)]);
        assert_eq!(found.len(), expected, "{style}");
    }

    #[test]
    fn sides_are_caught() {
        check_style("a{margin-left:1em}", 1);
        check_style("a { color: red; border-left: 1px solid }", 1);
        check_style("a { border-right-color: red }", 1);
        check_style("a { position: absolute; left: 0; right: 0 }", 2);
        check_style("a { text-align: left }", 1);
        check_style("a{float:right}", 1);
    }

    #[test]
    fn the_editor_s_styles_are_read_too() {
        let style = ("web/src/editor.css", "a{margin-left:1em}");
        assert_eq!(places(check, &[style]), ["web/src/editor.css:1"]);
        assert!(places(check, &[("tests/pages/a.css", "a{margin-left:1em}")]).is_empty());
    }

    #[test]
    fn logical_properties_pass() {
        check_style("a { margin-inline-start: 1em; text-align: start; inset-inline: 0 }", 0);
        check_style("a { background: linear-gradient(to right, red, blue) }", 0);
        check_style(".left-over { color: red }", 0);
    }
}
