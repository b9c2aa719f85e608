//! The editor: what a keystroke costs in a long article beside a bare ProseMirror, what becomes of several writers' words,
//! what a hundred open drafts cost beside one, how soon a telephone has it, and how soon readers see what is published.

use std::path::Path;
use std::process::Command;

use crate::cargo;

const USAGE: &str = "Usage: cargo xtask bench editor [--part typing|merge|room|open|publish]…
Runs on Node.js 20 or newer, typing and open in Chromium besides; installs npm packages into web, web/bench and tests/pages, and says so.";

/// The editor's script, which the program takes in when it is built.
const EDITOR: &[&str] = &["web/prepare"];
const BUILD: &[&str] = &["cargo", "build", "--release", "--bin", "ovn"];

/// Each part with the commands that make it up, from the root of the repository.
const PARTS: [(&str, &[&[&str]]); 5] = [
    ("typing", &[&["tests/pages/prepare"], EDITOR, &["node", "web/bench/typing.mjs"]]),
    ("merge", &[EDITOR, &["node", "web/bench/merge.mjs"]]),
    ("room", &[BUILD, &["node", "web/bench/room.mjs"]]),
    ("open", &[&["tests/pages/prepare"], EDITOR, BUILD, &["node", "web/bench/open.mjs"]]),
    ("publish", &[BUILD, &["node", "web/bench/publish.mjs"]]),
];

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let mut wanted = Vec::new();
    for pair in arguments.chunks(2) {
        match pair {
            [flag, part] if flag == "--part" && PARTS.iter().any(|(name, _)| name == part) => {
                wanted.push(part.as_str());
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
    let root = cargo::root();
    let mut good = true;
    for (name, commands) in PARTS {
        if wanted.is_empty() || wanted.contains(&name) {
            println!("{name}:");
            for command in commands {
                good &= program(&root, command)?;
            }
        }
    }
    Ok(good)
}

/// Runs a command and tells whether its answer was good (0) or not (1).
fn program(root: &Path, command: &[&str]) -> Result<bool, String> {
    let Some((name, arguments)) = command.split_first() else { return Ok(true) };
    let path = if name.contains('/') { root.join(name) } else { name.into() };
    let status = Command::new(&path)
        .args(arguments)
        .current_dir(root)
        .status()
        .map_err(|error| format!("{} did not start: {error}.", path.display()))?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(format!("{name} could not tell: it ended with {status}.")),
    }
}
