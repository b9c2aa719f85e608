//! Every template, asset and fixture is used by something.

use super::House;
use crate::tree::{File, Violation};

/// Folders whose files must each be named somewhere, and what looks for them.
const KEPT: [(&str, &str); 3] = [
    ("crates/site/templates/", "crates/site/"),
    ("crates/site/assets/", "crates/site/"),
    ("fixtures/", ""),
];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for (folder, users) in KEPT {
        let users: Vec<&File> = house.tree.under(users).filter(|file| reads(file)).collect();
        for file in house.tree.under(folder).filter(|file| file.name() != "README.md") {
            if !users.iter().any(|user| user.path != file.path && names(user, file, folder)) {
                found.push(Violation::new(&file.path, 1, "Nothing uses this file; remove it."));
            }
        }
    }
    found
}

/// Can a file of this kind use another?
fn reads(file: &File) -> bool {
    ["rs", "html", "css", "xml", "mjs", "js", "ts"].iter().any(|extension| file.is(extension))
}

/// Does `user` name the file, or load the folder it is in?
fn names(user: &File, file: &File, folder: &str) -> bool {
    let whole_folder = file.folder().strip_prefix(folder).filter(|inner| !inner.is_empty());
    user.text.contains(file.name())
        || whole_folder.is_some_and(|inner| user.text.contains(&format!("{folder}{inner}")))
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn a_template_nobody_names_is_caught() {
        let template = ("crates/site/templates/article.html", "<p>");
        let user = ("crates/site/src/a.rs", "#[template(path = \"article.html\")]");
        assert!(places(check, &[template, user]).is_empty());
        assert_eq!(places(check, &[template]), ["crates/site/templates/article.html:1"]);
        let elsewhere = ("crates/press/src/a.rs", "// article.html");
        assert_eq!(places(check, &[template, elsewhere]).len(), 1);
    }

    #[test]
    fn a_fixture_may_be_read_with_its_folder() {
        let fixture = ("fixtures/tlog/a.txt", "");
        assert_eq!(places(check, &[fixture]).len(), 1);
        let user = ("crates/tlog/tests/a.rs", "read(\"../../fixtures/tlog\")");
        assert!(places(check, &[fixture, user]).is_empty());
    }
}
