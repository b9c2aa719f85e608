//! Every rule of the desk over the texts: how often it speaks, and how often it was judged right.

mod findings;
mod judged;
mod paper;
mod sample;
mod table;
mod texts;

pub(super) use paper::Rules;
pub(super) use sample::QUESTION;
use std::path::{Path, PathBuf};

const USAGE: &str = "\
Usage: cargo xtask bench desk --data DIR --part rules                                counts by rule, language, outlet and side
       cargo xtask bench desk --data DIR --part rules --sample N --rule ID [--lang en|ur] [--seed S]   findings to judge
       cargo xtask bench desk --data DIR --part judged                               judgements against today's findings
       cargo run --release -p xtask -- bench desk --part speed                        time, memory and growth (no data)";

/// What the arguments ask for.
#[derive(Debug)]
struct Options {
    data: Option<PathBuf>,
    part: String,
    sample: Option<usize>,
    rule: Option<String>,
    lang: Option<String>,
    seed: String,
}

/// The parts that are measured here.
const PARTS: [&str; 3] = ["rules", "judged", "speed"];

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self {
            data: None,
            part: String::new(),
            sample: None,
            rule: None,
            lang: None,
            seed: "1".to_owned(),
        };
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let mut value = || rest.next().cloned().ok_or(USAGE);
            match key.as_str() {
                "--data" => options.data = Some(PathBuf::from(value()?)),
                "--part" => options.part = value()?,
                "--sample" => options.sample = Some(value()?.parse().map_err(|_| USAGE)?),
                "--rule" => options.rule = Some(value()?),
                "--lang" => options.lang = Some(value()?),
                "--seed" => options.seed = value()?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}

/// Does what the arguments ask for; `None` when they name no part of these.
pub(super) fn run(arguments: &[String]) -> Option<Result<bool, String>> {
    let parts = arguments.windows(2).filter_map(|pair| match pair {
        [key, value] if key == "--part" => Some(value.as_str()),
        _ => None,
    });
    let parts: Vec<&str> = parts.collect();
    let ours = parts.iter().any(|part| PARTS.contains(part));
    ours.then(|| Options::read(arguments).and_then(|options| done(&options)))
}

/// What the document says of the rules.
pub(super) fn measured(folder: &Path) -> Result<Rules, String> {
    let texts = texts::all(folder)?;
    let judgements = judged::load(&crate::cargo::root())?;
    Ok(paper::of(&findings::of(&texts, None), &judgements))
}

fn done(options: &Options) -> Result<bool, String> {
    if options.part == "speed" {
        return Ok(super::speed::print());
    }
    let folder = options.data.as_ref().ok_or(USAGE)?;
    let texts = texts::all(folder)?;
    match (options.part.as_str(), options.sample) {
        ("rules", Some(many)) => {
            let rule = options.rule.as_ref().ok_or(USAGE)?;
            let drawn = sample::drawn(&texts, rule, options.lang.as_deref(), many, &options.seed)?;
            print!("{drawn}");
            Ok(true)
        }
        ("rules", None) => {
            let read = findings::of(&texts, None);
            let judgements = judged::load(&crate::cargo::root())?;
            print!("{}", table::text(&read, &judgements));
            Ok(true)
        }
        _ => {
            let read = findings::of(&texts, None);
            let judgements = judged::load(&crate::cargo::root())?;
            let figures = judged::figures(&read, &judgements);
            print!("{}", judged::text(&figures));
            Ok(figures.iter().all(|figure| figure.agrees()))
        }
    }
}
