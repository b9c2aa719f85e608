//! `ovn balance`: an edition's balance counted again from its record, and compared with what it states.

use super::{environment, key, verify::words};
use crate::{args::Balance, outcome::Outcome};
use ovn_desk::balance::Window;
use ovn_press::{balance, copy::Copy};
use serde_json::json;

pub(super) fn run(arguments: &Balance, json: bool) -> Outcome {
    match counted(arguments) {
        Err(why) => Outcome::unknown(why),
        Ok(counted) if arguments.rows => {
            Outcome::answer(counted.report.verdict.good(), counted.rows)
        }
        Ok(counted) => {
            let windows: String = counted.balance.windows.iter().map(window).collect();
            let out = format!("{}{windows}", words(&counted.report));
            let value = json!({"report": counted.report, "balance": counted.balance});
            Outcome::answer(counted.report.verdict.good(), out).in_json(json, &value)
        }
    }
}

fn counted(arguments: &Balance) -> Result<balance::Counted, String> {
    let copy = Copy::of(&arguments.source, &environment).map_err(|error| error.to_string())?;
    let key = match &arguments.key {
        Some(given) => key(given)?,
        None => copy.key().map_err(|error| error.to_string())?,
    };
    balance::again(&copy, &key).map_err(|error| error.to_string())
}

fn window(window: &Window) -> String {
    let mut out = format!(
        "\n{}, {} days: articles {}, with a report {}\n",
        window.lang, window.days, window.articles, window.reported
    );
    let heard: u32 = window.parties.iter().map(|party| party.heard).sum();
    let named: u32 = window.parties.iter().map(|party| party.articles).sum();
    let found: u32 = window.rules.iter().map(|rule| rule.found).sum();
    let answered: u32 = window.rules.iter().map(|rule| rule.kept + rule.wrong).sum();
    for (name, part, whole) in [
        ("one source alone", window.single_source, window.reported),
        ("one voice alone", window.single_voice, window.voiced),
        ("a voice without a name", window.unnamed_voice, window.voiced),
        ("only officials speak", window.official_only, window.voiced),
        ("words of voices without a name", window.unnamed_words, window.spoken_words),
        ("parties heard", heard, named),
        ("findings answered", answered, found),
    ] {
        out.push_str(&format!("  {name:<32} {part} of {whole}\n"));
    }
    out.push_str(&format!("  {:<32} {}\n", "corrections", window.corrections.len()));
    out
}
