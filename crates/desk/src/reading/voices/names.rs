//! Names in a text, and which of them name the same one: full name then surname, acronym in brackets, title.

use super::roles::{self, Gender};
use crate::reading::{Part, Reading, Token};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// One who is named.
#[derive(Debug, Clone, Default)]
pub(super) struct Entity {
    /// The fullest name, as written.
    pub(super) name: String,
    /// Its words in lower case, without titles.
    pub(super) words: Vec<String>,
    pub(super) gender: Option<Gender>,
    /// Whether anything shows a person: a title, a name of two words that is no body.
    pub(super) person: bool,
    /// Whether a word of the name is one of a body: "Ministry", "Party".
    pub(super) body: bool,
    /// Whether the text gives an office.
    pub(super) official: bool,
    /// Role words beside the name.
    pub(super) roles: BTreeSet<String>,
    /// How often the text names it in full.
    full: usize,
}

/// A place where one is named.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) run: usize,
    pub(super) range: Range<usize>,
    /// Tokens of the run.
    pub(super) tokens: Range<usize>,
    /// Which entity; `None` when two fit.
    pub(super) entity: Option<usize>,
    words: Vec<String>,
    gender: Option<Gender>,
    official: bool,
    person: bool,
    roles: BTreeSet<String>,
}

/// All who are named, and where, in reading order.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) entities: Vec<Entity>,
    pub(super) mentions: Vec<Mention>,
    /// For each role, who has it.
    pub(super) by_role: BTreeMap<String, BTreeSet<usize>>,
}

/// How many names back one is near.
const NEAR: usize = 40;
/// How many may share a surname before none of them is meant by it.
const SHARED: usize = 16;
/// Particles that stand inside a name.
const PARTICLES: [&str; 12] =
    ["de", "al", "el", "van", "von", "bin", "ibn", "ul", "la", "di", "da", "der"];

