//! `loaded-word` against the words that experts marked, each outlet left out in turn; and how often the rules speak.

mod choose;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
};

use super::{
    data,
    grid::{Grid, share},
    marks::{self, Hit, Marked},
};
use choose::Candidates;
use ovn_desk::{
    reading::Reading,
    wording::{Whose, Wording},
};
use ovn_edition::{model::Article, report::House};
use serde::Deserialize;

/// What was counted over some sentences.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    flags: u32,
    right: u32,
    marks: u32,
    found: u32,
    words: usize,
    /// Sentences without a mark, and how many of them were flagged.
    plain: u32,
    plain_flagged: u32,
}

impl Tally {
    fn add(&mut self, sentence: &Marked, chosen: &dyn Fn(&str) -> bool) {
        let hits: Vec<&Hit> =
            sentence.hits.iter().filter(|hit| hit.own && chosen(&hit.phrase)).collect();
        self.flags += count(hits.len());
        self.right += count(hits.iter().filter(|hit| hit.right).count());
        self.marks += count(sentence.marks.len());
        let found = sentence.marks.iter().filter(|mark| mark.is_found(hits.iter().copied()));
        self.found += count(found.count());
        self.words += sentence.words;
        if sentence.marks.is_empty() && !sentence.biased {
            self.plain += 1;
            self.plain_flagged += u32::from(!hits.is_empty());
        }
    }

    /// Precision and recall.
    pub(super) fn shares(&self) -> [f64; 2] {
        [(self.right, self.flags), (self.found, self.marks)]
            .map(|(a, b)| f64::from(a) / f64::from(b.max(1)))
    }

    fn row(&self, outlet: &str, side: &str, grid: &mut Grid) {
        grid.row([
            outlet.to_owned(),
            side.to_owned(),
            format!("{}/{}", self.right, self.flags),
            share(self.right, self.flags),
            format!("{}/{}", self.found, self.marks),
            share(self.found, self.marks),
            format!("{:.2}", f64::from(self.flags) * 1000.0 / self.words.max(1) as f64),
            format!("{}/{}", self.plain_flagged, self.plain),
            share(self.plain_flagged, self.plain),
        ]);
    }
}

fn count(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// The headings of a table of [`Tally`] rows.
const HEAD: [&str; 9] = [
    "outlet",
    "side as the data gives it",
    "right/flags",
    "P [95 %]",
    "found/marks",
    "R [95 %]",
    "flags per 1,000 words",
    "flagged of sentences without a mark",
    "share [95 %]",
];

/// The candidates that stand in the repository.
fn candidates(given: Option<&Path>) -> Option<PathBuf> {
    let ours = crate::cargo::root().join("xtask/lists/loaded-candidates.txt");
    given.map(Path::to_owned).or_else(|| ours.exists().then_some(ours))
}

/// What words reach that were chosen without the outlet whose sentences they are tried on.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) whole: Tally,
    pub(super) grid: Grid,
    /// The phrases chosen on all outlets.
    pub(super) kept: Vec<String>,
}

/// Leaves every outlet out in turn; `None` without candidates.
pub(super) fn reached(folder: &Path, given: Option<&Path>) -> Result<Option<Reached>, String> {
    let Some(path) = candidates(given) else { return Ok(None) };
    let candidates = Candidates::read(&path)?;
    let all = marks::sentences(folder, &Wording::parse(&candidates.list))?;
    let chosen = |outlet: String| {
        let of_others = candidates.choose(all.iter().filter(|one| one.outlet != outlet));
        (outlet, of_others)
    };
    let chosen: BTreeMap<String, BTreeSet<&str>> =
        marks::outlets(&all).into_iter().map(chosen).collect();
    let is_chosen =
        |outlet: &str, phrase: &str| chosen.get(outlet).is_some_and(|set| set.contains(phrase));
    let (whole, grid) = tallied(&all, &is_chosen);
    let kept = candidates.choose(all.iter()).into_iter().map(str::to_owned).collect();
    Ok(Some(Reached { whole, grid, kept }))
}

/// What was reached, for a terminal; with `list`, the phrases chosen on all outlets instead.
pub(super) fn table(folder: &Path, given: Option<&Path>, list: bool) -> Result<String, String> {
    let reached = reached(folder, given)?;
    if let Some(reached) = reached.as_ref().filter(|_| list) {
        return Ok(reached.kept.join("\n") + "\n");
    }
    let english = Wording::english();
    let mut out = format!(
        "words: loaded-word against the experts' marks, own voice\n\nThe list as it stands, {} phrases. Where it was chosen on these same outlets, this is too good.\n",
        english.len()
    );
    let (_, grid) = tallied(&marks::sentences(folder, english)?, &|_, _| true);
    out.push_str(&grid.lines());
    if let Some(reached) = reached {
        let _ = writeln!(
            out,
            "\nWords chosen on the other outlets alone, for each outlet:\n{}Chosen on all: {} phrases.",
            reached.grid.lines(),
            reached.kept.len()
        );
    }
    out.push_str(&spans(folder)?);
    out.push_str(&rates(folder)?);
    Ok(out)
}

