//! A comparison of two revisions as HTML: in one column, or old and new side by side.

use super::escape;
use crate::{
    diff::{Change, How, Op, What},
    direction,
    labels::{self, Labels},
};

/// The changed blocks one below the other, deleted words before those that replace them. Labels in `lang`.
#[must_use]
pub fn changes(changes: &[Change], lang: &str) -> String {
    let labels = labels::of(lang);
    if changes.is_empty() {
        return format!("<p>{}</p>", labels.no_change);
    }
    let mut out = String::new();
    for change in changes {
        out.push_str("<div class=\"d\">");
        out.push_str(&title(change, labels));
        out.push_str(&side(change, labels, lang, &[What::Same, What::Del, What::Ins]));
        out.push_str("</div>");
    }
    out
}

/// The changed blocks in two columns.
#[must_use]
pub fn side_by_side(changes: &[Change], lang: &str) -> String {
    let labels = labels::of(lang);
    if changes.is_empty() {
        return format!("<p>{}</p>", labels.no_change);
    }
    let [before, after] = labels.before_after;
    let mut out = String::new();
    for change in changes {
        let old = side(change, labels, lang, &[What::Same, What::Del]);
        let new = side(change, labels, lang, &[What::Same, What::Ins]);
        let title = title(change, labels);
        out.push_str(&format!(
            "<div class=\"d2\">{title}<div><b class=\"v\">{before}</b>{old}</div>\
             <div><b class=\"v\">{after}</b>{new}</div></div>"
        ));
    }
    out
}

/// The name of a part before the body, and what happened when its words do not show it.
fn title(change: &Change, labels: &Labels) -> String {
    let name = labels.part(change.part);
    let named = name != change.part;
    let form = if change.how == How::Form { labels.form_changed } else { "" };
    match (named, form) {
        (false, "") => String::new(),
        (true, "") => format!("<p class=\"k\">{name}</p>"),
        (false, form) => format!("<p class=\"k\">{form}</p>"),
        (true, form) => format!("<p class=\"k\">{name} · {form}</p>"),
    }
}

fn side(change: &Change, labels: &Labels, lang: &str, shown: &[What]) -> String {
    let ops: Vec<&Op> = change.ops.iter().filter(|op| shown.contains(&op.what)).collect();
    if ops.is_empty() {
        return String::new();
    }
    let words: String = ops.iter().map(|op| op.text.as_str()).collect();
    let own = direction::of_lang(lang);
    let turn = match direction::of_most(&words) {
        Some(other) if other != own => format!(" dir=\"{}\"", other.word()),
        _ => String::new(),
    };
    let mut out = format!("<p{turn}>");
    for op in ops {
        let text = escape::text(&op.text).replace('\n', "<br>");
        match op.what {
            What::Same => out.push_str(&text),
            What::Del => out.push_str(&marked("del", labels.deleted, &text)),
            What::Ins => out.push_str(&marked("ins", labels.inserted, &text)),
        }
    }
    out.push_str("</p>");
    out
}

/// The label is for those who see no colours: a screen reader, a text browser.
fn marked(name: &str, label: &str, text: &str) -> String {
    format!("<{name}><span class=\"v\">{label} </span>{text}</{name}>")
}