impl Names {
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        let inner = inner(reading);
        let mut names = Self::default();
        for run in 0..reading.runs.len() {
            names.collect(reading, run, &inner);
        }
        names.join(reading);
        for (id, entity) in names.entities.iter().enumerate() {
            for role in &entity.roles {
                names.by_role.entry(role.clone()).or_default().insert(id);
            }
        }
        names
    }

    /// The mention that overlaps these tokens of run `run` first.
    pub(super) fn within(&self, run: usize, tokens: Range<usize>) -> &[Mention] {
        let key = |mention: &Mention| (mention.run, mention.tokens.start);
        let from = self.mentions.partition_point(|mention| key(mention) < (run, tokens.start));
        let to = self.mentions.partition_point(|mention| key(mention) < (run, tokens.end));
        self.mentions.get(from..to.max(from)).unwrap_or_default()
    }

    fn collect(&mut self, reading: &Reading<'_>, run: usize, inner: &BTreeSet<&str>) {
        let Some(words) = reading.runs.get(run) else { return };
        let title = matches!(words.part, Part::Headline | Part::Heading);
        let tokens = words.tokens.as_slice();
        let starts: BTreeSet<usize> = {
            let from = reading.sentences.partition_point(|one| one.run < run);
            let of_run = reading.sentences.iter().skip(from).take_while(|one| one.run == run);
            of_run.map(|one| one.tokens.start).collect()
        };
        let mut at = 0;
        while at < tokens.len() {
            let end = name_end(tokens, at);
            let Some(end) = end else {
                at += 1;
                continue;
            };
            let first = starts.contains(&at)
                || at
                    .checked_sub(1)
                    .and_then(|last| tokens.get(last))
                    .is_some_and(|last| !last.is_word() && last.low != "," && last.low != "(");
            if let Some(mention) =
                mention(words.text.as_str(), tokens, run, at..end, first || title, inner)
            {
                self.mentions.push(mention);
            }
            at = end;
        }
    }

    /// Brings the mentions of one entity together.
    fn join(&mut self, reading: &Reading<'_>) {
        let mut by_last: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_two: BTreeMap<[String; 2], usize> = BTreeMap::new();
        for at in 0..self.mentions.len() {
            let Some(mention) = self.mentions.get(at).filter(|one| one.words.len() > 1).cloned()
            else {
                continue;
            };
            // "First Middle Last" and "First Last" are one; so are "Label First Last" and "First Last".
            let last = mention.words.last().cloned().unwrap_or_default();
            let first = mention.words.first().cloned().unwrap_or_default();
            let middle = mention.words.iter().rev().nth(1).cloned().unwrap_or_default();
            let keys = [[first, last.clone()], [middle, last]];
            let known = keys.iter().find_map(|key| by_two.get(key).copied());
            let id = known.unwrap_or_else(|| {
                self.entities.push(Entity::default());
                self.entities.len() - 1
            });
            for key in keys {
                by_two.entry(key).or_insert(id);
            }
            let known =
                by_last.entry(mention.words.last().cloned().unwrap_or_default()).or_default();
            if !known.contains(&id) {
                known.push(id);
            }
            self.learn(reading, at, id);
        }
        self.acronyms(reading, &mut by_last);
        self.join_single(reading, &by_last);
    }

    /// Gives each name of one word to the fuller name that ends with it.
    fn join_single(&mut self, reading: &Reading<'_>, full: &BTreeMap<String, Vec<usize>>) {
        let mut single: BTreeMap<String, usize> = BTreeMap::new();
        for at in 0..self.mentions.len() {
            let Some(mention) = self.mentions.get(at).filter(|one| one.words.len() == 1).cloned()
            else {
                continue;
            };
            let word = mention.words.first().cloned().unwrap_or_default();
            let fits: Vec<usize> = full
                .get(&word)
                .into_iter()
                .flatten()
                .copied()
                .filter(|id| {
                    let entity = self.entities.get(*id);
                    entity.is_some_and(|entity| {
                        mention.gender.is_none()
                            || entity.gender.is_none()
                            || entity.gender == mention.gender
                    })
                })
                .collect();
            let id = match fits.as_slice() {
                [] => Some(*single.entry(word).or_insert_with(|| {
                    self.entities.push(Entity::default());
                    self.entities.len() - 1
                })),
                [one] => Some(*one),
                many if many.len() > SHARED => None,
                many => self.main(many).or_else(|| self.nearest(at, many)),
            };
            if let Some(id) = id {
                self.learn(reading, at, id);
            }
        }
    }

    /// Of several that share a surname: the one whom the text names in full three times as often as all others.
    fn main(&self, many: &[usize]) -> Option<usize> {
        let full = |id: usize| self.entities.get(id).map_or(0, |entity| entity.full);
        let all: usize = many.iter().map(|id| full(*id)).sum();
        many.iter().copied().find(|id| full(*id) * 4 >= all * 3 && full(*id) > 2)
    }

    /// Of several that share a surname: the only one named shortly before.
    fn nearest(&self, at: usize, many: &[usize]) -> Option<usize> {
        let run = self.mentions.get(at)?.run;
        let before = self.mentions.get(..at)?.iter().rev().take(NEAR);
        let before = before.take_while(|one| one.run + 3 > run);
        let mut near = before.filter_map(|one| one.entity).filter(|id| many.contains(id));
        let first = near.next()?;
        near.all(|id| id == first).then_some(first)
    }

    fn acronyms(&mut self, reading: &Reading<'_>, by_last: &mut BTreeMap<String, Vec<usize>>) {
        for pair in self.mentions.windows(2) {
            let [full, short] = pair else { continue };
            let Some(id) = full.entity else { continue };
            if full.run != short.run
                || short.words.len() != 1
                || short.tokens.start != full.tokens.end + 1
            {
                continue;
            }
            let tokens =
                reading.runs.get(full.run).map(|run| run.tokens.as_slice()).unwrap_or_default();
            if tokens.get(full.tokens.end).is_none_or(|token| token.low != "(") {
                continue;
            }
            let Some(word) = short.words.first() else { continue };
            let initials: String =
                full.words.iter().filter_map(|word| word.chars().next()).collect();
            if word.len() > 1 && (initials == *word || initials.contains(word.as_str())) {
                by_last.insert(word.clone(), vec![id]);
            }
        }
    }

    fn learn(&mut self, reading: &Reading<'_>, at: usize, id: usize) {
        let Some(mention) = self.mentions.get_mut(at) else { return };
        mention.entity = Some(id);
        let Some(entity) = self.entities.get_mut(id) else { return };
        if mention.words.len() > entity.words.len() {
            entity.words.clone_from(&mention.words);
            let text = reading.runs.get(mention.run).map_or("", |run| run.text.as_str());
            entity.name = text.get(mention.range.clone()).unwrap_or_default().to_owned();
            entity.body = mention.words.iter().any(|word| roles::has(word, "body"));
        }
        entity.full += usize::from(mention.words.len() > 1);
        entity.gender = entity.gender.or(mention.gender);
        entity.person |= mention.person && !entity.body;
        entity.official |= mention.official;
        entity.roles.extend(mention.roles.iter().cloned());
    }
}

/// The words that stand with a capital inside a sentence of the body: names, wherever they stand.
fn inner<'a>(reading: &'a Reading<'_>) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    for sentence in &reading.sentences {
        let Some(run) = reading.runs.get(sentence.run) else { continue };
        if matches!(run.part, Part::Headline | Part::Heading) {
            continue;
        }
        let inside = run.tokens.get(sentence.tokens.clone()).unwrap_or_default();
        for pair in inside.windows(2) {
            if let [before, token] = pair
                && before.is_word()
                && token.capital
            {
                out.insert(token.base());
            }
        }
    }
    out
}

