//! `ovn verify`: check an address, a folder or a saved page, and say what was found.

use super::{environment, key};
use crate::{args::Verify, outcome::Outcome};
use ovn_press::{
    check::{self, Options, Saved},
    copy::{Copy, split_url},
};
use ovn_store::Folder;
use ovn_verify::{Opening, Report, committed};
use std::path::{Path, PathBuf};

pub(super) fn run(verify: &Verify, json: bool) -> Outcome {
    if let Some(commitment) = &verify.commitment {
        return match opened(Path::new(&verify.target), commitment) {
            Ok(Some(source)) => {
                let words = format!(
                    "OPENED: the details and the random bytes are what the article committed to{source}."
                );
                Outcome::good(words).in_json(json, &serde_json::json!({"opens": true}))
            }
            Ok(None) => {
                let words = "NOT OPENED: the article committed to something else.";
                Outcome::answer(false, words).in_json(json, &serde_json::json!({"opens": false}))
            }
            Err(why) => Outcome::unknown(why),
        };
    }
    match report(verify) {
        Ok(report) => {
            let value = serde_json::to_value(&report).unwrap_or_default();
            Outcome::answer(report.verdict.good(), words(&report)).in_json(json, &value)
        }
        Err(why) => Outcome::unknown(why),
    }
}

/// Which source of the article the file opens, in words; `None` when it opens none.
fn opened(file: &Path, commitment: &str) -> Result<Option<String>, String> {
    let read =
        |path: &Path| super::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let opening =
        Opening::read(&read(file)?).map_err(|why| format!("{}: {why}", file.display()))?;
    let own = opening.commitment().map_err(|why| format!("{}: {why}", file.display()))?;
    if let Some(hash) = ovn_edition::hex::decode::<32>(commitment) {
        return Ok((hash == own).then(String::new));
    }
    let all = committed(&read(Path::new(commitment))?)
        .map_err(|why| format!("--commitment {commitment}: {why}"))?;
    let found = all.into_iter().find(|(_, hash)| *hash == own);
    Ok(found.map(|(id, _)| format!(" with the source {id}")))
}

fn report(verify: &Verify) -> Result<Report, String> {
    let key = verify.key.as_deref().map(key).transpose()?;
    let memory = if verify.forget { None } else { memory() };
    let options = Options { key, memory };
    if split_url(&verify.target).is_some() {
        return check::address(&verify.target, &options).map_err(|error| error.to_string());
    }
    let path = Path::new(&verify.target);
    if path.is_dir() {
        let copy = Copy::of(&verify.target, &environment).map_err(|error| error.to_string())?;
        return check::whole(&copy, &options).map_err(|error| error.to_string());
    }
    let saved = saved(verify, path)?;
    let key = options.key.ok_or("a saved page needs the log's key: give it with --key")?;
    Ok(check::saved(&saved, &key))
}

fn saved(verify: &Verify, path: &Path) -> Result<Saved, String> {
    let read =
        |path: &Path| super::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let beside = |given: &Option<PathBuf>, extension| {
        given.clone().unwrap_or_else(|| path.with_extension(extension))
    };
    let own = read(path)?;
    let is_document = path.extension().is_some_and(|extension| extension == "json");
    let proof = read(&beside(&verify.proof, "tlog-proof"))?;
    if is_document {
        return Ok(Saved { html: None, document: own, proof });
    }
    Ok(Saved { html: Some(own), document: read(&beside(&verify.document, "json"))?, proof })
}

/// Where checkpoints are remembered: `$XDG_STATE_HOME/ovn` or `~/.local/state/ovn`; `None` without a home.
fn memory() -> Option<Folder> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    Some(Folder::at(state.or_else(home)?.join("ovn")))
}

/// The report for people: the verdict, then one line a check.
pub(super) fn words(report: &Report) -> String {
    let mut out = format!("{}\n", report.verdict.words().to_uppercase());
    for check in &report.checks {
        let mark = if check.passed { "✓" } else { "✗" };
        out.push_str(&format!("  {mark} {}: {}\n", check.name, check.sentence));
    }
    for line in &report.difference {
        out.push_str(&format!("  ≠ {line}\n"));
    }
    out
}
