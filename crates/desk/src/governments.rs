//! Governments by the names of their countries in English and Urdu: a table to extend, and nothing cleverer.

use ovn_edition::fold;
use std::sync::LazyLock;

static TABLE: LazyLock<Vec<Government>> = LazyLock::new(|| {
    let lines = include_str!("../lists/governments.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(read).collect()
});

/// A government and the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Government {
    /// Its name in English: "Government of Pakistan".
    pub name: &'static str,
    /// The words for its country in English: names, adjectives, abbreviations.
    pub forms: Vec<&'static str>,
    /// Its name in Urdu.
    pub urdu: &'static str,
    /// The words for its country in Urdu.
    pub urdu_forms: Vec<&'static str>,
    /// Houses and offices that stand for the government without the country's name, in either language.
    pub seats: Vec<&'static str>,
}

fn read(line: &'static str) -> Option<Government> {
    let list = |text: &'static str| text.split(", ").filter(|form| !form.is_empty()).collect();
    let mut parts = line.split('\t');
    let (name, forms) = parts.next()?.split_once(": ")?;
    let (urdu, urdu_forms) = parts.next()?.split_once(": ")?;
    let seats = list(parts.next().unwrap_or_default());
    Some(Government { name, forms: list(forms), urdu, urdu_forms: list(urdu_forms), seats })
}

/// Every government of the table, in its order.
#[must_use]
pub fn all() -> &'static [Government] {
    &TABLE
}

/// The government that `name` names: "Government of Pakistan", "US government", "حکومت پاکستان", "امریکی حکومت".
#[must_use]
pub fn named(name: &str) -> Option<&'static Government> {
    let key = without_article(name);
    TABLE.iter().find(|one| {
        let whole = [one.name, one.urdu].into_iter().any(|own| without_article(own) == key);
        let english = one.forms.iter().map(|form| (fold::text(form), "government"));
        let urdu = one.urdu_forms.iter().map(|form| (fold::text(form), "حکومت"));
        whole
            || english.chain(urdu).any(|(form, office)| {
                let office = fold::text(office);
                key == format!("{form} {office}") || key == format!("{office} {form}")
            })
    })
}

/// The search form without "the".
fn without_article(name: &str) -> String {
    let words = fold::words(name);
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "the").collect();
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_government_has_many_names() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(named(name).map(|one| one.name), expected, "{name}");
        };
        check("Government of Pakistan", Some("Government of Pakistan"));
        check("the Government of United States", Some("Government of the United States"));
        check("US government", Some("Government of the United States"));
        check("حکومت پاکستان", Some("Government of Pakistan"));
        check("امریکی حکومت", Some("Government of the United States"));
        check("حکومتِ پاکستان", Some("Government of Pakistan"));
        check("City council", None);
        check("", None);
    }

    #[test]
    fn every_line_is_read() {
        let lines = include_str!("../lists/governments.txt").lines().skip(1).count();
        assert_eq!(all().len(), lines);
        assert!(all().iter().all(|one| !one.forms.is_empty() && !one.urdu_forms.is_empty()));
    }
}
