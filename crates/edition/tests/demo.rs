//! Every article of the demonstration edition is a good file, and a fixed point once written.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use ovn_edition::markdown;
use std::path::Path;

#[test]
fn every_article_of_the_demonstration_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let mut bad: Vec<String> = Vec::new();
    for part in ["articles", "policies"] {
        for entry in std::fs::read_dir(folder.join(part)).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "md") {
                continue;
            }
            let article = match markdown::read(&std::fs::read(&path).unwrap()) {
                Ok(article) => article,
                Err(problems) => {
                    let list: Vec<_> = problems.iter().map(ToString::to_string).collect();
                    bad.push(format!("{}: {}", path.display(), list.join("\n")));
                    continue;
                }
            };
            let once = markdown::write(&article);
            assert_eq!(markdown::read(once.as_bytes()).unwrap(), article, "{once}");
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
