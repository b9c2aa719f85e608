//! Where an article is read: year and month of its first publication, and its slug.

use ovn_edition::model::Article;

/// The address of an article that is first published at the local time `local` (`2026-11-24T14:20+05:00`).
#[must_use]
pub(super) fn of(slug: &str, local: &str) -> String {
    let year = local.get(..4).unwrap_or("1970");
    let month = local.get(5..7).unwrap_or("01");
    format!("/{year}/{month}/{slug}")
}

/// The slug that the article has or that its headline gives; `None` when the headline has no Latin letters to make
/// one of.
#[must_use]
pub(super) fn slug(article: &Article) -> Option<String> {
    article.slug.clone().or_else(|| ovn_edition::slug::from_headline(&article.headline))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn year_and_month_come_first() {
        assert_eq!(of("a-call", "2026-11-24T14:20+05:00"), "/2026/11/a-call");
        assert_eq!(of("a-call", ""), "/1970/01/a-call");
    }
}
