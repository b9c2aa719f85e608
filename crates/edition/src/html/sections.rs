//! What follows the body: who is heard, the dates, the sources.

use super::{Page, escape, escape::time};
use crate::{dates, host, labels::fill, model::Source};
use serde_json::Value;

impl Page<'_> {
    pub(super) fn heard(&mut self) {
        let (labels, parties) = (self.labels, self.parties());
        if parties.is_empty() {
            return;
        }
        self.put(&format!("<section id=\"heard\"><h2>{}</h2>", labels.heard));
        self.open("ul", "p", self.layout.front("parties"), "");
        let all = self.claims.list.len();
        for party in &parties {
            let rests = party.claims.len();
            let name = self.isolated(&party.name);
            self.put(if party.heard { "<li>" } else { "<li class=\"o\">" });
            self.put(&format!("<b>{name}</b>"));
            self.put(&format!(
                "<svg viewBox=\"0 0 {} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                 <rect width=\"{rests}\" height=\"1\"/></svg>",
                all.max(1)
            ));
            if party.heard {
                let [one, two] = &[labels.number(rests), labels.number(all)];
                self.put(&labels.plural(&labels.rests, rests, &[one, two]));
            } else {
                self.put(if party.named && party.sources.is_empty() {
                    labels.not_heard
                } else {
                    labels.not_cited
                });
            }
            if let Some(asked) = self.asked(&party.name) {
                self.put(&format!(" <span class=\"m\">{asked}</span>"));
            }
            self.put("</li>");
        }
        self.put("</ul></section>");
    }

    pub(super) fn events(&mut self) {
        let article = self.article;
        if article.events.is_empty() {
            return;
        }
        self.put(&format!("<section id=\"dates\"><h2>{}</h2><ol class=\"e\">", self.labels.events));
        let numbers = std::mem::take(&mut self.layout.events);
        for (event, number) in article.events.iter().zip(numbers) {
            let when = time(&event.date, &dates::day(&event.date, self.labels.lang));
            let words = self.isolated(&event.text);
            self.put(&format!("<li data-b=\"{number}\">{when} <span>{words}"));
            if let Some(id) = &event.source {
                self.put("<sup>");
                self.number(id, &[]);
                self.put("</sup>");
            }
            self.put("</span></li>");
        }
        self.put("</ol></section>");
    }

    pub(super) fn sources(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        let title = self.labels.sources;
        if self.bare {
            self.put(&format!("<h2>{title}</h2><ol>"));
        } else {
            self.put(&format!("<section id=\"sources\"><h2>{title}</h2><ol>"));
        }
        let entries = std::mem::take(&mut self.entries);
        for (at, entry) in entries.iter().enumerate() {
            let class = if entry.source.is_some() { "" } else { "w" };
            self.open("li", class, entry.block, "");
            if !self.bare {
                self.out.pop();
                self.put(&format!(" id=\"s{}\">", at + 1));
            }
            match entry.source {
                Some(source) => self.source(source),
                None => self.put(self.labels.missing_source),
            }
            self.put("</li>");
        }
        self.entries = entries;
        self.put(if self.bare { "</ol>" } else { "</ol></section>" });
    }

    /// Authors, title with its link, where it appeared, when; then what the record knows of it.
    fn source(&mut self, source: &Source) {
        let labels = self.labels;
        let mut parts: Vec<String> =
            source.authors().iter().map(|name| self.isolated(name)).collect();
        let title = source.text("title").or(source.url()).filter(|title| !title.is_empty());
        let link = source.url().and_then(escape::web);
        parts.extend(title.map(|title| match &link {
            Some(href) => {
                let (turn, title) = (self.turn(title), escape::text(title));
                let host = source.url().and_then(host::hidden);
                let host =
                    host.map(|host| format!(" (<bdi dir=\"ltr\">{}</bdi>)", escape::text(&host)));
                format!("<a href=\"{href}\"{turn}>{title}</a>{}", host.unwrap_or_default())
            }
            None => self.isolated(title),
        }));
        parts.extend(source.text("container-title").map(|name| self.isolated(name)));
        parts.extend(source.issued().map(|day| time(&day, &dates::day(&day, labels.lang))));
        if parts.is_empty() {
            parts.push(self.isolated(source.id()));
        }
        let line = parts.join(labels.comma);
        let details = self.details(source, title);
        self.put(&line);
        self.put(labels.stop);
        self.open("span", "m", None, "");
        self.put(&details);
        self.put("</span>");
    }

    fn details(&self, source: &Source, title: Option<&str>) -> String {
        let labels = self.labels;
        let stop = labels.stop.trim_end();
        let mut out = labels.kind(source.kind()).to_owned();
        if let Some(party) = source.speaks_for() {
            out.push_str(labels.semicolon);
            out.push_str(&fill(labels.speaks_for, &[&self.isolated(party)]));
        }
        out.push_str(stop);
        if !self.bare {
            out.push_str(&format!(" {}{stop}", self.supports(source.id())));
        }
        let copy = source.snapshot().and_then(|sha256| escape::blob(sha256, self.view.base));
        if let Some(href) = copy {
            let name = fill(labels.archived_copy, &[title.unwrap_or(source.id())]);
            let (name, words) = (escape::attribute(&name), labels.archived);
            out.push_str(&format!(" <a href=\"{href}\" aria-label=\"{name}\">{words}</a>"));
            let archived = source.csl.get("custom").and_then(|custom| custom.get("archived"));
            if let Some(day) = archived.and_then(Value::as_u64).map(dates::utc_day) {
                out.push_str(labels.comma);
                out.push_str(&time(&day, &dates::day(&day, labels.lang)));
            }
            out.push_str(stop);
        }
        out
    }

    /// "Supports claims 1, 2 and 4", each number leading back to its first mark.
    fn supports(&self, id: &str) -> String {
        let labels = self.labels;
        let claims = self.claims.list.iter().enumerate();
        let own = claims.filter(|(_, claim)| claim.sources.iter().any(|one| one == id));
        let links: Vec<String> = own
            .map(|(at, _)| {
                let number = labels.number(at + 1);
                let name = fill(labels.claim, &[&number]);
                let place = self.locators(at, id);
                format!("<a href=\"#c{}\" aria-label=\"{name}\">{number}</a>{place}", at + 1)
            })
            .collect();
        if links.is_empty() {
            return labels.uncited.to_owned();
        }
        labels.plural(&labels.supports, links.len(), &[&labels.list(&links)])
    }

    /// Where in the source `id` the claim stands, as its citations say: ` (p. 3)`.
    fn locators(&self, claim: usize, id: &str) -> String {
        match self.locators.get(&(claim, id.to_owned())) {
            Some(found) => format!(" ({})", self.isolated(&found.join(self.labels.semicolon))),
            None => String::new(),
        }
    }

    /// Who says it, of what kind, when: for the side note.
    pub(super) fn short(&self, source: &Source) -> String {
        let labels = self.labels;
        let title = source.text("title").unwrap_or(source.id());
        let who = source.authors();
        let who = who.first().map_or(title, String::as_str);
        let mut out = self.isolated(who);
        out.push_str(labels.stop);
        out.push_str(labels.kind(source.kind()));
        if let Some(day) = source.issued() {
            out.push_str(labels.comma);
            out.push_str(&escape::text(&dates::day(&day, labels.lang)));
        }
        out
    }
}
