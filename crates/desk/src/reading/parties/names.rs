//! The names of parties in a text: whole names, countries, acronyms, those who hold their offices.

mod holders;

use super::Party;
use crate::{
    governments::{self, Government},
    lists::List,
    reading::{Lang, Reading, Sentence, Token, tokens},
};
use holders::Found;
use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

static OFFICES_EN: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/offices.txt")));
static OFFICES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/ur/offices.txt")));

/// What a word has to do with offices: person, body, title, join; empty for every other word.
pub(super) fn office(lang: Lang, low: &str) -> &'static str {
    let list: &'static List = if lang == Lang::Urdu { &OFFICES_UR } else { &OFFICES_EN };
    list.entry(low).map_or("", |entry| entry.with.as_str())
}

/// A place where the text names a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub party: usize,
    pub run: usize,
    /// Its tokens in the run.
    pub tokens: Range<usize>,
    pub bytes: Range<usize>,
    /// Whether it is a country's name alone, which a government shares with everything in its country.
    pub country: bool,
}

/// How a phrase names a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Name,
    Country,
    /// A noun that needs "the" before it: "the ministry".
    Head,
}

/// Every mention of a party.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// In reading order, none inside another.
    pub mentions: Vec<Mention>,
    /// For each run: its words without possessive endings.
    pub bare: Vec<Vec<Token>>,
    lang: Option<Lang>,
}

/// Phrases by their words: which party, and how; `None` for a phrase that two parties share.
type Phrases = BTreeMap<String, Option<(usize, How)>>;

impl Names {
    /// The mentions of these parties.
    pub(crate) fn of(reading: &Reading<'_>, list: &[Party]) -> Self {
        let bare: Vec<Vec<Token>> = reading.runs.iter().map(|run| bare(&run.tokens)).collect();
        let mut names = Self { mentions: Vec::new(), bare, lang: Some(reading.lang) };
        let mut phrases = Phrases::new();
        for (at, party) in list.iter().enumerate() {
            own(&mut phrases, at, &party.name, reading);
        }
        names.search(reading, &phrases, &[]);
        let found = holders::of(reading, &names);
        for (party, words, how) in found.iter().flat_map(Found::phrases) {
            add(&mut phrases, &words, party, how);
        }
        names.search(reading, &phrases, &found);
        names
    }

    fn search(&mut self, reading: &Reading<'_>, phrases: &Phrases, holders: &[Found]) {
        let list = List::of(
            phrases.iter().filter(|(_, who)| who.is_some()).map(|(p, _)| (p.as_str(), "")),
        );
        let mut spans = holders.iter().peekable();
        let mut mentions: Vec<Mention> = Vec::new();
        for (run, tokens) in self.bare.iter().enumerate() {
            let mut at = 0;
            while at < tokens.len() {
                while spans.next_if(|one| (one.run, one.tokens.start) < (run, at)).is_some() {}
                if let Some(one) = spans.next_if(|one| one.run == run && one.tokens.start == at) {
                    let bytes = reading.bytes(run, one.tokens.clone());
                    let (party, tokens) = (one.party, one.tokens.clone());
                    at = tokens.end.max(at + 1);
                    mentions.push(Mention { party, run, tokens, bytes, country: false });
                    continue;
                }
                let hit = list.at(tokens, at);
                let who = hit.as_ref().and_then(|hit| *phrases.get(&hit.entry.words.join(" "))?);
                match (hit, who) {
                    (Some(hit), Some((party, how))) if fits(reading, run, &hit.tokens, how) => {
                        let bytes = reading.bytes(run, hit.tokens.clone());
                        at = hit.tokens.end;
                        let (tokens, country) = (hit.tokens, how == How::Country);
                        let again = mentions.last().is_some_and(|last| {
                            last.party == party
                                && last.run == run
                                && in_brackets(self.bare.get(run), &last.tokens, &tokens)
                        });
                        if !again {
                            mentions.push(Mention { party, run, tokens, bytes, country });
                        }
                    }
                    _ => at += 1,
                }
            }
        }
        self.mentions = mentions;
    }

