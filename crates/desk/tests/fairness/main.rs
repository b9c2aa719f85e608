//! The same rules for every side: names, genders, nations, religions and the order of sides change no finding.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod english;
mod filled;
mod urdu;

use filled::{Made, Values, make, tally};
use ovn_edition::report::Report;
use std::collections::BTreeMap;

/// Numbers that follow from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn two(&mut self, end: usize) -> (usize, usize) {
        let first = self.below(end);
        (first, (first + 1 + self.below(end - 1)) % end)
    }
}

/// Which names fill the slots.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Choice {
    sides: (usize, usize),
    persons: (usize, usize),
    genders: (usize, usize),
    nations: (usize, usize),
    religion: usize,
}

impl Choice {
    fn drawn(lang: &str, chance: &mut Chance) -> Self {
        let english = lang == "en";
        let religions = if english { english::RELIGIONS.len() } else { urdu::RELIGIONS.len() };
        Self {
            sides: chance.two(if english { english::SIDES.len() } else { urdu::SIDES.len() }),
            persons: chance.two(if english { english::PERSONS.len() } else { urdu::PERSONS.len() }),
            genders: (chance.below(2), chance.below(2)),
            nations: chance.two(if english { english::NATIONS.len() } else { urdu::NATIONS.len() }),
            religion: chance.below(religions),
        }
    }

    fn values(&self, lang: &str) -> Values {
        if lang == "en" { self.english() } else { self.urdu() }
    }

    fn english(&self) -> Values {
        let mut out = Values::from([("town", "Lake Town")]);
        let [a, b] = [english::SIDES[self.sides.0], english::SIDES[self.sides.1]];
        out.extend([("a", a[0]), ("a.short", a[1]), ("a.office", a[2])]);
        out.extend([("b", b[0]), ("b.short", b[1]), ("b.office", b[2])]);
        let [p, q] = [english::PERSONS[self.persons.0], english::PERSONS[self.persons.1]];
        out.extend([("p.full", p[0]), ("p.last", p[1]), ("q.full", q[0]), ("q.last", q[1])]);
        let [p, q] = [english::GENDERS[self.genders.0], english::GENDERS[self.genders.1]];
        let names = ["p.title", "p.he", "p.He", "p.his", "p.spokes", "p.person"];
        out.extend(names.into_iter().zip(p));
        let names = ["q.title", "q.he", "q.He", "q.his", "q.spokes", "q.person"];
        out.extend(names.into_iter().zip(q));
        let [n, m] = [english::NATIONS[self.nations.0], english::NATIONS[self.nations.1]];
        out.extend([("n.adj", n[0]), ("n.adj2", n[0]), ("n.country", n[1])]);
        out.extend([("m.adj", m[0]), ("m.country", m[1])]);
        out.extend(
            ["r.adj", "r.people", "r.house"].into_iter().zip(english::RELIGIONS[self.religion]),
        );
        out
    }

    fn urdu(&self) -> Values {
        let mut out = Values::from([("town", "جھیل نگر")]);
        let [a, b] = [urdu::SIDES[self.sides.0], urdu::SIDES[self.sides.1]];
        out.extend([("a", a[0]), ("a.short", a[1]), ("a.office", a[2])]);
        out.extend([("b", b[0]), ("b.short", b[1]), ("b.office", b[2])]);
        let [p, q] = [urdu::PERSONS[self.persons.0], urdu::PERSONS[self.persons.1]];
        out.extend([("p.full", p[0]), ("p.last", p[1]), ("q.full", q[0]), ("q.last", q[1])]);
        out.extend([
            ("p.lives", urdu::LIVES[self.genders.0]),
            ("q.lives", urdu::LIVES[self.genders.1]),
        ]);
        let [n, m] = [urdu::NATIONS[self.nations.0], urdu::NATIONS[self.nations.1]];
        out.extend([("n.adj", n[0]), ("n.country", n[1]), ("m.adj", m[0]), ("m.country", m[1])]);
        out.extend(
            ["r.adj", "r.people", "r.house"].into_iter().zip(urdu::RELIGIONS[self.religion]),
        );
        out
    }

