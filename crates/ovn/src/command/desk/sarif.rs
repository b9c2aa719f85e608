//! Findings in SARIF 2.1.0 (OASIS), which editors and code hosts show beside the lines of a file.

use super::Read;
use ovn_desk::rule::Rule;
use ovn_edition::{
    markdown::Region,
    report::{Answer, Finding, Level},
};
use serde_json::{Value, json};

/// The whole log, one run.
pub(super) fn log(read: &[Read]) -> Value {
    let results: Vec<Value> = read
        .iter()
        .flat_map(|one| one.report.findings.iter().map(move |finding| result(one, finding)))
        .collect();
    let rules: Vec<Value> = ovn_desk::all().iter().map(|one| rule(one)).collect();
    let driver = json!({
        "name": "ovn desk",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    let said = rule.said("en");
    json!({
        "id": rule.id,
        "shortDescription": {"text": said.title},
        "fullDescription": {"text": said.definition},
        "help": {"text": said.settle.replace("{}", "…")},
        "defaultConfiguration": {"level": level(rule.level)},
        "properties": {"version": rule.version},
    })
}

fn result(one: &Read, finding: &Finding) -> Value {
    let mut value = json!({
        "ruleId": finding.rule,
        "level": level(finding.level),
        "message": {"text": format!("{} {}", finding.why, finding.settle)},
        "locations": [location(one, one.region(finding))],
    });
    let more: Vec<Value> = finding
        .at
        .iter()
        .skip(1)
        .map(|spot| location(one, one.places.region(&one.article, spot)))
        .collect();
    if let Value::Object(map) = &mut value {
        if !more.is_empty() {
            map.insert("relatedLocations".to_owned(), Value::Array(more));
        }
        if let Some(answer) = one.answer(finding) {
            map.insert("suppressions".to_owned(), json!([suppression(answer)]));
        }
    }
    value
}

fn suppression(answer: &Answer) -> Value {
    json!({"kind": "inSource", "status": "accepted", "justification": answer.because})
}

fn location(one: &Read, region: Region) -> Value {
    let ((line, column), (end_line, end_column)) = (region.from, region.to);
    json!({"physicalLocation": {
        "artifactLocation": {"uri": one.name.replace('\\', "/").replace(' ', "%20")},
        "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
    }})
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Fix => "error",
        Level::Look => "warning",
        Level::Info => "note",
    }
}
