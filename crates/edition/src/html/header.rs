//! The header: notice, headline, byline, and the strip that says on what the article stands.

use super::{Page, escape, escape::time};
use crate::{
    dates,
    labels::fill,
    model::{Class, Source},
    parties::{self, Party},
};

impl Page<'_> {
    pub(super) fn header(&mut self) {
        self.put("<header>");
        self.notice();
        let article = self.article;
        if let Some(block) = self.layout.front("sections") {
            let names = self.labels.list(&article.sections);
            self.simple("p", "k", Some(block), &names);
        }
        if let Some(block) = self.layout.front("headline") {
            self.simple("h1", "", Some(block), &article.headline);
        } else {
            self.layout.withheld.retain(|number| *number != 4);
            self.withheld("h1", Some(4));
        }
        if let Some(standfirst) = &article.standfirst {
            self.simple("p", "l", self.layout.front("standfirst"), standfirst);
        }
        self.byline();
        for number in std::mem::take(&mut self.layout.withheld) {
            self.withheld("p", Some(number));
        }
        self.strip();
        self.put("</header>");
    }

    fn simple(&mut self, name: &str, class: &str, block: Option<usize>, words: &str) {
        self.open(name, class, block, words);
        self.text(words);
        self.put(&format!("</{name}>"));
    }

    /// Above the headline: that this revision corrects an earlier one, and why.
    fn notice(&mut self) {
        let change = &self.article.change;
        let tells = change.class.corrects() || change.note.is_some();
        let Some(block) = self.layout.front("article").filter(|_| tells) else { return };
        let class = if change.class == Class::Retraction { "x r" } else { "x" };
        let colon = if change.note.is_some() { ":" } else { "" };
        let name = self.labels.class(change.class);
        self.put(&format!(
            "<p class=\"{class}\" id=\"change\" data-b=\"{block}\"><b>{name}{colon}</b>"
        ));
        if let Some(note) = &change.note {
            let note = self.isolated(note);
            self.put(&format!(" {note}"));
        }
        if let Some(who) = &change.asked_by {
            let who = self.isolated(who);
            self.put(&format!(" {}", fill(self.labels.asked_by, &[&who])));
        }
        self.put("</p>");
    }

    fn byline(&mut self) {
        let (article, labels) = (self.article, self.labels);
        let mut parts = Vec::new();
        if let Some(block) = self.layout.front("byline") {
            let names: Vec<String> =
                article.byline.iter().map(|name| self.isolated(name)).collect();
            let words = fill(labels.by, &[&labels.list(&names)]);
            parts.push(format!("<span data-b=\"{block}\">{words}</span>"));
        }
        if let (Some(block), Some(line)) = (self.layout.front("dateline"), &article.dateline) {
            let place = line.place.as_ref().map(|place| self.isolated(place));
            let date = line.date.as_ref().map(|date| time(date, &dates::day(date, labels.lang)));
            let words: Vec<String> = place.into_iter().chain(date).collect();
            let words = words.join(labels.comma);
            parts.push(format!("<span data-b=\"{block}\">{words}</span>"));
        }
        if let Some(block) = self.layout.front("time") {
            let local = &self.place.local;
            let when = time(local, &dates::moment(local, labels.lang));
            let done = labels.done(article.change.class);
            parts.push(format!("<span data-b=\"{block}\">{done} {when}</span>"));
        }
        let original = article.translation_of.as_deref();
        let href = original.and_then(|path| escape::link(path, self.view.base));
        if let (Some(block), Some(href)) = (self.layout.front("address"), href) {
            let (says, link) = (labels.translation, labels.original);
            parts.push(format!(
                "<span data-b=\"{block}\">{says} <a href=\"{href}\">{link}</a></span>"
            ));
        }
        if !parts.is_empty() {
            let parts = parts.join(" · ");
            self.put(&format!("<p class=\"y\">{parts}</p>"));
        }
    }

    /// What the sealed document alone says about the ground it stands on.
    fn strip(&mut self) {
        let labels = self.labels;
        self.put(&format!("<ul class=\"s\" aria-label=\"{}\">", labels.standing));
        let count = self.entries.len();
        if count == 0 {
            self.put(&format!("<li class=\"w\">{}</li>", labels.no_sources));
        } else {
            let has_copy = |source: &&Source| source.snapshot().is_some();
            let copies = self.entries.iter().filter_map(|e| e.source).filter(has_copy).count();
            let [all, some, none] = labels.archived_count;
            let tail = match copies {
                0 => none.to_owned(),
                _ if copies == count => all.to_owned(),
                _ => fill(some, &[&labels.number(copies)]),
            };
            let words = labels.plural(&labels.sources_count, count, &[&labels.number(count)]);
            let class = if copies == 0 { " class=\"w\"" } else { "" };
            self.put(&format!("<li{class}><a href=\"#sources\">{words}{tail}</a></li>"));
        }
        let parties = self.parties();
        if !parties.is_empty() {
            let heard = parties::heard(&parties);
            let numbers = [labels.number(heard), labels.number(parties.len())];
            let [one, two] = &numbers;
            let words = labels.plural(&labels.heard_count, parties.len(), &[one, two]);
            let class = if heard < parties.len() { " class=\"w\"" } else { "" };
            self.put(&format!("<li{class}><a href=\"#heard\">{words}</a></li>"));
        }
        self.put("</ul>");
    }

    pub(super) fn parties(&self) -> Vec<Party> {
        let sources = self.entries.iter().filter_map(|entry| entry.source);
        parties::weigh(&self.article.parties, sources, &self.claims.list)
    }
}
