//! A draft from the parts of a page: citations where a sentence credits somebody, and the governments that it names.

use super::{
    Proposal,
    credit::{self, Credit},
    governments,
    parts::Parts,
};
use ovn_edition::{
    direction,
    model::{Article, Block, Citation, Dateline, Inline, Source},
    sentences, slug,
};
use serde_json::json;

/// The draft and what in it was only recognised.
pub(super) fn article(parts: Parts) -> (Article, Vec<Proposal>) {
    let mut sources = Sources::default();
    let body = parts.paragraphs.iter().map(|text| sources.paragraph(text)).collect();
    let mut proposals = sources.proposals;
    let (mut parties, mut all) = (Vec::new(), vec![parts.headline.as_str()]);
    all.extend(parts.standfirst.as_deref());
    all.extend(parts.paragraphs.iter().map(String::as_str));
    for (name, words) in all.iter().flat_map(|text| governments::mentioned(text)) {
        if !parties.iter().any(|party| party == name) {
            parties.push(name.to_owned());
            proposals.push(Proposal { what: format!("party {name}"), words });
        }
    }
    let rtl = direction::of_text(&parts.headline) == Some(direction::Direction::Rtl);
    let article = Article {
        lang: if rtl { "ur" } else { "en" }.to_owned(),
        slug: slug::from_headline(&parts.headline),
        headline: parts.headline,
        standfirst: parts.standfirst,
        dateline: parts.date.map(|date| Dateline { date: Some(date), place: None }),
        sections: parts.sections,
        parties,
        references: sources.references,
        body,
        ..Article::default()
    };
    (article, proposals)
}

#[derive(Default)]
struct Sources {
    known: Vec<(Credit, String)>,
    references: Vec<Source>,
    proposals: Vec<Proposal>,
}

impl Sources {
    /// The paragraph with a citation before the full stop of each sentence that credits somebody.
    fn paragraph(&mut self, text: &str) -> Block {
        let mut content = Vec::new();
        let mut rest = 0;
        for range in sentences::of(text) {
            let sentence = text.get(range.clone()).unwrap_or_default();
            let Some(credit) = credit::of(sentence) else { continue };
            let id = self.id(credit);
            let end = range.start + sentence.trim_end_matches(['.', '!', '?', '۔', '؟']).len();
            push(&mut content, text.get(rest..end).unwrap_or_default());
            let item = Citation { id, prefix: String::new(), locator: String::new() };
            content.push(Inline::Cite { items: vec![item] });
            rest = end;
        }
        push(&mut content, text.get(rest..).unwrap_or_default());
        Block::Paragraph { content }
    }

    /// The id of the source that is credited, which is proposed when it is met first.
    fn id(&mut self, credit: Credit) -> String {
        let same = |known: &Credit| {
            known.name == credit.name
                || known.acronym.as_ref().is_some_and(|acronym| {
                    *acronym == credit.name || Some(acronym) == credit.acronym.as_ref()
                })
        };
        if let Some((_, id)) = self.known.iter().find(|(known, _)| same(known)) {
            let what = format!("citation of {id}");
            self.proposals.push(Proposal { what, words: credit.words });
            return id.clone();
        }
        let number = self.known.len() + 1;
        let short = credit.acronym.as_deref().unwrap_or(&credit.name);
        let mut id = slug::from_headline(short).unwrap_or_else(|| format!("source-{number}"));
        if self.known.iter().any(|(_, other)| *other == id) {
            id = format!("{id}-{number}");
        }
        let name = match &credit.acronym {
            Some(acronym) => format!("{} ({acronym})", credit.name),
            None => credit.name.clone(),
        };
        let mut custom = json!({"kind": "statement"});
        let mut speaks = String::new();
        if let (Some(government), Some(map)) = (credit.government, custom.as_object_mut()) {
            map.insert("speaks-for".to_owned(), json!(government));
            speaks = format!(", which speaks for {government}");
        }
        let csl = json!({"id": id, "type": "speech", "title": format!("Statement by {name}"),
            "author": [{"literal": name}], "custom": custom});
        if let serde_json::Value::Object(csl) = csl {
            self.references.push(Source { csl });
        }
        let what = format!("source {id}: {name}{speaks}");
        self.proposals.push(Proposal { what, words: credit.words.clone() });
        self.known.push((credit, id.clone()));
        id
    }
}

fn push(content: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        content.push(Inline::Text { text: text.to_owned(), marks: Vec::new() });
    }
}
