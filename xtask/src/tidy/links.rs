//! Links from one document to another lead to a file that exists.

use super::House;
use crate::tree::{File, Tree, Violation};

/// Files that are not text are not in the tree.
const PICTURES: [&str; 4] = [".png", ".jpg", ".webp", ".ico"];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let ours = |file: &&File| file.is("md") && (is_top(file) || file.path.starts_with("docs/"));
    let papers = house.tree.files.iter().filter(ours);
    papers.flat_map(|file| in_file(house.tree, file)).collect()
}

fn is_top(file: &File) -> bool {
    file.folder().is_empty()
}

fn in_file(tree: &Tree, file: &File) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for target in targets(line) {
            let path = resolve(file.folder(), target);
            let folder = format!("{path}/");
            if tree.get(&path).is_none() && tree.under(&folder).next().is_none() {
                found.push(Violation::new(&file.path, index + 1, format!("There is no {path}.")));
            }
        }
    }
    found
}

/// What a line links to within the repository, without fragments.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|tail| {
        let target = tail.split([')', ' ', '#']).next()?;
        let outside = target.contains(':') || target.starts_with('/');
        let picture = PICTURES.iter().any(|extension| target.ends_with(extension));
        (!target.is_empty() && !outside && !picture).then_some(target)
    })
}

/// The path from the root of `target` as seen from `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn links_lead_somewhere() {
        let words = ("docs/words.md", "");
        assert!(places(check, &[("README.md", "See [words](docs/words.md#a)."), words]).is_empty());
        assert!(places(check, &[("docs/a/b.md", "[words](../words.md)"), words]).is_empty());
        assert!(
            places(check, &[("README.md", "[a](https://example.org/b) ![p](p.png)")]).is_empty()
        );
        assert_eq!(places(check, &[("README.md", "\n[x](docs/gone.md)")]), ["README.md:2"]);
    }
}
