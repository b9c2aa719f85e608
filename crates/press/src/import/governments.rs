//! The governments whose offices a page mentions, from the desk's table of countries.

const OFFICES: [&str; 14] = [
    "Ambassador",
    "Army",
    "Cabinet",
    "Department",
    "Embassy",
    "Government",
    "Minister",
    "Ministry",
    "President",
    "Secretary",
    "Spokesperson",
    "government",
    "minister",
    "officials",
];
const JOINING: [&str; 6] = ["foreign", "prime", "defence", "deputy", "state", "senior"];

/// The government of the country that `word` (without `'s`) names.
pub(super) fn of(word: &str) -> Option<&'static str> {
    table().find(|(_, form)| *form == word).map(|(name, _)| name)
}

fn table() -> impl Iterator<Item = (&'static str, &'static str)> {
    ovn_desk::governments::all()
        .iter()
        .flat_map(|one| one.forms.iter().map(move |form| (one.name, *form)))
}

/// Every government one of whose offices `text` mentions, with the words that do: `US Secretary`.
pub(super) fn mentioned(text: &str) -> Vec<(&'static str, String)> {
    let mut out: Vec<(&'static str, String)> = Vec::new();
    for (name, form) in table() {
        if out.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let words = text.match_indices(form).find_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            let found = text.get(at..)?;
            (!before.is_some_and(char::is_alphanumeric)).then(|| office(found, form)).flatten()
        });
        if let Some(words) = words {
            out.push((name, words));
        }
    }
    out
}

/// The words from a country's name to an office, when nothing but names stands between.
fn office(text: &str, form: &str) -> Option<String> {
    let rest = text.strip_prefix(form)?;
    if rest.chars().next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = rest.strip_prefix("'s").or(rest.strip_prefix("’s")).unwrap_or(rest);
    let mut used = text.len() - rest.len();
    for word in rest.split_inclusive(' ').take(6) {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if OFFICES.contains(&bare) {
            let end = used + word.find(bare).unwrap_or(0) + bare.len();
            return text.get(..end).map(str::to_owned);
        }
        used += word.len();
        let named = bare.chars().next().is_some_and(char::is_uppercase) || JOINING.contains(&bare);
        if !(named || word.trim().is_empty()) || word.trim_end().ends_with([',', '.', ';']) {
            return None;
        }
    }
    None
}
