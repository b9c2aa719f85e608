//! The listed queries of an address, each in its one spelling; everything else in a query changes nothing.

use crate::request::Request;
use crate::routes::Route;

/// The most characters of a search.
const MAX_WORDS: usize = 200;
/// The last page of a list.
const LAST: u32 = 100_000;

/// What was asked for beside the path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed {
    words: String,
    /// From 2; 0 where none is named.
    page: u32,
}

impl Listed {
    /// What `request` asks of `route`; what is absent, empty or means nothing is left out.
    pub(super) fn of(request: &Request, route: &Route) -> Self {
        let names = route.queries();
        let value = |name: &str| {
            let listed = names.contains(&name);
            listed.then(|| request.parameter(name, MAX_WORDS)).flatten().unwrap_or_default()
        };
        let words = ovn_edition::text::one_line(&value("q"));
        let page = value("page").trim().parse().ok().filter(|page| (2..=LAST).contains(page));
        let page = page.filter(|_| !names.contains(&"q") || !words.is_empty());
        Self { words, page: page.unwrap_or(0) }
    }

    /// The words of a search.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// The number of the page, from 1.
    pub(super) fn page(&self) -> usize {
        usize::try_from(self.page.max(1)).unwrap_or(1)
    }

    /// The query of page `number` with the same words, with its question mark; nothing for the first page of no words.
    pub(super) fn at(&self, number: usize) -> String {
        let mut query = String::new();
        if !self.words.is_empty() {
            let set = percent_encoding::NON_ALPHANUMERIC;
            query = format!("?q={}", percent_encoding::utf8_percent_encode(&self.words, set));
        }
        if number > 1 {
            query += if query.is_empty() { "?" } else { "&" };
            query += &format!("page={number}");
        }
        query
    }

    /// Its own query.
    pub(super) fn query(&self) -> String {
        self.at(self.page())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_query_has_one_spelling() {
        let check = |target: &str, expected: &str| {
            let request = Request::get(target).unwrap();
            let route = Route::of(request.path(), &["en".to_owned()]).unwrap();
            assert_eq!(Listed::of(&request, &route).query(), expected, "{target}");
        };
        check("/search?q=+two++words+", "?q=two%20words");
        check("/search?page=2&q=two+words&x=y", "?q=two%20words&page=2");
        check("/search?q=a&page=1", "?q=a");
        check("/search?q=a&page=-1", "?q=a");
        check("/search?q=a&page=100001", "?q=a");
        check("/search?page=2", "");
        check("/search?q=++", "");
        check("/corrections?page=03", "?page=3");
        check("/corrections?page=1&q=a", "");
        check("/archive/2026/11?page=2", "?page=2");
        check("/about?page=2", "");
    }

    #[test]
    fn neighbours_keep_the_words() {
        let listed = Listed { words: "a b".into(), page: 3 };
        assert_eq!((listed.at(2), listed.at(1)), ("?q=a%20b&page=2".into(), "?q=a%20b".into()));
        assert_eq!((Listed::default().at(1), Listed::default().page()), (String::new(), 1));
    }
}
