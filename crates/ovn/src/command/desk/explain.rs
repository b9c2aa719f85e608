//! `ovn desk --explain`: what a rule looks for, on what it rests, how often it was right, and whether it is on.

use crate::outcome::Outcome;
use ovn_desk::rule::{Basis, Measured, Rule, floor};
use serde_json::{Value, json};

pub(super) fn run(id: &str, lang: &str, json: bool) -> Outcome {
    let rules: Vec<&Rule> =
        ovn_desk::all().iter().copied().filter(|rule| id == "all" || rule.id == id).collect();
    if rules.is_empty() {
        let known: Vec<&str> = ovn_desk::all().iter().map(|rule| rule.id).collect();
        return Outcome::unknown(format!(
            "there is no rule {id}; the rules are {}",
            known.join(", ")
        ));
    }
    let words = if id == "all" {
        rules.iter().map(|rule| line(rule, lang)).collect::<String>()
    } else {
        rules.iter().map(|rule| whole(rule, lang)).collect()
    };
    let values: Vec<Value> = rules.iter().map(|rule| value(rule, lang)).collect();
    Outcome::good(words).in_json(json, &Value::Array(values))
}

/// One rule in a line.
fn line(rule: &Rule, lang: &str) -> String {
    let said = rule.said(lang);
    let standing: Vec<String> = rule.langs.iter().map(|one| standing(rule, one)).collect();
    format!("{:<5} {:<24} {} ({})\n", rule.level.word(), rule.id, said.title, standing.join("; "))
}

/// Whether the rule is on for texts in `lang`, and why not.
fn standing(rule: &Rule, lang: &str) -> String {
    let figure = |row: &Measured| format!("{} of {} right", row.right, row.of);
    match (rule.basis, rule.measured(lang)) {
        (Basis::Fact, _) => format!("{lang} on, a fact of the file"),
        (_, Some(row)) if row.reaches(rule.level) => format!("{lang} on, {}", figure(row)),
        (_, Some(row)) => format!("{lang} off, {}", figure(row)),
        (_, None) => format!("{lang} off, not measured"),
    }
}

/// One rule with all that is known of it.
fn whole(rule: &Rule, lang: &str) -> String {
    let said = rule.said(lang);
    let mut out = format!(
        "{} (version {}, level {}, reads {})\n{}\n\n{}\n\nIt says: {}\nIt asks: {}\n\n",
        rule.id,
        rule.version,
        rule.level.word(),
        rule.langs.join(" and "),
        said.title,
        said.definition,
        said.why,
        said.settle
    );
    if !rule.evidence.is_empty() {
        out.push_str(&format!("{}\n\n", rule.evidence));
    }
    let least = floor(rule.level);
    match rule.basis {
        Basis::Fact => out.push_str("It states a fact of the article's own file, and is on.\n"),
        Basis::Judged(rows) => {
            out.push_str(&format!(
                "It speaks by default where at least .{least} of its findings on real text were right \
                 and the lower bound of the 95 % interval is at most .05 under that.\n"
            ));
            for row in rows {
                let (from, to) = row.interval();
                out.push_str(&format!(
                    "  {}: {} of {} right, .{from:03} to .{to:03}; {}; {}\n",
                    row.lang, row.right, row.of, row.sample, row.date
                ));
            }
            for lang in rule.langs {
                out.push_str(&format!("  {}\n", standing(rule, lang)));
            }
        }
    }
    out
}

fn value(rule: &Rule, lang: &str) -> Value {
    let said = rule.said(lang);
    let measured: Vec<Value> = match rule.basis {
        Basis::Fact => Vec::new(),
        Basis::Judged(rows) => rows
            .iter()
            .map(|row| {
                json!({"lang": row.lang, "right": row.right, "of": row.of, "interval-thousandths": row.interval(),
                    "sample": row.sample, "date": row.date, "on": row.reaches(rule.level)})
            })
            .collect(),
    };
    json!({"id": rule.id, "version": rule.version, "level": rule.level, "langs": rule.langs, "title": said.title,
        "definition": said.definition, "why": said.why, "settle": said.settle, "evidence": rule.evidence,
        "fact": matches!(rule.basis, Basis::Fact), "measured": measured})
}
