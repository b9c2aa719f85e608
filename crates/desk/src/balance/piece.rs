//! What the balance needs of one sealed document.

use ovn_edition::{
    claims,
    model::{Answer, Class},
    report::{Level, Verdict, answer_to},
    sealed::{self, Document},
};

/// What one sealed revision adds to the balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Address of the article.
    pub path: String,
    /// Article or policy.
    pub place: Place,
    /// BCP 47 tag.
    pub lang: String,
    /// Declared class of the revision.
    pub class: Class,
    /// Whether the desk's report was sealed with it.
    pub reported: bool,
    /// Sources that the body cites.
    pub sources: u32,
    /// Who speaks.
    pub voices: u32,
    /// Of these, those without a name.
    pub unnamed_voices: u32,
    /// Of these, those with an office.
    pub official_voices: u32,
    /// Words of the text.
    pub words: u32,
    /// Words that somebody is credited with.
    pub spoken_words: u32,
    /// Of these, words of somebody without a name.
    pub unnamed_words: u32,
    /// The parties.
    pub sides: Vec<Side>,
    /// Rule, level and answer of each finding.
    pub findings: Vec<(String, Level, Answered)>,
}

/// What a document is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An article.
    Article,
    /// A policy of the edition, which the balance leaves out.
    Policy,
}

/// One party of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// As the article writes it.
    pub name: String,
    /// Whether it is heard.
    pub heard: bool,
    /// Whether it was asked.
    pub sought: bool,
    /// Words that it is credited with.
    pub words: u32,
}

/// What became of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Nothing was said.
    No,
    /// The newsroom keeps the words.
    Kept,
    /// The newsroom says that the finding is wrong.
    Wrong,
}

impl Piece {
    /// What `document` adds; `None` when it is no article, or so much was removed that it has no text.
    #[must_use]
    pub fn of(document: &Document) -> Option<Self> {
        let (article, place) = sealed::article(document).ok()?;
        if article.headline.is_empty() && article.body.is_empty() {
            return None;
        }
        let report = sealed::report(document).ok().flatten();
        let reported = report.is_some();
        let report = report.unwrap_or_default();
        let mut cited: Vec<String> =
            claims::of(&article).into_iter().flat_map(|claim| claim.sources).collect();
        cited.sort_unstable();
        cited.dedup();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let voices = || report.voices.iter();
        let side = |stake: &ovn_edition::report::Stake| Side {
            name: stake.name.clone(),
            heard: stake.heard > 0,
            sought: stake.sought,
            words: stake.words,
        };
        let findings = report.findings.iter().map(|finding| {
            let answer = answer_to(&article.answers, finding);
            (finding.rule.clone(), finding.level, answered(answer))
        });
        let findings = findings.collect();
        Some(Self {
            place: if policy(&place.path) { Place::Policy } else { Place::Article },
            path: place.path,
            class: article.change.class,
            lang: article.lang,
            reported,
            sources: count(cited.len()),
            voices: count(report.voices.len()),
            unnamed_voices: count(voices().filter(|voice| voice.unnamed).count()),
            official_voices: count(voices().filter(|voice| voice.official).count()),
            words: report.counts.words,
            spoken_words: report.counts.spoken_words,
            unnamed_words: report.counts.unnamed_words,
            sides: report.parties.iter().map(side).collect(),
            findings,
        })
    }
}

fn answered(answer: Option<&Answer>) -> Answered {
    match answer.map(|answer| answer.verdict) {
        None => Answered::No,
        Some(Verdict::Kept) => Answered::Kept,
        Some(Verdict::WrongFlag) => Answered::Wrong,
    }
}

/// Policies are read below `/policies/`, with or without a language before it.
fn policy(path: &str) -> bool {
    path.split('/').take(3).any(|part| part == "policies")
}