    /// The mentions inside `range` of run `run`.
    pub(crate) fn within(&self, run: usize, range: &Range<usize>) -> &[Mention] {
        let from =
            self.mentions.partition_point(|one| (one.run, one.bytes.start) < (run, range.start));
        let to = self.mentions.partition_point(|one| (one.run, one.bytes.start) < (run, range.end));
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// The last mention of a sentence that ends before token `at`.
    pub(crate) fn before(&self, sentence: &Sentence, at: usize) -> Option<&Mention> {
        let next =
            self.mentions.partition_point(|one| (one.run, one.tokens.end) <= (sentence.run, at));
        let found = self.mentions.get(next.checked_sub(1)?)?;
        (found.run == sentence.run && found.tokens.start >= sentence.tokens.start).then_some(found)
    }

    /// The first mention of a sentence that begins at token `at` or later.
    pub(crate) fn after(&self, sentence: &Sentence, at: usize) -> Option<&Mention> {
        let next =
            self.mentions.partition_point(|one| (one.run, one.tokens.start) < (sentence.run, at));
        let found = self.mentions.get(next)?;
        (found.run == sentence.run && found.tokens.end <= sentence.tokens.end).then_some(found)
    }

    /// The parties for whom somebody speaks who is called by these words: none when no party is meant, `None` when the
    /// words say that it is not the party ("a former minister").
    pub(crate) fn speaks(&self, run: usize, range: &Range<usize>) -> Option<Vec<usize>> {
        const NOT: [&str; 10] = [
            "former",
            "ex",
            "opposition",
            "critics",
            "late",
            "retired",
            "سابق",
            "اپوزیشن",
            "مرحوم",
            "ناقدین",
        ];
        let tokens = self.bare.get(run).map(Vec::as_slice).unwrap_or_default();
        let from = tokens.partition_point(|token| token.to <= range.start);
        let to = tokens.partition_point(|token| token.from < range.end);
        let source = tokens.get(from..to).unwrap_or_default();
        if source.iter().any(|token| NOT.contains(&token.low.as_str())) {
            return None;
        }
        let lang = self.lang.unwrap_or(Lang::Other);
        let holds =
            source.iter().any(|token| matches!(office(lang, &token.low), "person" | "body"));
        let mut out: Vec<usize> = Vec::new();
        let mut last = from;
        for one in self.within(run, range) {
            let article = source.first().is_some_and(|token| token.low == "the");
            let alone = one.tokens.end == to && one.tokens.start == from + usize::from(article);
            if one.country && !holds && !alone {
                continue;
            }
            let between = tokens.get(last..one.tokens.start).unwrap_or_default();
            let joined = between.iter().any(|token| matches!(token.low.as_str(), "and" | "اور"));
            if (out.is_empty() || joined) && !out.contains(&one.party) {
                out.push(one.party);
            }
            last = one.tokens.end;
        }
        Some(out)
    }
}

fn bare(tokens: &[Token]) -> Vec<Token> {
    let shorter = |token: &Token| Token { low: token.base().to_owned(), ..token.clone() };
    tokens.iter().map(shorter).collect()
}

fn in_brackets(tokens: Option<&Vec<Token>>, last: &Range<usize>, here: &Range<usize>) -> bool {
    let mark = tokens.and_then(|all| all.get(last.end)).is_some_and(|token| token.low == "(");
    mark && here.start == last.end + 1
}

/// Whether words that spell a phrase stand where they can mean it: names begin with a capital where there are
/// capitals, "US" has two, and a noun for a body has "the" before it.
fn fits(reading: &Reading<'_>, run: usize, at: &Range<usize>, how: How) -> bool {
    let Some(one) = reading.runs.get(run) else { return false };
    let Some(first) = one.tokens.get(at.start) else { return false };
    if reading.lang == Lang::Urdu {
        return true;
    }
    if how == How::Head {
        let before = at.start.checked_sub(1).and_then(|before| one.tokens.get(before));
        return before.is_some_and(|token| token.low == "the") && !joins_on(one.tokens.get(at.end));
    }
    let text = one.text.get(first.from..first.to).unwrap_or_default();
    let several = how == How::Name && at.len() > 1;
    (first.capital || several) && (first.low != "us" || text.starts_with("US"))
}

/// Whether a noun goes on: "the council of elders" is not "the council".
fn joins_on(next: Option<&Token>) -> bool {
    next.is_some_and(|token| token.low == "of" || token.is_hyphen())
}

/// The words of a phrase as they are compared.
pub(super) fn spelled(words: &str) -> String {
    let found =
        tokens(words).into_iter().filter(Token::is_word).map(|token| token.base().to_owned());
    found.collect::<Vec<_>>().join(" ")
}

fn add(phrases: &mut Phrases, words: &str, party: usize, how: How) {
    let key = spelled(words);
    if key.is_empty() {
        return;
    }
    let entry = phrases.entry(key).or_insert(Some((party, how)));
    if entry.is_some_and(|(other, _)| other != party) {
        *entry = None;
    }
}

/// The phrases that a party's name gives.
fn own(phrases: &mut Phrases, at: usize, name: &str, reading: &Reading<'_>) {
    let bare = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(name);
    add(phrases, bare, at, How::Name);
    if let Some(government) = governments::named(name) {
        for (words, how) in country(government, reading.lang) {
            add(phrases, words, at, how);
        }
        return;
    }
    if reading.lang == Lang::Urdu {
        return;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let capitals: String =
        words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    if capitals.chars().count() > 2 {
        add(phrases, &capitals, at, How::Name);
    }
    let of = words.iter().position(|word| matches!(*word, "of" | "for"));
    let head = of.unwrap_or(words.len()).checked_sub(1).and_then(|head| words.get(head));
    if let Some(head) = head.filter(|_| words.len() > 1) {
        let person = of.is_none()
            && words.iter().all(|word| word.starts_with(char::is_uppercase))
            && !holders::is_body(head);
        add(phrases, head, at, if person { How::Name } else { How::Head });
    }
}

fn country(one: &'static Government, lang: Lang) -> Vec<(&'static str, How)> {
    let (name, forms) =
        if lang == Lang::Urdu { (one.urdu, &one.urdu_forms) } else { (one.name, &one.forms) };
    let seats = one.seats.iter().map(|seat| (*seat, How::Name));
    let forms = forms.iter().map(|form| (*form, How::Country));
    [(name, How::Name)].into_iter().chain(seats).chain(forms).collect()
}
