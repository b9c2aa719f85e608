//! Who may read and write the edition's folder and its settings.

use super::{Line, Patient};
use ovn_store::survey::{self, Rights};
use std::path::Path;

const PART: &str = "rights";

pub(super) fn lines(patient: &Patient<'_>) -> Vec<Line> {
    let mut found = Vec::new();
    for name in ["", "ovn.toml", "record", "edition.sqlite"] {
        let path = if name.is_empty() { patient.dir.to_owned() } else { patient.dir.join(name) };
        match survey::rights(&path) {
            Err(error) => found.push(Line::bad(PART, error.to_string(), OWNER)),
            Ok(None) => {}
            Ok(Some(rights)) => found.extend(judge(patient, &path, name, rights)),
        }
    }
    if found.is_empty() {
        found.push(Line::good(PART, "only its owner can write the edition's folder"));
    }
    found
}

const OWNER: &str = "run the doctor as the user that the edition runs as";

fn judge(patient: &Patient<'_>, path: &Path, name: &str, rights: Rights) -> Option<Line> {
    let (shown, mode) = (path.display(), rights.mode);
    if mode & 0o022 != 0 {
        let sentence = format!("{shown} can be written by other users (mode {mode:03o})");
        return Some(Line::bad(PART, sentence, format!("chmod go-w {shown}")));
    }
    if name == "ovn.toml" && mode & 0o044 != 0 && holds_password(path) {
        let sentence = format!(
            "{shown} holds the database's password and can be read by others (mode {mode:03o})"
        );
        return Some(Line::bad(PART, sentence, format!("chmod 600 {shown}, or use OVN_DATABASE")));
    }
    if rights.owner != patient.user {
        let (owner, user) = (rights.owner, patient.user);
        let sentence = format!("{shown} belongs to user {owner}, and this is user {user}");
        return Some(Line::look(PART, sentence, OWNER));
    }
    None
}

/// Whether the file itself names a database with a password; the environment may name another one.
fn holds_password(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.trim_start().starts_with("database"));
    let rest = line.and_then(|line| line.split_once("://")).map_or("", |(_, rest)| rest);
    let user = rest.split_once('@').map_or("", |(user, _)| user);
    user.contains(':') || rest.contains("password=")
}
