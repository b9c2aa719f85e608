//! The paths through the house that `docs/architecture.md` lists are as short as it says.

use crate::rust::mask;
use crate::tree::{File, Tree, Violation};

const PAPER: &str = "docs/architecture.md";

/// Each walk's heading and the most files it may pass through.
const WALKS: [(&str, usize); 3] =
    [("Reading an article", 6), ("Publishing an article", 8), ("Checking independently", 5)];

/// A step of a walk: a file and the line of the paper that names it.
struct Step<'a> {
    path: &'a str,
    line: usize,
}

/// Checks that each walk is written down, short enough, and that each file leads to the next.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let Some(paper) = tree.get(PAPER) else {
        return vec![Violation::new(PAPER, 1, "The walks are written here.")];
    };
    WALKS.iter().flat_map(|(heading, most)| walk(tree, paper, heading, *most)).collect()
}

fn walk(tree: &Tree, paper: &File, heading: &str, most: usize) -> Vec<Violation> {
    let steps = steps(&paper.text, heading);
    let line = steps.first().map_or(1, |step| step.line);
    if steps.is_empty() || steps.len() > most {
        let sentence = format!("{heading}: {} files listed, 1 to {most} wanted.", steps.len());
        return vec![Violation::new(PAPER, line, sentence)];
    }
    let gone = steps.iter().filter(|step| tree.get(step.path).is_none());
    let mut found: Vec<Violation> = gone
        .map(|step| Violation::new(PAPER, step.line, format!("There is no {}.", step.path)))
        .collect();
    for pair in steps.windows(2) {
        let [from, to] = pair else { continue };
        if let (Some(a), Some(b)) = (tree.get(from.path), tree.get(to.path))
            && !leads(a, b)
        {
            let sentence = format!("{} names nothing of {}.", from.path, to.path);
            found.push(Violation::new(PAPER, to.line, sentence));
        }
    }
    found
}

/// The numbered lines under a heading; a step's path stands in its first backquotes.
fn steps<'a>(paper: &'a str, heading: &str) -> Vec<Step<'a>> {
    paper
        .lines()
        .enumerate()
        .skip_while(|(_, line)| !(line.starts_with('#') && line.contains(heading)))
        .skip(1)
        .take_while(|(_, line)| !line.starts_with('#'))
        .filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|(index, line)| Some(Step { path: line.split('`').nth(1)?, line: index + 1 }))
        .collect()
}

/// Does `a` name `b`: its module, something public in it, or, for a template, the file itself?
fn leads(a: &File, b: &File) -> bool {
    if !b.is("rs") {
        return a.text.contains(b.name());
    }
    let code = mask(&a.text).code;
    let has =
        |name: &str| code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == name);
    has(module(b)) || public_names(&mask(&b.text).code).iter().any(|name| has(name))
}

/// The name by which other files know this one: its stem, or for a crate's root the crate.
fn module(file: &File) -> &str {
    match file.name() {
        "lib.rs" | "main.rs" | "mod.rs" => {
            file.folder().trim_end_matches("/src").rsplit('/').next()
        }
        name => name.strip_suffix(".rs"),
    }
    .unwrap_or_default()
}

/// Names that a file gives to others.
fn public_names(code: &str) -> Vec<String> {
    let words: Vec<&str> =
        code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let kinds = ["fn", "struct", "enum", "trait", "const", "type"];
    let mut names = Vec::new();
    for trio in words.windows(3) {
        if let ["pub" | "crate", kind, name] = trio
            && kinds.contains(kind)
        {
            names.push((*name).to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(first: &str, second: &str) -> String {
        format!(
            "# Map\n\n### Reading an article (at most 6)\n\n1. `{first}`: a\n2. `{second}`: b\n\n\
             ### Publishing an article\n1. `a.rs`\n\n### Checking independently\n1. `a.rs`\n"
        )
    }

    #[track_caller]
    fn check_walk(paper: &str, expected: &[&str]) {
        let tree = Tree::of(&[
            ("a.rs", "//! A.\nuse b::Page;\nfn f() { show(\"page.html\"); }"),
            ("b.rs", "//! B.\npub struct Page;"),
            ("c.rs", "//! C.\npub(crate) fn Page() {}"),
            ("d.rs", "//! D.\npub fn other() {}"),
            ("page.html", ""),
            (PAPER, paper),
        ]);
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_file_leads_to_the_next() {
        check_walk(&paper("a.rs", "b.rs"), &[]);
        check_walk(&paper("a.rs", "c.rs"), &[]);
        check_walk(&paper("a.rs", "page.html"), &[]);
        let missing = format!("{PAPER}:6: a.rs names nothing of d.rs.");
        check_walk(&paper("a.rs", "d.rs"), &[&missing]);
        let gone = format!("{PAPER}:6: There is no e.rs.");
        check_walk(&paper("a.rs", "e.rs"), &[&gone]);
    }

    #[test]
    fn a_walk_that_is_long_or_missing_is_caught() {
        let long = paper("a.rs", "b.rs").replace("2. `b.rs`: b", &"2. `b.rs`\n".repeat(6));
        let many = format!("{PAPER}:5: Reading an article: 7 files listed, 1 to 6 wanted.");
        check_walk(&long, &[&many]);
        let none = paper("a.rs", "b.rs").replace("Publishing", "Printing");
        let gone = format!("{PAPER}:1: Publishing an article: 0 files listed, 1 to 8 wanted.");
        check_walk(&none, &[&gone]);
    }
}
