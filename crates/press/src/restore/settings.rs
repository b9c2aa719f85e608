//! Settings for an edition whose own are lost: what the record tells of them.

use crate::copy::Copy;
use ovn_edition::leaf::{Kind, Leaf};
use ovn_edition::sealed::{self, Document};
use ovn_edition::slug;
use std::collections::BTreeMap;

/// What is said when there were none.
pub(super) const LOST: &str = "ovn.toml is lost: name, origin, languages and sections were told from the record, the addresses of \
    sections may be others than before; look it through, and desk.toml, if there was one, has to be written again";

/// The text of an `ovn.toml` with what the record tells: the edition's name, its languages, the names of its sections.
pub(super) fn from_record(
    from: &Copy,
    origin: &str,
    leaves: &[Vec<u8>],
    document: &dyn Fn(u64) -> Result<Vec<u8>, String>,
) -> String {
    let mut name = origin.to_owned();
    let mut languages: BTreeMap<String, u64> = BTreeMap::new();
    let mut sections: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (leaf, seq) in leaves.iter().zip(0..) {
        let Ok(leaf) = Leaf::read(leaf) else { continue };
        let bytes = document(seq).unwrap_or_default();
        let Ok(document) = Document::read(&bytes) else { continue };
        if leaf.kind == Kind::Genesis {
            let said = document.first("genesis").and_then(|said| said.get("edition"));
            name = said.and_then(|said| said.as_str()).unwrap_or(origin).to_owned();
        }
        if !matches!(leaf.kind, Kind::Revision | Kind::Correction | Kind::Policy) {
            continue;
        }
        let Ok((article, _)) = sealed::article(&document) else { continue };
        if !article.lang.is_empty() {
            *languages.entry(article.lang.clone()).or_default() += 1;
        }
        for section in article.sections {
            *sections.entry((article.lang.clone(), section)).or_default() += 1;
        }
    }
    let url = match from {
        Copy::Web { base, .. } => base.as_str(),
        _ => "http://127.0.0.1:8080",
    };
    write(&name, origin, url, &languages, sections.into_keys())
}

fn write(
    name: &str,
    origin: &str,
    url: &str,
    languages: &BTreeMap<String, u64>,
    sections: impl Iterator<Item = (String, String)>,
) -> String {
    let text = |value: &str| serde_json::Value::from(value).to_string();
    let mut languages: Vec<_> = languages.iter().collect();
    languages.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let languages: Vec<String> = languages.iter().map(|(lang, _)| text(lang)).collect();
    let languages = if languages.is_empty() { "\"en\"".to_owned() } else { languages.join(", ") };
    let mut out = format!(
        "# Told from the record, since the edition's own settings were lost. docs/settings.md lists every key.\n\
         # Look through it: zone, motto and publisher are not in the record, and the addresses of sections are guesses.\n\
         name = {}\norigin = {}\nurl = {}\nlanguages = [{languages}]\nzone = \"UTC\"\n",
        text(name),
        text(origin),
        text(url)
    );
    let mut taken: Vec<String> = Vec::new();
    for ((lang, section), number) in sections.zip(1..) {
        let own = slug::from_headline(&section).filter(|slug| !taken.contains(slug));
        let own = own.unwrap_or_else(|| format!("section-{number}"));
        out += &format!(
            "\n[[sections]]\nslug = {}\nname = {{ {lang} = {} }}\n",
            text(&own),
            text(&section)
        );
        taken.push(own);
    }
    out
}