/// All sentences, then by outlet, then by side.
fn tallied(all: &[Marked], chosen: &dyn Fn(&str, &str) -> bool) -> (Tally, Grid) {
    let mut whole = Tally::default();
    let mut by: BTreeMap<(u8, &str), Tally> = BTreeMap::new();
    for one in all {
        let chosen = |phrase: &str| chosen(&one.outlet, phrase);
        whole.add(one, &chosen);
        by.entry((0, &one.outlet)).or_default().add(one, &chosen);
        if !one.side.is_empty() {
            by.entry((1, &one.side)).or_default().add(one, &chosen);
        }
    }
    let mut grid = Grid::new(&HEAD);
    whole.row("all", "", &mut grid);
    for ((kind, name), tally) in &by {
        let (outlet, side) = if *kind == 1 { ("all", *name) } else { (*name, "") };
        tally.row(outlet, side, &mut grid);
    }
    (whole, grid)
}

#[derive(Debug, Deserialize)]
struct Story {
    #[serde(rename = "body-paragraphs")]
    body: Vec<Vec<String>>,
    #[serde(default)]
    title: Option<String>,
    annotation: Annotation,
}

#[derive(Debug, Deserialize)]
struct Annotation {
    #[serde(rename = "phrase-level-annotations", default)]
    phrases: Vec<Phrase>,
}

#[derive(Debug, Deserialize)]
struct Phrase {
    bias: String,
    #[serde(default)]
    quote: String,
    #[serde(default)]
    txt: String,
}

/// BASIL: spans of loaded language outside quotations, and how many the list points into.
fn spans(folder: &Path) -> Result<String, String> {
    let stories: Vec<Story> = data::rows(folder, "basil/dev.jsonl")?;
    let (mut spans, mut found, mut flags, mut inside) = (0, 0, 0, 0);
    for story in &stories {
        let lines: Vec<&str> = story.body.iter().flatten().map(String::as_str).collect();
        let title = story.title.clone().unwrap_or_default();
        let laid = data::lay(&format!("{title}\n{}", lines.join("\n")), "en");
        let reading = Reading::of(&laid.article);
        let words = Wording::english().of(&reading);
        let own: Vec<_> = words.into_iter().filter(|word| word.whose == Whose::Own).collect();
        flags += own.len();
        let lexical: Vec<&Phrase> =
            story.annotation.phrases.iter().filter(|one| one.bias == "lex").collect();
        let touches = |phrase: &Phrase, run: usize, bytes: &std::ops::Range<usize>| {
            let text = reading.runs.get(run).map(|run| run.text.as_str()).unwrap_or_default();
            let span = phrase.txt.trim();
            let at = text.find(span).filter(|_| !span.is_empty());
            at.is_some_and(|at| at < bytes.end && bytes.start < at + span.len())
        };
        for phrase in lexical.iter().filter(|one| one.quote != "yes") {
            spans += 1;
            found += usize::from(own.iter().any(|word| touches(phrase, word.run, &word.bytes)));
        }
        let any = |word: &&ovn_desk::wording::Word| {
            story.annotation.phrases.iter().any(|one| touches(one, word.run, &word.bytes))
        };
        inside += own.iter().filter(any).count();
    }
    Ok(format!(
        "\nBASIL: {found} of {spans} lexical spans outside quotations hit; {flags} flags, {inside} of them inside a marked span of any kind ({} articles)\n",
        stories.len()
    ))
}

#[derive(Debug, Deserialize)]
struct Plain {
    id: String,
    text: String,
}

/// How often each rule speaks, per 1,000 words: on the wire's sentences and on whole articles by outlet.
fn rates(folder: &Path) -> Result<String, String> {
    let mut texts: Vec<(String, Article)> = Vec::new();
    for one in marks::sentences(folder, Wording::english())? {
        if one.side == "center" {
            let body = vec![data::paragraph(&one.text)];
            let article = Article { lang: "en".to_owned(), body, ..Article::default() };
            texts.push((format!("{} (sentences)", one.outlet), article));
        }
    }
    for one in data::rows::<Plain>(folder, "polnear/dev.jsonl")? {
        let outlet = one.id.split('_').next().unwrap_or_default().to_owned();
        texts.push((outlet, data::lay(&one.text, "en").article));
    }
    let on = ovn_desk::all().iter().map(|rule| rule.id.to_owned()).collect();
    let house = House { on, ..House::default() };
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    let mut flags: BTreeMap<(&str, String), u32> = BTreeMap::new();
    for (outlet, article) in &texts {
        let report = ovn_desk::report(article, &house);
        *words.entry(outlet).or_default() += report.counts.words;
        for finding in report.findings {
            *flags.entry((outlet, finding.rule)).or_default() += 1;
        }
    }
    let mut out = String::from("\nfindings per 1,000 words, every rule on\n");
    for (outlet, words) in &words {
        let of_outlet = flags.iter().filter(|((name, _), _)| name == outlet);
        let rate = |flags: u32| f64::from(flags) * 1000.0 / f64::from((*words).max(1));
        let each: Vec<String> =
            of_outlet.map(|((_, rule), flags)| format!("{rule} {:.2}", rate(*flags))).collect();
        let _ = writeln!(out, "{outlet} ({words} words): {}", each.join(", "));
    }
    Ok(out)
}