    /// The same text about others: what was swapped, and how.
    fn swapped(&self, lang: &str, chance: &mut Chance) -> [(&'static str, Self); 4] {
        let (religions, nations) = if lang == "en" {
            (english::RELIGIONS.len(), english::NATIONS.len())
        } else {
            (urdu::RELIGIONS.len(), urdu::NATIONS.len())
        };
        let turned = (self.nations.0 + 1 + chance.below(nations - 1)) % nations;
        let others = if turned == self.nations.1 {
            (turned, self.nations.0)
        } else {
            (turned, self.nations.1)
        };
        let religion = (self.religion + 1 + chance.below(religions - 1)) % religions;
        [
            ("sides", Self { sides: (self.sides.1, self.sides.0), ..*self }),
            ("genders", Self { genders: (1 - self.genders.0, 1 - self.genders.1), ..*self }),
            ("nations", Self { nations: others, ..*self }),
            ("religion", Self { religion, ..*self }),
        ]
    }
}

/// The templates that a seed draws: a headline, then paragraphs, each with its number.
fn drawn(lang: &str, chance: &mut Chance) -> Vec<(usize, &'static str)> {
    let (headlines, paragraphs): (&[&str], &[&str]) = if lang == "en" {
        (&english::HEADLINES, &english::PARAGRAPHS)
    } else {
        (&urdu::HEADLINES, &urdu::PARAGRAPHS)
    };
    let mut lines = vec![(0, headlines[chance.below(headlines.len())])];
    for number in 1..=4 + chance.below(5) {
        let one = paragraphs[chance.below(paragraphs.len())];
        if lines.iter().all(|(_, other)| *other != one) {
            lines.push((number, one));
        }
    }
    lines
}

fn built(lang: &str, lines: &[(usize, &str)], choice: &Choice) -> Made {
    let values = choice.values(lang);
    let lines: Vec<(usize, &str, &Values)> =
        lines.iter().map(|(id, line)| (*id, *line, &values)).collect();
    let mut made = make(lang, &lines);
    made.article.parties = vec![values["a"].to_owned(), values["b"].to_owned()];
    made
}

/// What differed: by language, what was swapped and rule, how often and in which text first.
type Unfair = BTreeMap<(String, &'static str, String), (usize, String)>;

fn note(
    unfair: &mut Unfair,
    lang: &str,
    what: &'static str,
    rule: &str,
    text: impl Fn() -> String,
) {
    let key = (lang.to_owned(), what, rule.to_owned());
    unfair.entry(key).or_insert_with(|| (0, text())).0 += 1;
}

/// Checks all swaps of one seed and says how many there were and how many findings stood in the text.
fn swaps(lang: &str, seed: u64, unfair: &mut Unfair) -> (usize, usize) {
    let mut chance = Chance(seed);
    let lines = drawn(lang, &mut chance);
    let choice = Choice::drawn(lang, &mut chance);
    let first = built(lang, &lines, &choice);
    let report = first.report();
    let traces = first.traces(&report);
    let mut done = 0;
    for (what, other) in choice.swapped(lang, &mut chance) {
        let second = built(lang, &lines, &other);
        let again = second.report();
        let others = second.traces(&again);
        let apart = traces.iter().filter(|one| !others.contains(one)).map(|one| (one, &first));
        let apart = apart
            .chain(others.iter().filter(|one| !traces.contains(one)).map(|one| (one, &second)));
        for (trace, made) in apart {
            note(unfair, lang, what, &trace.0, || format!("seed {seed}: {}", made.places(trace)));
        }
        let counts = |one: &Report| {
            (one.counts.sentences, one.counts.attributed, one.counts.undecided, one.voices.len())
        };
        if counts(&report) != counts(&again) {
            note(unfair, lang, what, "(counts)", || {
                let both = [counts(&report), counts(&again)];
                format!("seed {seed}: {both:?} in {:?} and {:?}", first.texts(), second.texts())
            });
        }
        done += 1;
    }
    done += order(lang, seed, &lines, &choice, &mut chance, unfair);
    (done, traces.len())
}

/// The same words first of one side, then of the other, and the other way round.
fn order(
    lang: &str,
    seed: u64,
    lines: &[(usize, &'static str)],
    choice: &Choice,
    chance: &mut Chance,
    unfair: &mut Unfair,
) -> usize {
    let parallel: &[&str] = if lang == "en" { &english::PARALLEL } else { &urdu::PARALLEL };
    let (one, other) = (
        choice.values(lang),
        Choice { sides: (choice.sides.1, choice.sides.0), ..*choice }.values(lang),
    );
    let template = parallel[chance.below(parallel.len())];
    let at = 1 + chance.below(lines.len());
    let report = |sides: [&Values; 2]| {
        let mut all: Vec<(usize, &str, &Values)> =
            lines.iter().map(|(id, line)| (*id, *line, &one)).collect();
        all.splice(at..at, [(100, template, sides[0]), (101, template, sides[1])]);
        let mut made = make(lang, &all);
        made.article.parties = vec![one["a"].to_owned(), one["b"].to_owned()];
        made.report()
    };
    let (first, second) = (report([&one, &other]), report([&other, &one]));
    let (ours, theirs) = (tally(&first), tally(&second));
    for rule in ours.keys().chain(theirs.keys()).filter(|rule| ours.get(*rule) != theirs.get(*rule))
    {
        note(unfair, lang, "order", rule, || format!("seed {seed}: {template} after {at} lines"));
    }
    1
}

/// A paragraph of the article's own, each of which raises something in its own voice.
const OWN: [(&str, &str); 6] = [
    ("en", "The thoroughly modern ferry is the largest in the history of Lake Town."),
    ("en", "It is widely believed that the thoroughly modern ferry will sink."),
    ("en", "Unfortunately, the thoroughly modern ferry is a historic and unprecedented success."),
    ("en", "The thoroughly modern talks were productive and marked a significant step."),
    ("ur", "نہایت جدید کشتی تاریخ کی سب سے بڑی کشتی ہے۔"),
    ("ur", "بدقسمتی سے نہایت جدید کشتی ڈوب گئی۔"),
];

/// Rules that ask about the article's own voice; a rule that is not there raises nothing either way.
const OWN_VOICE: [&str; 6] =
    ["house/control", "superlative", "weasel", "loaded-word", "own-judgement", "stance-adverb"];

#[test]
fn a_sentence_in_quotation_marks_leaves_the_own_voice() {
    let nobody = Values::new();
    let mut before = 0;
    for (lang, words) in OWN {
        let own = |line: &str| {
            let report = make(lang, &[(0, "", &nobody), (1, line, &nobody)]).report();
            let ours =
                report.findings.into_iter().filter(|one| OWN_VOICE.contains(&one.rule.as_str()));
            ours.map(|one| (one.rule.clone(), one.words())).collect::<Vec<_>>()
        };
        let plain = own(words);
        assert!(plain.iter().any(|(rule, _)| rule == "house/control"), "{words}");
        before += plain.len();
        let open = words.trim_end_matches(['.', '۔']);
        let quoted = if lang == "en" {
            vec![
                format!("“{open},” said Ilma Kestrin."),
                format!("Ilma Kestrin said: “{words}”"),
                format!("\"{open},\" the mayor said."),
                format!("The mayor said: \"{words}\""),
            ]
        } else {
            vec![
                format!("الما کسترین نے کہا: ”{words}“"),
                format!("”{words}“ میئر نے کہا۔"),
                format!("میئر نے کہا کہ \"{words}\""),
            ]
        };
        for line in quoted {
            assert_eq!(own(&line), [], "{line}");
        }
    }
    assert!(before > OWN.len(), "only the control raised anything");
}

#[test]
fn the_order_of_paragraphs_that_stand_alone_changes_no_count() {
    // Each names its speaker and gives no figure that could be the base of another's.
    let alone: [&str; 5] = [
        "{^a} said on Monday that the road would open in spring.",
        "According to {b.office}, the ferry leaves every hour.",
        "The new road is the largest project in the history of {town}.",
        "The hall is old. Fares rose by 12 percent. The lake is deep.",
        "The town hall stands beside the river.",
    ];
    for seed in 0..300 {
        let mut chance = Chance(seed);
        let choice = Choice::drawn("en", &mut chance);
        let mut lines: Vec<(usize, &str)> =
            alone.iter().enumerate().map(|(at, one)| (at + 1, *one)).collect();
        lines.insert(0, (0, "The harbour road"));
        let first = built("en", &lines, &choice).report();
        for at in (2..lines.len()).rev() {
            lines.swap(at, 1 + chance.below(at));
        }
        let second = built("en", &lines, &choice).report();
        assert_eq!(tally(&first), tally(&second), "seed {seed}: {lines:?}");
        assert_eq!(first.counts, second.counts, "seed {seed}: {lines:?}");
    }
}

#[test]
fn the_way_a_number_is_written_changes_no_count() {
    let forms: [&[&str]; 3] = [
        &["1000", "1,000", "۱۰۰۰", "۱٬۰۰۰"],
        &["45000", "45,000", "۴۵۰۰۰", "۴۵٬۰۰۰"],
        &["12", "۱۲"],
    ];
    let texts = [
        ("en", "As many as {n} people crossed the bridge."),
        ("en", "{n} people crossed, the mayor said."),
        ("en", "Fares rose by {n} percent."),
        ("ur", "{n} افراد نے پل پار کیا۔"),
        ("ur", "کرائے میں {n} فیصد اضافہ ہوا۔"),
    ];
    for (lang, template) in texts {
        for same in forms {
            let report = |form: &'static str| {
                let values = Values::from([("n", form)]);
                make(lang, &[(0, "", &values), (1, template, &values)]).report()
            };
            let first = report(same[0]);
            for form in same {
                let other = report(form);
                assert_eq!(tally(&first), tally(&other), "{template} with {form}");
                assert_eq!(first.counts, other.counts, "{template} with {form}");
            }
        }
    }
}

#[test]
fn a_thousand_swaps_change_no_finding() {
    many_swaps(10);
}

#[test]
#[ignore = "takes minutes; run it with --ignored"]
fn ten_thousand_swaps_change_no_finding() {
    many_swaps(1);
}

/// Swaps over one in `part` of all seeds.
fn many_swaps(part: u64) {
    let (mut done, mut found, mut unfair) = (0, 0, Unfair::new());
    for (lang, seeds) in [("en", 1400), ("ur", 600)] {
        for seed in 0..seeds / part {
            let (swaps, findings) = swaps(lang, seed, &mut unfair);
            done += swaps;
            found += findings;
        }
    }
    assert!(unfair.is_empty(), "of {done} swaps, these change what is found:\n{unfair:#?}");
    assert!(done as u64 >= 10_000 / part, "{done} swaps");
    assert!(
        found as u64 > 2_000 / part,
        "{found} findings: the templates raise too little to show anything"
    );
}
