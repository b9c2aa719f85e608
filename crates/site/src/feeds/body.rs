//! An article's body for feed readers: absolute addresses, what was corrected first, nothing of the page around it.

use ovn_edition::html::{View, escape, feed};
use ovn_edition::model::{Article, Class};
use ovn_store::rows::Revision;

/// The body of `article`, whose latest revision is `revision`, with its sources.
pub(super) fn html(article: &Article, revision: &Revision, url: &str) -> String {
    let mut out = String::new();
    let told = revision.note.as_deref().filter(|_| revision.class != Class::Typo);
    if let Some(note) = told {
        let label = label(&article.lang, revision.class);
        out.push_str(&format!("<p><strong>{label}</strong> <em>{}</em></p>", escape(note)));
    }
    if let Some(standfirst) = &article.standfirst {
        out.push_str(&format!("<p><strong>{}</strong></p>", escape(standfirst)));
    }
    out.push_str(&feed(article, &View { base: url, ..View::default() }));
    out
}

fn label(lang: &str, class: Class) -> &'static str {
    let urdu = lang == "ur";
    match class {
        Class::Correction if urdu => "تصحیح:",
        Class::Clarification if urdu => "وضاحت:",
        Class::Retraction if urdu => "واپسی:",
        _ if urdu => "تازہ اضافہ:",
        Class::Correction => "Correction:",
        Class::Clarification => "Clarification:",
        Class::Retraction => "Retraction:",
        _ => "Update:",
    }
}
