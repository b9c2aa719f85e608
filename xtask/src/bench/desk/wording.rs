//! What every rule finds on real text, for reading: each finding with its sentence, and how many there are.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use super::data;
use ovn_desk::{reading::Reading, report};
use ovn_edition::{
    model::Article,
    report::{Finding, House},
};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Plain {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Basil {
    title: String,
    #[serde(rename = "body-paragraphs")]
    body: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Story {
    title: String,
    lead: String,
}

/// Rules that need a whole text; the stories hold first words alone.
const WHOLE: [&str; 2] = ["headline-fact", "headline-modality"];

/// The articles to read, each with the name of its set.
fn articles(folder: &Path) -> Result<Vec<(&'static str, Article)>, String> {
    let mut out = Vec::new();
    for file in ["polnear/train.jsonl", "polnear/dev.jsonl"] {
        let rows: Vec<Plain> = data::rows(folder, file)?;
        out.extend(rows.iter().map(|row| ("polnear", data::lay(&row.text, "en").article)));
    }
    let rows: Vec<Basil> = data::rows(folder, "basil/dev.jsonl")?;
    out.extend(rows.iter().map(|row| {
        let body = row.body.iter().map(|part| data::paragraph(part.join(" ").trim())).collect();
        let (lang, headline) = ("en".to_owned(), row.title.clone());
        ("basil", Article { lang, headline, body, ..Article::default() })
    }));
    let rows: Vec<Story> = data::rows(folder, "stories/dev.jsonl")?;
    out.extend(rows.iter().map(|row| {
        let (lang, headline) = ("en".to_owned(), row.title.clone());
        let body = vec![data::paragraph(row.lead.trim())];
        ("stories", Article { lang, headline, body, ..Article::default() })
    }));
    let rows: Vec<Plain> = data::rows(folder, "unbd-urdu/dev.jsonl")?;
    out.extend(rows.iter().map(|row| ("unbd", urdu(&row.text))));
    Ok(out)
}

/// A short text is a headline; a long one is a paragraph.
fn urdu(text: &str) -> Article {
    let lang = "ur".to_owned();
    if text.split_whitespace().count() < 20 {
        Article { lang, headline: text.to_owned(), ..Article::default() }
    } else {
        Article { lang, body: vec![data::paragraph(text)], ..Article::default() }
    }
}

/// Findings of all rules, whether on by default or not; `most` of each rule are printed, spread over the texts.
pub(super) fn table(folder: &Path, most: usize, only: &[String]) -> Result<String, String> {
    let on = ovn_desk::all().iter().map(|rule| rule.id.to_owned()).collect();
    let house = House { on, ..House::default() };
    let articles = articles(folder)?;
    let mut found: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    for (set, article) in &articles {
        let report = report(article, &house);
        *words.entry(set).or_default() += report.counts.words;
        let reading = Reading::of(article);
        for finding in &report.findings {
            if *set == "stories" && WHOLE.contains(&finding.rule.as_str()) {
                continue;
            }
            if only.is_empty() || only.contains(&finding.rule) {
                let key = (finding.rule.clone(), *set);
                found.entry(key).or_default().push(shown(&reading, finding));
            }
        }
    }
    let mut out = String::new();
    for ((rule, set), lines) in &found {
        let of = words.get(set).copied().unwrap_or_default();
        let per = lines.len() as f64 * 1000.0 / f64::from(of.max(1));
        let _ =
            writeln!(out, "{rule} on {set}: {} findings, {per:.2} per 1,000 words", lines.len());
        let step = (lines.len() / most.max(1)).max(1);
        for line in lines.iter().step_by(step).take(most) {
            let _ = writeln!(out, "  {line}");
        }
    }
    Ok(out)
}

/// A finding with the sentence of its first words, or with the headline.
fn shown(reading: &Reading<'_>, finding: &Finding) -> String {
    let first = finding.at.first();
    let sentence = first.and_then(|spot| {
        let run = reading
            .runs
            .iter()
            .position(|run| (run.block, run.number) == (spot.block, spot.run))?;
        reading.sentence_at(run, usize::try_from(spot.from).ok()?)
    });
    let sentence = sentence.map_or(reading.article.headline.as_str(), |at| reading.sentence(at));
    format!("[{}] {}", finding.words(), sentence.trim())
}
