//! The texts that rules are measured on: whole articles in English, headlines and passages in Urdu.

use super::super::data::{lay, paragraph, rows};
use ovn_edition::model::{Article, Block, Citation, Inline, Source};
use serde::Deserialize;
use serde_json::json;
use std::{collections::BTreeMap, path::Path};

/// One text.
#[derive(Debug)]
pub(super) struct Text {
    /// `polnear`, `basil`, `bound`, `unbd` or `leads`.
    pub(super) corpus: &'static str,
    /// Which row of it.
    pub(super) id: String,
    /// Who published it, where the data says so.
    pub(super) outlet: Option<String>,
    /// The side that the data gives this outlet; for the parity of measurements alone.
    pub(super) side: Option<String>,
    /// Whether its first lines carry a news agency's dateline.
    pub(super) wire: bool,
    /// Whether it is a headline with its first words alone: more findings to judge for the rules of [`LEADS`], and in no count
    /// of how often rules speak.
    pub(super) lead: bool,
    /// The text as an article.
    pub(super) article: Article,
}

#[derive(Debug, Deserialize)]
struct Plain {
    id: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Event {
    uuid: String,
    title: String,
    source: String,
    body_paragraphs: Vec<Vec<String>>,
    main_entities: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Lead {
    id: u64,
    title: String,
    lead: String,
}

/// The rule that is judged on texts whose one source was made to speak for somebody else: whom it takes for the speaker is
/// what a text decides, the binding is a fact of the file.
pub(super) const BOUND: &str = "secondhand-voice";

/// Rules that look no further than a sentence or a headline, and may be judged on leads.
pub(super) const LEADS: [&str; 7] = [
    "bare-number",
    "headline-question",
    "own-judgement",
    "scare-quotes",
    "stance-adverb",
    "superlative",
    "weasel",
];

#[derive(Debug, Deserialize)]
struct Urdu {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Sided {
    outlet: String,
    side: String,
}

/// All texts, in the order of the files.
pub(super) fn all(folder: &Path) -> Result<Vec<Text>, String> {
    let sides = sides(folder)?;
    let side = |outlet: &str| sides.get(outlet).cloned();
    let mut out = Vec::new();
    for file in ["polnear/train.jsonl", "polnear/dev.jsonl"] {
        for row in rows::<Plain>(folder, file)? {
            let outlet = plain(row.id.split('_').next().unwrap_or_default());
            out.push(Text {
                corpus: "polnear",
                side: side(&outlet),
                wire: is_wire(&row.text),
                lead: false,
                article: lay(&row.text, "en").article,
                outlet: Some(outlet),
                id: row.id,
            });
        }
    }
    for row in rows::<Event>(folder, "basil/dev.jsonl")? {
        let outlet = plain(&row.source);
        let paragraphs: Vec<String> = row.body_paragraphs.iter().map(|all| all.join(" ")).collect();
        let text = format!("{}\n{}", row.title, paragraphs.join("\n"));
        let parties = parties(row.main_entities);
        out.push(bound(&text, &row.uuid, &parties));
        out.push(Text {
            corpus: "basil",
            side: side(&outlet),
            wire: is_wire(&text),
            lead: false,
            // Whom the events are about stands in the data; an editor would name them as parties.
            article: Article { parties, ..lay(&text, "en").article },
            outlet: Some(outlet),
            id: row.uuid,
        });
    }
    for (at, row) in rows::<Urdu>(folder, "unbd-urdu/dev.jsonl")?.into_iter().enumerate() {
        out.push(Text {
            corpus: "unbd",
            id: (at + 1).to_string(),
            outlet: None,
            side: None,
            wire: false,
            lead: false,
            article: urdu(&row.text),
        });
    }
    for row in rows::<Lead>(folder, "stories/dev.jsonl")? {
        let text = format!("{}\n{}", row.title, row.lead.replace('\n', " "));
        out.push(Text {
            corpus: "leads",
            id: row.id.to_string(),
            outlet: None,
            side: None,
            wire: false,
            lead: true,
            article: lay(&text, "en").article,
        });
    }
    Ok(out)
}

/// The text with one source, of somebody who is no party to it, cited once at its end.
fn bound(text: &str, id: &str, parties: &[String]) -> Text {
    let mut article = lay(text, "en").article;
    article.parties = parties.to_vec();
    let source =
        json!({"id": "s", "custom": {"kind": "statement", "speaks-for": "The town of Bergen"}});
    article.references.extend(serde_json::from_value::<Source>(source));
    let cite = Citation { id: "s".to_owned(), prefix: String::new(), locator: String::new() };
    let end = vec![
        Inline::Text { text: "The town has put out a statement.".to_owned(), marks: Vec::new() },
        Inline::Cite { items: vec![cite] },
    ];
    article.body.push(Block::Paragraph { content: end });
    let (outlet, side) = (None, None);
    Text { corpus: "bound", id: id.to_owned(), outlet, side, wire: false, lead: true, article }
}

/// Each name once.
fn parties(names: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().filter(|name| !name.trim().is_empty() && seen.insert(name.clone())).collect()
}

/// A passage has sentences that end; anything else is a headline.
fn urdu(text: &str) -> Article {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut article = Article { lang: "ur".to_owned(), ..Article::default() };
    if words.contains('۔') {
        article.body.push(paragraph(&words));
    } else {
        article.headline = words;
    }
    article
}

/// An outlet's name as all sets spell it: small letters alone, one name for each outlet.
fn plain(outlet: &str) -> String {
    let letters: String =
        outlet.to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect();
    match letters.as_str() {
        "hpo" => "huffpost".to_owned(),
        _ => letters,
    }
}

/// The side that most rows of an outlet carry in the set that gives sides.
fn sides(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for row in rows::<Sided>(folder, "babe/dev.jsonl")? {
        if !row.side.is_empty() {
            *counts.entry(plain(&row.outlet)).or_default().entry(row.side).or_default() += 1;
        }
    }
    let most = |sides: BTreeMap<String, usize>| sides.into_iter().max_by_key(|(_, many)| *many);
    let named = counts.into_iter().filter_map(|(outlet, all)| Some((outlet, most(all)?.0)));
    Ok(named.collect())
}

/// Whether one of the first lines begins its report with an agency's name in brackets.
fn is_wire(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(4);
    lines.into_iter().any(|line| {
        ["(AP)", "(Reuters)", "(REUTERS)", "(AFP)"].iter().any(|name| {
            line.find(name).is_some_and(|at| {
                let after = line.get(at + name.len()..).unwrap_or_default();
                at < 80 && after.trim_start().starts_with(['-', '—', '–'])
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_news_agencys_dateline_is_known() {
        let check = |text: &str, expected: bool| assert_eq!(is_wire(text), expected, "{text}");
        check("A headline\n\nHARBOUR TOWN (AP) — The bridge is open.", true);
        check("HARBOUR TOWN (Reuters) - The bridge is open.", true);
        check("The agency (AP) said so.", false);
        check("One\nTwo\nThree\nFour\nTOWN (AP) — Late.", false);
    }

    #[test]
    fn a_row_in_urdu_is_a_headline_or_a_passage() {
        assert_eq!(urdu("پل  کھل گیا").headline, "پل کھل گیا");
        let passage = urdu("پل کھل گیا۔ راستہ صاف ہے۔");
        assert_eq!((passage.headline.as_str(), passage.body.len()), ("", 1));
    }
}
