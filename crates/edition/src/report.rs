//! What the desk says of a text: the report that is sealed with a revision, and the newsroom's answers to it.
//!
//! These are nouns alone; `ovn-desk` makes a report from an article. A report is canonical JSON in the block `desk` of a
//! sealed document, so every number is a whole number and every list has one order.

use crate::model::Article;
use serde::{Deserialize, Serialize};

/// The version of the report's form.
pub const FORMAT: u32 = 1;

/// How much a finding asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// To know: floor of precision .60.
    Info,
    /// To look at: floor .75.
    Look,
    /// To mend or to answer: floor .90.
    Fix,
}

impl Level {
    /// Every level with its word in files and reports, the mildest first.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Info, "info"), (Self::Look, "look"), (Self::Fix, "fix")];

    /// The word for this level.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(level, _)| *level == self).map_or("info", |(_, word)| word)
    }

    /// The level that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(level, _)| *level)
    }
}

/// What the desk found in one article, and what it did not look for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Report {
    /// [`FORMAT`].
    pub v: u32,
    /// The language that the text was read in.
    pub lang: String,
    /// Version of the reading: sentences, quotations, attributions, voices.
    pub reading: u32,
    /// The rules that were run, in the desk's order.
    pub rules: Vec<Ran>,
    /// The rules that were not run, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<Off>,
    /// The edition's own additions, whole, so that anyone can run the same rules.
    #[serde(default, skip_serializing_if = "House::is_empty")]
    pub house: House,
    /// In reading order, findings about the whole text first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// What was counted.
    pub counts: Counts,
    /// Who speaks in the text, in order of first speaking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voices: Vec<Voice>,
    /// Those with a stake, as the article and its text name them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Stake>,
}

/// A rule that was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ran {
    /// Its id: `single-source`; a rule of the house begins with `house/`.
    pub id: String,
    /// Its version, from 1.
    pub version: u32,
    /// Its level.
    pub level: Level,
    /// How many of `of` judged findings on real text were right; absent for a rule that states a fact of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<u32>,
    /// How many findings on real text were judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// A rule that was not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Off {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Why not.
    pub why: Why,
}

/// Why a rule was not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It does not know the text's language.
    Language,
    /// Its findings were not yet judged on real text of this language.
    Unmeasured,
    /// They were, and too few were right for its level.
    Precision,
    /// The edition switched it off.
    House,
}

/// One finding: words that raise a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Finding {
    /// Id of the rule.
    pub rule: String,
    /// The rule's level.
    pub level: Level,
    /// The words that raise it, in reading order; empty when it is about the whole text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Spot>,
    /// The countable fact, a sentence in the text's language.
    pub why: String,
    /// What would settle it, a sentence in the text's language.
    pub settle: String,
}

/// Words at their place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Spot {
    /// Number of the block in the sealed document, from 0.
    pub block: u32,
    /// Which run of text in that block, in reading order, from 0.
    pub run: u32,
    /// First byte in the run's words without citations ([`crate::text::cited`]), UTF-8.
    pub from: u32,
    /// The byte after the last.
    pub to: u32,
    /// The words themselves.
    pub words: String,
}

/// What was counted in headline, standfirst and body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Counts {
    /// Words, by Unicode's UAX #29.
    pub words: u32,
    /// Sentences.
    pub sentences: u32,
    /// Sentences with an attribution.
    pub attributed: u32,
    /// Words that a named or unnamed speaker is credited with.
    pub spoken_words: u32,
    /// Of these, words between quotation marks.
    pub quoted_words: u32,
    /// Of the spoken words, those of speakers without a name.
    pub unnamed_words: u32,
    /// Attributions whose speaker could not be decided.
    pub undecided: u32,
    /// Claims: sentences with a citation.
    pub claims: u32,
}

