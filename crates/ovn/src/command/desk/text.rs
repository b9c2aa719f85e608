//! Findings for people: the words in their sentence, why, what would settle it, and how often such findings were right.

use super::Read;
use ovn_desk::reading::Reading;
use ovn_edition::report::{Finding, Level, Ran, Report, Spot, Verdict};
use std::io::IsTerminal;

/// How words are set apart: on a terminal underlined, in a pipe between brackets.
struct Ink {
    on: bool,
}

impl Ink {
    fn put(&self, code: &str, words: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words.to_owned() }
    }

    fn marked(&self, words: &str) -> String {
        if self.on { self.put("1;4", words) } else { format!("⟦{words}⟧") }
    }

    fn level(&self, level: Level) -> String {
        let code = match level {
            Level::Fix => "31",
            Level::Look => "33",
            Level::Info => "36",
        };
        self.put(code, level.word())
    }
}

/// All files, then a line that sums up.
pub(super) fn all(read: &[Read]) -> String {
    let color = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let ink = Ink { on: color && std::io::stdout().is_terminal() };
    let mut out: String = read.iter().map(|one| file(one, &ink)).collect();
    out.push_str(&sum(read));
    out
}

fn file(one: &Read, ink: &Ink) -> String {
    let reading = Reading::of(&one.article);
    let mut out = String::new();
    for finding in &one.report.findings {
        let (line, column) = one.region(finding).from;
        let (level, rule) = (ink.level(finding.level), ink.put("2", &finding.rule));
        out.push_str(&format!("{}:{line}:{column} {level} {rule}\n", one.name));
        for spots in contexts(&finding.at, &reading) {
            out.push_str(&format!("    {}\n", context(&spots, &reading, ink)));
        }
        out.push_str(&format!("  {}\n  → {}\n", finding.why, finding.settle));
        if let Some(line) = basis(&one.report, finding) {
            out.push_str(&format!("  {}\n", ink.put("2", &line)));
        }
        if let Some(answer) = one.answer(finding) {
            let word = match answer.verdict {
                Verdict::Kept => "kept",
                Verdict::WrongFlag => "wrong flag",
            };
            out.push_str(&format!("  answered: {word}, because {}\n", answer.because));
        }
        out.push('\n');
    }
    out.push_str(&rows(one));
    out
}

/// The spots of a finding, those of one sentence together; at most three sentences.
fn contexts<'a>(at: &'a [Spot], reading: &Reading<'_>) -> Vec<Vec<&'a Spot>> {
    let mut out: Vec<(Option<usize>, Vec<&Spot>)> = Vec::new();
    for spot in at {
        let sentence = sentence(spot, reading).map(|found| found.1);
        match out.last_mut() {
            Some((last, spots)) if *last == sentence => spots.push(spot),
            _ => out.push((sentence, vec![spot])),
        }
    }
    out.into_iter().take(3).map(|(_, spots)| spots).collect()
}

/// The run and the sentence that hold a spot, by their numbers.
fn sentence(spot: &Spot, reading: &Reading<'_>) -> Option<(usize, usize)> {
    let run =
        reading.runs.iter().position(|run| run.block == spot.block && run.number == spot.run)?;
    let at = reading.sentence_at(run, usize::try_from(spot.from).ok()?)?;
    Some((run, at))
}

/// The sentence with the words of these spots set apart.
fn context(spots: &[&Spot], reading: &Reading<'_>, ink: &Ink) -> String {
    let found = spots.first().and_then(|spot| sentence(spot, reading));
    let words: Vec<&str> = spots.iter().map(|spot| spot.words.as_str()).collect();
    let plain = || ink.marked(&words.join(" … "));
    let Some((run, number)) = found else { return plain() };
    let (Some(run), Some(sentence)) = (reading.runs.get(run), reading.sentences.get(number)) else {
        return plain();
    };
    let mut out = String::new();
    let mut at = sentence.range.start;
    let whole = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    for spot in spots {
        let (from, to) = (whole(spot.from), whole(spot.to));
        let (Some(before), Some(words)) = (run.text.get(at..from), run.text.get(from..to)) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&ink.marked(words));
        at = to;
    }
    out.push_str(run.text.get(at..sentence.range.end.max(at)).unwrap_or_default());
    out.replace('\n', " ")
}

/// How often such findings were right.
fn basis(report: &Report, finding: &Finding) -> Option<String> {
    let ran = report.rules.iter().find(|ran| ran.id == finding.rule)?;
    match ran {
        Ran { right: Some(right), of: Some(of), .. } => {
            Some(format!("right in {right} of {of} such findings judged on real text"))
        }
        _ => None,
    }
}

/// Who speaks and who is at stake, where there is anybody.
fn rows(one: &Read) -> String {
    let mut out = String::new();
    let many = |count: u32, word: &str| {
        if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
    };
    for voice in &one.report.voices {
        let without = if voice.unnamed { ", no name" } else { "" };
        out.push_str(&format!(
            "{}: speaks {}{without}: {}, {}, {} of them quoted\n",
            one.name,
            voice.name,
            many(voice.passages, "passage"),
            many(voice.words, "word"),
            voice.direct
        ));
    }
    for party in &one.report.parties {
        let heard = match (party.heard, party.sought) {
            (0, false) => "not heard".to_owned(),
            (0, true) => "asked, not heard".to_owned(),
            (count, _) => format!("heard in {}", many(count, "passage")),
        };
        out.push_str(&format!(
            "{}: party {}: named {}, {heard}\n",
            one.name,
            party.name,
            many(party.named, "time")
        ));
    }
    let undecided = one.report.counts.undecided;
    if undecided > 0 {
        out.push_str(&format!(
            "{}: {} whose speaker could not be decided\n",
            one.name,
            many(undecided, "attribution")
        ));
    }
    out
}

/// The last line.
fn sum(read: &[Read]) -> String {
    let findings = read.iter().flat_map(|one| one.report.findings.iter().map(move |f| (one, f)));
    let (mut asked, mut answered) = (0, 0);
    for (one, finding) in findings {
        asked += 1;
        answered += usize::from(one.answer(finding).is_some());
    }
    let off = read.iter().map(|one| one.report.off.len()).max().unwrap_or(0);
    let run = read.iter().map(|one| one.report.rules.len()).max().unwrap_or(0);
    format!(
        "{} of {}, {answered} answered. {run} rules were run and {off} were not: `ovn desk --explain all` says which and why. \
         What they do not ask is no judgement of the text.\n",
        plural(asked, "question"),
        plural(read.len(), "file"),
    )
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
