//! Prose of the interface with its few marks: `code`, **strong** and [links](/record) in messages.

use super::Cx;

/// The message as HTML: everything escaped but the marks. Links that begin with a slash go to the page in the same language.
pub(super) fn html(cx: &Cx<'_>, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(at) = rest.find(['`', '[', '*']) {
        let (before, from) = rest.split_at(at);
        escape(before, &mut out);
        rest = match marked(cx, from) {
            Some((html, after)) => {
                out.push_str(&html);
                after
            }
            None => {
                let mut chars = from.chars();
                out.extend(chars.next());
                chars.as_str()
            }
        };
    }
    escape(rest, &mut out);
    out
}

fn marked<'t>(cx: &Cx<'_>, from: &'t str) -> Option<(String, &'t str)> {
    let mut html = String::new();
    if let Some(code) = from.strip_prefix('`') {
        let (code, after) = code.split_once('`')?;
        html.push_str("<code dir=\"ltr\" lang=\"en\">");
        escape(code, &mut html);
        html.push_str("</code>");
        return Some((html, after));
    }
    if let Some(strong) = from.strip_prefix("**") {
        let (strong, after) = strong.split_once("**")?;
        html.push_str("<strong>");
        escape(strong, &mut html);
        html.push_str("</strong>");
        return Some((html, after));
    }
    let (name, after) = from.strip_prefix('[')?.split_once("](")?;
    let (address, after) = after.split_once(')')?;
    let own = address.starts_with('/') && !address.starts_with("//");
    // Files of the record have one address for all languages; they have a dot or no page of their own.
    let page = own && !address.contains('.') && !FILES.contains(&address);
    html.push_str("<a href=\"");
    escape(&if page { cx.to(address) } else { address.to_owned() }, &mut html);
    html.push_str("\">");
    escape(name, &mut html);
    html.push_str("</a>");
    Some((html, after))
}

const FILES: [&str; 2] = ["/record/checkpoint", "/record/vkey"];

/// Appends `text` with what HTML would read as markup escaped.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
