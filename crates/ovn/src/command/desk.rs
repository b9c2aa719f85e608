//! `ovn desk`: the desk's questions about article files, for people, programs, editors and commit hooks.

mod explain;
mod files;
mod sarif;
mod text;

use super::verify::words;
use crate::{
    args::{Desk, Fail, Format},
    outcome::Outcome,
};
use files::Source;
use ovn_edition::{
    canon,
    markdown::{self, Places, Region},
    model::Article,
    report::{Answer, Finding, House, Level, Report, answer_to},
};
use ovn_press::copy::split_url;
use serde_json::{Value, json};

/// A file that was read, with what the desk says of it.
struct Read {
    name: String,
    article: Article,
    places: Places,
    report: Report,
}

impl Read {
    /// The newsroom's answer to `finding`, if the file has one.
    fn answer(&self, finding: &Finding) -> Option<&Answer> {
        answer_to(&self.article.answers, finding)
    }

    /// Where the finding's words stand in the file; its first line for a finding about the whole text.
    fn region(&self, finding: &Finding) -> Region {
        let whole = Region { from: (1, 1), to: (1, 1) };
        finding.at.first().map_or(whole, |spot| self.places.region(&self.article, spot))
    }
}

pub(super) fn run(desk: &Desk, json: bool) -> Outcome {
    if let Some(rule) = &desk.explain {
        return explain::run(rule, &desk.lang, json);
    }
    if let Some(target) = &desk.verify {
        return verify(target, json);
    }
    let (sources, mut refused) = files::gather(&desk.files);
    let mut read = Vec::new();
    for source in sources {
        match look(source, desk) {
            Ok(one) => read.push(one),
            Err(why) => refused.push(why),
        }
    }
    if read.is_empty() && refused.is_empty() {
        refused.push("no article file was found; name files, or a folder that holds some".into());
    }
    if !refused.is_empty() {
        return Outcome::unknown(refused.join("\n"));
    }
    let format = if json { Format::Json } else { desk.format };
    let out = match format {
        Format::Text => text::all(&read),
        Format::Json => format!("{:#}", value(&read)),
        Format::Sarif => format!("{:#}", sarif::log(&read)),
        Format::Report => match exact(&read) {
            Ok(out) => out,
            Err(why) => return Outcome::unknown(why),
        },
    };
    Outcome::answer(!fails(&read, desk.fail), out)
}

/// Makes a sealed report again, from an address or a sealed document on disk.
fn verify(target: &str, json: bool) -> Outcome {
    let report = if split_url(target).is_some() {
        ovn_press::desk::address(target, None).map_err(|error| error.to_string())
    } else {
        super::read(target.as_ref())
            .map_err(|error| format!("{target}: {error}"))
            .and_then(|bytes| ovn_press::desk::document(&bytes).map_err(|error| error.to_string()))
    };
    match report {
        Ok(report) => {
            let value = serde_json::to_value(&report).unwrap_or_default();
            Outcome::answer(report.verdict.good(), words(&report)).in_json(json, &value)
        }
        Err(why) => Outcome::unknown(why),
    }
}

/// Reads one file and asks the desk.
fn look(source: Source, desk: &Desk) -> Result<Read, String> {
    let Source { name, bytes, folder } = source;
    let (article, places) = markdown::read_placed(&bytes).map_err(|problems| {
        let lines: Vec<String> =
            problems.iter().map(|problem| format!("{name}: {problem}")).collect();
        lines.join("\n")
    })?;
    let mut house = match desk.house.clone().or_else(|| files::nearest_house(folder.as_deref())) {
        Some(path) => ovn_press::house::read(&path).map_err(|error| error.to_string())?,
        None => House::default(),
    };
    for id in &desk.on {
        if !ovn_desk::all().iter().any(|rule| rule.id == id) {
            return Err(format!(
                "--on {id}: there is no such rule; `ovn desk --explain all` lists them"
            ));
        }
        if !house.on.contains(id) {
            house.on.push(id.clone());
        }
    }
    let report = ovn_desk::report(&article, &house);
    Ok(Read { name, article, places, report })
}

/// Whether an unanswered finding is at or above the level.
fn fails(read: &[Read], fail: Fail) -> bool {
    let least = match fail {
        Fail::Info => Level::Info,
        Fail::Look => Level::Look,
        Fail::Fix => Level::Fix,
        Fail::Never => return false,
    };
    read.iter().any(|one| {
        one.report
            .findings
            .iter()
            .any(|finding| finding.level >= least && one.answer(finding).is_none())
    })
}

/// Everything for a program.
fn value(read: &[Read]) -> Value {
    let files = read.iter().map(|one| {
        let findings = one.report.findings.iter().map(|finding| {
            let at: Vec<Value> = finding
                .at
                .iter()
                .map(|spot| place(one.places.region(&one.article, spot)))
                .collect();
            json!({"rule": finding.rule, "places": at, "answer": one.answer(finding)})
        });
        let findings: Vec<Value> = findings.collect();
        json!({"file": one.name, "report": one.report, "places": findings})
    });
    json!({"files": files.collect::<Vec<_>>()})
}

fn place(region: Region) -> Value {
    let ((line, column), (end_line, end_column)) = (region.from, region.to);
    json!({"line": line, "column": column, "end-line": end_line, "end-column": end_column})
}

/// The bytes of one report as a sealed document holds them.
fn exact(read: &[Read]) -> Result<String, String> {
    let [one] = read else {
        return Err("--format report gives the report of one file; name one".into());
    };
    let bytes = canon::of(&one.report).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
