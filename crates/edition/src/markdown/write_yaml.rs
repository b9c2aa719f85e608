//! The metadata block as YAML that every version of YAML reads alike.

use crate::model::{Article, Class};
use serde_json::{Map, Value, json};

/// The lines of the metadata block, without its fences.
pub(super) fn metadata(article: &Article) -> String {
    let mut out = String::new();
    let mut put = |key: &str, value: Value| entry(&mut out, 0, key, &value);
    put("headline", json!(article.headline));
    let text = |value: &Option<String>| value.as_ref().map(|value| json!(value));
    let list = |value: &Vec<String>| (!value.is_empty()).then(|| json!(value));
    let whole = [
        ("standfirst", text(&article.standfirst)),
        ("lang", Some(json!(article.lang))),
        ("slug", text(&article.slug)),
        ("translation-of", text(&article.translation_of)),
        ("sections", list(&article.sections)),
        ("byline", list(&article.byline)),
        ("dateline", article.dateline.as_ref().map(|dateline| json!(dateline))),
        ("topics", list(&article.topics)),
        ("parties", list(&article.parties)),
        ("replies", (!article.replies.is_empty()).then(|| json!(article.replies))),
        ("story", text(&article.story)),
        ("events", (!article.events.is_empty()).then(|| json!(article.events))),
        ("change", change(article)),
        ("references", (!article.references.is_empty()).then(|| json!(article.references))),
        ("answers", (!article.answers.is_empty()).then(|| json!(article.answers))),
    ];
    for (key, value) in whole {
        if let Some(value) = value {
            put(key, value);
        }
    }
    out
}

/// A key whose value is a list of one item.
pub(super) fn list(key: &str, value: &Value) -> String {
    let mut out = String::new();
    entry(&mut out, 0, key, &json!([value]));
    out
}

/// An item of a list, its dash after `indent` spaces.
pub(super) fn item(indent: usize, value: &Value) -> String {
    let mut out = String::new();
    element(&mut out, indent, value);
    out
}

fn change(article: &Article) -> Option<Value> {
    let change = &article.change;
    let plain =
        change.class == Class::Publication && change.note.is_none() && change.asked_by.is_none();
    (!plain).then(|| json!(change))
}

fn entry(out: &mut String, indent: usize, key: &str, value: &Value) {
    out.push_str(&" ".repeat(indent));
    out.push_str(&scalar(key));
    out.push(':');
    after(out, indent, value);
}

/// A value after a colon: on the same line, or as lines of its own further in.
fn after(out: &mut String, indent: usize, value: &Value) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            items.iter().for_each(|item| element(out, indent + 2, item));
        }
        Value::Object(map) if !map.is_empty() => {
            out.push('\n');
            entries(map).for_each(|(key, value)| entry(out, indent + 2, key, value));
        }
        _ => {
            out.push(' ');
            out.push_str(&flat(value));
            out.push('\n');
        }
    }
}

fn element(out: &mut String, indent: usize, item: &Value) {
    out.push_str(&" ".repeat(indent));
    out.push_str("- ");
    match item {
        Value::Object(map) if !map.is_empty() => {
            let mut inside = String::new();
            entries(map).for_each(|(key, value)| entry(&mut inside, indent + 2, key, value));
            out.push_str(inside.trim_start_matches(' '));
        }
        // A list in a list is rare (`date-parts`) and reads well on one line.
        _ => {
            out.push_str(&flat(item));
            out.push('\n');
        }
    }
}

/// What names an item first, then by name.
fn entries(map: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    const FIRST: [&str; 7] = ["id", "type", "title", "author", "party", "rule", "words"];
    let mut all: Vec<_> = map.iter().collect();
    all.sort_by_key(|(key, _)| {
        let rank = FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len());
        (rank, key.as_str())
    });
    all.into_iter()
}

fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(inner).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let pairs: Vec<_> = entries(map)
                .map(|(key, value)| format!("{}: {}", quoted(key), inner(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}

/// Inside brackets text is always quoted: commas and brackets end a plain word there.
fn inner(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        _ => flat(value),
    }
}

fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether text can stand without quotes and is text to YAML 1.1 and 1.2: it begins with a letter, is no word with a
/// meaning, and holds nothing that ends or comments a value.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];
    let good = |letter: char| {
        letter.is_alphanumeric() || " -.'()/–—’‘“”,;&!?$+_،۔؟\u{200c}\u{200d}".contains(letter)
    };
    text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(good)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{85}'
            | '\u{a0}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            _ if letter.is_control() => out.push_str(&format!("\\x{:02X}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
