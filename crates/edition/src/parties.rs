//! Parties: who is named, who is heard, and how many claims rest on whose word.

use crate::{
    claims::{self, Claim},
    fold,
    model::{Article, Source},
};

/// A person or body with a stake in the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// As the article writes it.
    pub name: String,
    /// Whether the article's metadata names it as a party.
    pub named: bool,
    /// Whether a source that the body cites speaks for it.
    pub heard: bool,
    /// Numbers of the claims that rest on its word, from 1.
    pub claims: Vec<usize>,
    /// Ids of the sources that speak for it, cited or not.
    pub sources: Vec<String>,
}

/// The parties that `article` names, then those that only its sources name.
#[must_use]
pub fn of(article: &Article) -> Vec<Party> {
    weigh(&article.parties, article.references.iter(), &claims::of(article))
}

/// The parties called `names`, then those that only `sources` name, with what rests on them among `claims`.
pub fn weigh<'a>(
    names: &[String],
    sources: impl Iterator<Item = &'a Source>,
    claims: &[Claim],
) -> Vec<Party> {
    let mut out: Vec<(String, Party)> = Vec::new();
    let new = |name: &str, named: bool| Party {
        name: name.to_owned(),
        named,
        heard: false,
        claims: Vec::new(),
        sources: Vec::new(),
    };
    for name in names {
        let key = fold::text(name);
        if !out.iter().any(|(other, _)| *other == key) {
            out.push((key, new(name, true)));
        }
    }
    for source in sources {
        let Some(name) = source.speaks_for() else { continue };
        let key = fold::text(name);
        if !out.iter().any(|(other, _)| *other == key) {
            out.push((key.clone(), new(name, false)));
        }
        let party = out.iter_mut().find(|(other, _)| *other == key);
        if let Some((_, party)) = party {
            party.sources.push(source.id().to_owned());
        }
    }
    for (_, party) in &mut out {
        let rests = |claim: &Claim| claim.sources.iter().any(|id| party.sources.contains(id));
        let numbered = claims.iter().enumerate().filter(|(_, claim)| rests(claim));
        party.claims = numbered.map(|(at, _)| at + 1).collect();
        party.heard = !party.claims.is_empty();
    }
    out.into_iter().map(|(_, party)| party).collect()
}

/// How many parties are heard.
#[must_use]
pub fn heard(parties: &[Party]) -> usize {
    parties.iter().filter(|party| party.heard).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::html::sample;

    #[test]
    fn heard_needs_a_cited_source() {
        let found = of(&sample::english());
        let rows: Vec<(&str, bool, bool, usize)> = found
            .iter()
            .map(|party| (party.name.as_str(), party.named, party.heard, party.claims.len()))
            .collect();
        assert_eq!(
            rows,
            [
                ("Government of Pakistan", true, true, 3),
                ("Government of the United States", true, false, 0),
                ("Chamber of Commerce", false, false, 0),
            ]
        );
        assert_eq!(heard(&found), 1);
    }
}
