//! How long the desk takes, beside a plain tokenisation of the same text; needs no texts but its own.

use super::data::paragraph;
use ovn_desk::{reading::Reading, report};
use ovn_edition::{
    model::Article,
    report::{House, HouseRule},
    text, words,
};
use std::{hint::black_box, time::Instant};

/// Paragraphs of our own, about an invented town; each is of the kind that some rule looks at.
const PARAGRAPHS: [&str; 10] = [
    "The council of Lake Town said on Monday that the harbour road would open in spring, three years after work began.",
    "“We will open the road in spring,” said a speaker for the transport office. “Nobody has asked us to wait.”",
    "According to the finance office, 1,240 people use the ferry each day, and fares rose by 12 percent in the year to June.",
    "Critics of the plan say that it is the largest and most expensive project in the history of the town. Some say it will never work.",
    "The talks were productive and marked a significant step, and it is widely believed that both sides want the road.",
    "The mayor accused the harbour company of hiding the true cost of the bridge. The company did not respond to a request for comment.",
    "Two officials who asked not to be named said that the company knew of the delay. They called the report “a farce”.",
    "The road was built in 2011 and has carried lorries since then; a second lane was promised and was never built.",
    "As many as 300 people stood in front of the town hall on Friday, where a leader of the traders read a letter aloud.",
    "The council will meet again on Friday, and the mayor says that she will ask the members for their vote.",
];

/// An article of about `many` words.
fn article(many: usize) -> Article {
    let mut out = Article {
        lang: "en".to_owned(),
        headline: "Will the harbour road of Lake Town open in spring?".to_owned(),
        ..Article::default()
    };
    let mut so_far = 0;
    for at in 0.. {
        if so_far >= many {
            break;
        }
        let line = PARAGRAPHS.get(at % PARAGRAPHS.len()).copied().unwrap_or_default();
        so_far += words::count(line);
        out.body.push(paragraph(&format!("{line} It was day {at}.")));
    }
    out
}

/// Every rule, so that those that are off are timed as well.
fn house() -> House {
    let on = ovn_desk::all().iter().map(|rule| rule.id.to_owned()).collect();
    House { on, rules: Vec::<HouseRule>::new(), ..House::default() }
}

/// The median of `runs` runs, in milliseconds.
fn median(runs: usize, mut what: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            what();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The most memory that this process has held, in KiB; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Prints the figures as they come, and says whether all targets are met.
pub(super) fn print() -> bool {
    if cfg!(debug_assertions) {
        println!("Not optimised: use `cargo run --release -p xtask -- bench desk --part speed`.");
    }
    let fast = one();
    let flat = memory();
    let linear = scaling();
    fast && flat && linear
}

/// An article of 800 words; the target is 30 ms.
fn one() -> bool {
    let (text, house) = (article(800), house());
    let plain = text::article(&text);
    let reference = median(201, || {
        black_box(words::count(black_box(&plain)));
    });
    let reading = median(201, || {
        black_box(Reading::of(black_box(&text)));
    });
    let whole = median(201, || {
        black_box(report(black_box(&text), &house));
    });
    println!(
        "{} words, all rules: {whole:.2} ms ({reading:.2} ms reading); words of UAX #29 alone {reference:.2} ms, ratio {:.1}; target 30 ms",
        words::count(&plain),
        whole / reference
    );
    whole <= 30.0
}

/// Peak memory over 10,000 articles.
fn memory() -> bool {
    let (text, house) = (article(800), house());
    for _ in 0..100 {
        black_box(report(black_box(&text), &house));
    }
    let before = peak();
    for _ in 0..10_000 {
        black_box(report(black_box(&text), &house));
    }
    let (Some(before), Some(after)) = (before, peak()) else {
        println!("peak memory: this system does not say");
        return true;
    };
    println!("peak memory: {before} KiB after 100 articles, {after} KiB after 10,100");
    after <= before + before / 20 + 1024
}

/// How cost grows from a text to one four times as long, up to a megabyte, for each way in which a text can be long.
fn scaling() -> bool {
    type Shape = (&'static str, fn(usize) -> Article);
    let shapes: [Shape; 4] = [
        ("paragraphs", |bytes| article(bytes / 6)),
        ("one paragraph", |bytes| {
            let line = PARAGRAPHS.join(" ");
            one_paragraph(&line.repeat(bytes / line.len() + 1))
        }),
        ("short sentences", |bytes| one_paragraph(&"He said so. ".repeat(bytes / 12))),
        ("marks never closed", |bytes| {
            one_paragraph(&"“The road is open, he said. ".repeat(bytes / 30))
        }),
    ];
    let mut linear = true;
    for (name, shape) in shapes {
        let mut last = None;
        for bytes in [16_000, 64_000, 256_000, 1_000_000] {
            let text = shape(bytes);
            let took = parts(&text);
            let all: f64 = took.iter().map(|(_, time)| time).sum();
            let grown = last.map(|before: f64| all / before);
            let grown_by = grown.map_or_else(String::new, |times| format!(", {times:.1} times"));
            let (worst, most) = took
                .into_iter()
                .fold((String::new(), 0.0), |best, next| if next.1 > best.1 { next } else { best });
            println!(
                "{name}, {bytes} bytes: {all:.1} ms{grown_by}; most in {worst} ({most:.1} ms)"
            );
            if all > 20.0 && grown.is_some_and(|times| times > 8.0) {
                linear = false;
                println!("  MORE THAN LINEAR");
                break;
            }
            last = Some(all);
        }
    }
    linear
}

/// The time of the reading and of every rule on `text`, in milliseconds.
fn parts(text: &Article) -> Vec<(String, f64)> {
    let time = |what: &mut dyn FnMut()| {
        let start = Instant::now();
        what();
        start.elapsed().as_secs_f64() * 1000.0
    };
    let reading = time(&mut || {
        black_box(Reading::of(black_box(text)));
    });
    let every: Vec<String> = ovn_desk::all().iter().map(|rule| rule.id.to_owned()).collect();
    let bare = time(&mut || {
        black_box(report(text, &House { off: every.clone(), ..House::default() }));
    });
    let mut out = vec![("reading".to_owned(), reading), ("counts".to_owned(), bare - reading)];
    for id in &every {
        let off = every.iter().filter(|other| *other != id).cloned().collect();
        let house = House { on: vec![id.clone()], off, ..House::default() };
        let with = time(&mut || {
            black_box(report(text, &house));
        });
        out.push((id.clone(), with - bare));
    }
    out.into_iter().map(|(name, took)| (name, took.max(0.0))).collect()
}

fn one_paragraph(words: &str) -> Article {
    Article { lang: "en".to_owned(), body: vec![paragraph(words)], ..Article::default() }
}
