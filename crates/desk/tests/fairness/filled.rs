//! Templates filled with names, and places in them that mean the same whatever the names are.

use ovn_desk::report;
use ovn_edition::{
    claims,
    model::{Article, Block, Inline},
    report::{Finding, HEADLINE_BLOCK, House, HouseRule, Level, Report, Scope},
};
use std::collections::BTreeMap;

/// What stands for each slot.
pub(crate) type Values = BTreeMap<&'static str, &'static str>;

/// A line with its slots filled.
pub(crate) struct Filled {
    pub(crate) text: String,
    /// For each literal and each slot in turn: its bytes, and whether it is a slot.
    pieces: Vec<(usize, usize, bool)>,
}

/// A place in a template: which piece, and how far into it: bytes of a literal, words of a slot.
type Point = (usize, usize);

/// Fills `{name}` with its value and `{^name}` with the value capitalised.
pub(crate) fn fill(template: &str, values: &Values) -> Filled {
    let mut filled = Filled { text: String::new(), pieces: Vec::new() };
    let mut push = |words: &str, slot: bool| {
        let from = filled.text.len();
        filled.text.push_str(words);
        filled.pieces.push((from, filled.text.len(), slot));
    };
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a slot is closed");
        push(before, false);
        let (capital, name) = name.strip_prefix('^').map_or((false, name), |name| (true, name));
        let value = values.get(name).unwrap_or_else(|| panic!("no value for {name}"));
        push(&if capital { capitalised(value) } else { (*value).to_owned() }, true);
        rest = after;
    }
    push(rest, false);
    filled
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Filled {
    /// The place of byte `at`; an end belongs to the piece before it, a beginning to the piece after it.
    fn point(&self, at: usize, is_end: bool) -> Point {
        let holds = |&(from, to, _): &(usize, usize, bool)| {
            if is_end { from < at && at <= to } else { from <= at && at < to }
        };
        let Some(piece) = self.pieces.iter().position(holds) else { return (usize::MAX, at) };
        let (from, to, slot) = self.pieces[piece];
        let within = match slot {
            false => at - from,
            true if at == to => usize::MAX,
            true => self.text[from..at].split_whitespace().count(),
        };
        (piece, within)
    }
}

/// A text made of templates: each line has a number that it keeps wherever it stands; line 0 is the headline.
pub(crate) struct Made {
    pub(crate) article: Article,
    lines: Vec<(usize, Filled)>,
}

/// The article of these lines; the first is the headline.
pub(crate) fn make(lang: &str, lines: &[(usize, &str, &Values)]) -> Made {
    let filled = lines.iter().map(|(id, template, values)| (*id, fill(template, values)));
    let lines: Vec<(usize, Filled)> = filled.collect();
    let mut article = Article { lang: lang.to_owned(), ..Article::default() };
    article.headline = lines[0].1.text.clone();
    for (_, line) in &lines[1..] {
        article.body.push(paragraph(&line.text));
    }
    Made { article, lines }
}

pub(crate) fn paragraph(words: &str) -> Block {
    Block::Paragraph { content: vec![Inline::Text { text: words.to_owned(), marks: Vec::new() }] }
}

/// Every rule, and one of a house that looks in the article's own voice.
pub(crate) fn house() -> House {
    House {
        on: ovn_desk::all().iter().map(|rule| rule.id.to_owned()).collect(),
        off: Vec::new(),
        rules: vec![OWN_EN, OWN_UR].into_iter().map(own).collect(),
    }
}

/// The phrase of the house's rule in both languages.
pub(crate) const OWN_EN: (&str, &str) = ("en", "thoroughly modern");
pub(crate) const OWN_UR: (&str, &str) = ("ur", "نہایت جدید");

fn own((lang, phrase): (&str, &str)) -> HouseRule {
    HouseRule {
        id: "control".to_owned(),
        version: 1,
        lang: lang.to_owned(),
        level: Level::Info,
        scope: Scope::OwnVoice,
        phrases: vec![phrase.to_owned()],
        why: "{}".to_owned(),
        settle: "{}".to_owned(),
    }
}

/// A finding without the words that a swap may change.
pub(crate) type Trace = (String, Level, Vec<(usize, Point, Point)>);

impl Made {
    /// What the desk says of it.
    pub(crate) fn report(&self) -> Report {
        report(&self.article, &house())
    }

    /// The findings of `report` as places in templates, sorted.
    pub(crate) fn traces(&self, report: &Report) -> Vec<Trace> {
        let mut out: Vec<Trace> = report.findings.iter().map(|found| self.trace(found)).collect();
        out.sort();
        out
    }

    fn trace(&self, finding: &Finding) -> Trace {
        let spots = finding.at.iter().map(|spot| {
            let (id, line) = &self.lines[self.line(spot.block)];
            (*id, line.point(spot.from as usize, false), line.point(spot.to as usize, true))
        });
        let mut spots: Vec<_> = spots.collect();
        spots.sort_unstable();
        (finding.rule.clone(), finding.level, spots)
    }

    /// The lines that a finding points into, for a reader of a failure.
    pub(crate) fn places(&self, trace: &Trace) -> String {
        let wanted: Vec<usize> = trace.2.iter().map(|(id, ..)| *id).collect();
        let lines = self.lines.iter().filter(|(id, _)| wanted.is_empty() || wanted.contains(id));
        let lines: Vec<&str> = lines.map(|(_, line)| line.text.as_str()).collect();
        format!("{:?} in {lines:?}", trace.2)
    }

    /// All lines.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.lines.iter().map(|(_, line)| line.text.as_str()).collect()
    }

    /// Which line a block of the sealed document holds.
    pub(crate) fn line(&self, block: u32) -> usize {
        let block = block as usize;
        if block == HEADLINE_BLOCK as usize {
            0
        } else {
            block + 1 - claims::first_body_block(&self.article)
        }
    }
}

/// How many findings of each rule there are.
pub(crate) fn tally(report: &Report) -> BTreeMap<&str, usize> {
    let mut out = BTreeMap::new();
    for found in &report.findings {
        *out.entry(found.rule.as_str()).or_default() += 1;
    }
    out
}