/// One who speaks in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Voice {
    /// The fullest name in the text, or the words for one without a name.
    pub name: String,
    /// Whether the text gives no name.
    pub unnamed: bool,
    /// Whether the text gives an office: government, police, army, court, company.
    pub official: bool,
    /// Passages that this voice is credited with.
    pub passages: u32,
    /// Words in them.
    pub words: u32,
    /// Of these, between quotation marks.
    pub direct: u32,
    /// Number of the block where it first speaks.
    pub first: u32,
    /// And where it last does.
    pub last: u32,
}

/// One with a stake in the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stake {
    /// As the article writes it.
    pub name: String,
    /// How often the text names it.
    pub named: u32,
    /// How often it is accused of something.
    pub accused: u32,
    /// Whether the text or the file says that it was asked.
    pub sought: bool,
    /// Passages that it is credited with, and claims whose source speaks for it.
    pub heard: u32,
    /// Words that it is credited with.
    pub words: u32,
    /// Of these, between quotation marks.
    pub direct: u32,
    /// Number of the block where it is first named or heard; absent when the text does neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<u32>,
    /// And the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<u32>,
}

/// What an edition adds to the desk's rules, or takes from them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct House {
    /// Ids of rules to run although they are off by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// Ids of rules not to run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// Rules of the edition's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<HouseRule>,
}

impl House {
    /// Whether nothing is added or taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A rule of an edition's own: phrases, and what to say where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HouseRule {
    /// `[a-z0-9-]`; reports name it `house/ID`.
    pub id: String,
    /// From 1; to be raised with every change.
    pub version: u32,
    /// Language of the phrases.
    pub lang: String,
    /// Its level.
    pub level: Level,
    /// Where the phrases count.
    #[serde(default)]
    pub scope: Scope,
    /// What is looked for, compared without regard to case.
    pub phrases: Vec<String>,
    /// Said where one of them stands; `{}` is the phrase.
    pub why: String,
    /// What would settle it.
    pub settle: String,
}

/// Where a rule of the house looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// In the article's own words alone: not in quotations and not in what others are credited with.
    #[default]
    OwnVoice,
    /// Everywhere.
    Anywhere,
    /// In headline and standfirst.
    Headline,
}

/// The newsroom's answer to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// Id of the rule that is answered.
    pub rule: String,
    /// The words that the finding points at; every finding of the rule when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What is said of it.
    #[serde(default)]
    pub verdict: Verdict,
    /// Why, a sentence for readers.
    pub because: String,
}

/// What a newsroom says of a finding that it leaves standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The finding is right, and the words stay.
    #[default]
    Kept,
    /// The finding is not true of the text.
    WrongFlag,
}

impl Verdict {
    /// Every verdict with its word in files and documents.
    pub const ALL: [(Self, &'static str); 2] =
        [(Self::Kept, "kept"), (Self::WrongFlag, "wrong-flag")];
}

impl Finding {
    /// The words that the finding points at, its places joined by " … ".
    #[must_use]
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.at.iter().map(|spot| spot.words.as_str()).collect();
        words.join(" … ")
    }

    /// Whether `answer` speaks to this finding: the same rule, and no words or words that it points at.
    #[must_use]
    pub fn is_answered_by(&self, answer: &Answer) -> bool {
        self.rule == answer.rule
            && answer.words.as_ref().is_none_or(|words| {
                *words == self.words() || self.at.iter().any(|spot| spot.words == *words)
            })
    }
}

/// The answer of `answers` to `finding`: one to its very words before one to every finding of its rule.
#[must_use]
pub fn answer_to<'a>(answers: &'a [Answer], finding: &Finding) -> Option<&'a Answer> {
    let own = || answers.iter().filter(|answer| finding.is_answered_by(answer));
    own().find(|answer| answer.words.is_some()).or_else(|| own().next())
}

/// Block number of the headline in every sealed document of an article.
pub const HEADLINE_BLOCK: u32 = 4;

/// Block number of the standfirst, where there is one.
#[must_use]
pub fn standfirst_block(article: &Article) -> Option<u32> {
    article.standfirst.as_ref().map(|_| HEADLINE_BLOCK + 1)
}