/// Where a run of capitalised words ends that begins at `at`.
fn name_end(tokens: &[Token], at: usize) -> Option<usize> {
    tokens.get(at).filter(|token| token.capital && token.is_word())?;
    let mut end = at + 1;
    while let Some(token) = tokens.get(end) {
        let owner = tokens.get(end - 1).is_some_and(|last| last.low.ends_with("'s"));
        if owner {
            break;
        }
        let next = tokens.get(end + 1);
        let touches = tokens.get(end - 1).is_some_and(|last| last.to == token.from);
        let joins = touches && (token.low == "." || token.is_hyphen() || token.low == "&")
            || PARTICLES.contains(&token.low.as_str());
        if token.capital && token.is_word() {
            end += 1;
        } else if joins
            && next.is_some_and(|next| next.capital)
            && (token.low != "." || is_short(tokens, end - 1))
        {
            end += 2;
        } else {
            break;
        }
    }
    Some(end)
}

/// Whether a point after the word at `at` belongs to it: an initial or a title.
fn is_short(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|word| {
        word.low.len() <= 2
            || roles::has(&word.low, "title")
            || matches!(word.low.as_str(), "mrs" | "jr" | "sr")
    })
}

fn mention(
    text: &str,
    tokens: &[Token],
    run: usize,
    range: Range<usize>,
    first: bool,
    inner: &BTreeSet<&str>,
) -> Option<Mention> {
    let (mut start, end) = (range.start, range.end);
    let mut out = Mention {
        run,
        range: 0..0,
        tokens: start..end,
        entity: None,
        words: Vec::new(),
        gender: None,
        official: false,
        person: false,
        roles: BTreeSet::new(),
    };
    // The first word of a sentence is a name only when the text writes it so elsewhere, or when names follow it.
    let one = |at: usize| tokens.get(at).map_or("", |token| token.base());
    if first {
        while start < end
            && !inner.contains(one(start))
            && (crate::reading::attribution::is_function_word(one(start)) || end - start == 1)
        {
            start += 1;
        }
    }
    let mut names = start;
    for at in start..end {
        let word = one(at);
        let is_title = roles::has(word, "title") && at + 1 < end;
        if is_title {
            out.person = true;
            out.gender = out.gender.or(roles::gender(word));
            out.official |= roles::has(word, "office");
            out.roles.insert(word.to_owned());
            out.words.clear();
            names = at + 1 + usize::from(one(at + 1) == ".");
        } else if tokens.get(at).is_some_and(Token::is_word) && word.len() > 1 {
            out.words.push(word.to_owned());
        }
    }
    beside(tokens, start, &mut out);
    apposition(tokens, end, &mut out);
    out.words.first()?;
    let the =
        start.checked_sub(1).and_then(|last| tokens.get(last)).is_some_and(|one| one.low == "the");
    out.person |= out.words.len() > 1 && !the && !out.words.iter().any(|word| roles::is_role(word));
    let from = tokens.get(names.min(end.saturating_sub(1))).map_or(0, |token| token.from);
    let last = tokens.get(end - 1)?;
    let owner = last.base().len() < last.low.len();
    let mark =
        text.get(last.from..last.to).filter(|_| owner).and_then(|word| word.rfind(['\'', '’']));
    out.range = from..mark.map_or(last.to, |at| last.from + at).max(from);
    Some(out)
}

/// A role in small letters before the name: "spokeswoman Name".
fn beside(tokens: &[Token], start: usize, out: &mut Mention) {
    let before = start.checked_sub(1).and_then(|last| tokens.get(last));
    if let Some(before) = before.filter(|one| roles::is_role(&one.low) && !one.capital) {
        out.person |= !roles::has(&before.low, "body");
        out.gender = out.gender.or(roles::gender(&before.low));
        out.official |= roles::has(&before.low, "office");
        out.roles.insert(before.low.clone());
    }
}

/// "Name, the minister for …,": the role words of the aside.
fn apposition(tokens: &[Token], end: usize, out: &mut Mention) {
    if tokens.get(end).is_none_or(|token| token.low != ",") {
        return;
    }
    let aside = tokens.iter().skip(end + 1).take(12).take_while(|token| token.is_word());
    for (at, token) in aside.enumerate() {
        if at == 0 && token.capital && !roles::is_role(&token.low) {
            return;
        }
        if matches!(token.low.as_str(), "who" | "which" | "said" | "says" | "and" | "but") {
            return;
        }
        if roles::is_role(&token.low) && !roles::has(&token.low, "paper") {
            out.person |= !roles::has(&token.low, "body");
            out.gender = out.gender.or(roles::gender(&token.low));
            out.official |= roles::has(&token.low, "office");
            out.roles.insert(token.low.clone());
        }
        if matches!(token.low.as_str(), "of" | "for" | "at" | "from") {
            return;
        }
    }
}
