//! What an office document tells: Office Open XML (ECMA-376) and OpenDocument (ISO/IEC 26300).

use super::xml::{Met, attribute, walk};
use super::zip::Archive;
use super::{Kind, Told, note};

/// The parts of one sort that are opened.
const FEW: usize = 50;

pub(super) fn tell(kind: Kind, archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    match kind {
        Kind::Odt | Kind::Ods | Kind::Odp => open_document(archive, told),
        _ => open_xml(kind, archive, told),
    }
}

/// Tells what elements of a part say, each under the key that its name stands for.
fn fields(
    archive: &Archive<'_>,
    part: &str,
    keys: &[(&str, &str)],
    told: &mut Told,
) -> Result<(), String> {
    let Some(bytes) = archive.open(part)? else { return Ok(()) };
    let mut text = String::new();
    walk(&bytes, |met| match met {
        Met::Start(..) => text.clear(),
        Met::Text(_, words) if text.len() < 4000 => text.push_str(words),
        Met::Text(..) => {}
        Met::End(name) => {
            if let Some((_, key)) = keys.iter().find(|(known, _)| *known == name) {
                told.say(key, &text);
            }
            text.clear();
        }
    });
    Ok(())
}

const CORE: [(&str, &str); 11] = [
    ("creator", "author"),
    ("lastModifiedBy", "last-author"),
    ("created", "made"),
    ("modified", "changed"),
    ("lastPrinted", "printed"),
    ("title", "title"),
    ("subject", "subject"),
    ("description", "note"),
    ("keywords", "keywords"),
    ("category", "keywords"),
    ("revision", "edits"),
];
const APP: [(&str, &str); 5] = [
    ("Application", "program"),
    ("Company", "company"),
    ("Manager", "manager"),
    ("Template", "template"),
    ("TotalTime", "minutes"),
];
const META: [(&str, &str); 12] = [
    ("initial-creator", "author"),
    ("creator", "last-author"),
    ("creation-date", "made"),
    ("date", "changed"),
    ("print-date", "printed"),
    ("printed-by", "last-author"),
    ("title", "title"),
    ("subject", "subject"),
    ("description", "note"),
    ("keyword", "keywords"),
    ("editing-cycles", "edits"),
    ("generator", "program"),
];

/// How many there are and by whom.
#[derive(Default)]
struct Tally {
    count: usize,
    by: Vec<String>,
}

impl Tally {
    fn add(&mut self, by: Option<String>) {
        self.count += 1;
        if let Some(by) = by {
            note(&mut self.by, &by);
        }
    }

    fn tell(&self, key: &str, told: &mut Told) {
        told.count(key, self.count, &self.by);
    }
}

fn open_xml(kind: Kind, archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    fields(archive, "docProps/core.xml", &CORE, told)?;
    fields(archive, "docProps/app.xml", &APP, told)?;
    match kind {
        Kind::Docx => words(archive, told)?,
        Kind::Xlsx => tables(archive, told)?,
        _ => slides(archive, told)?,
    }
    outside(archive, told)?;
    let names = || archive.below("");
    let some = |end: &str| names().any(|name| name.ends_with(end));
    if some("vbaProject.bin") {
        told.mark("macros");
    }
    if some("docProps/custom.xml") {
        told.mark("own-fields");
    }
    if names().any(|name| name.starts_with("docProps/thumbnail")) {
        told.mark("thumbnail");
    }
    let inside = |folder: &str| names().filter(|name| name.contains(folder)).count();
    told.count("pictures", inside("/media/"), &[]);
    told.count("embedded", inside("/embeddings/"), &[]);
    Ok(())
}

/// A text: its words, what was changed with changes recorded, what is hidden, what was commented.
fn words(archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    let (mut changes, mut hidden) = (Tally::default(), 0);
    let mut text = String::new();
    for part in parts(archive, "word/", &["document", "header", "footer", "footnotes", "endnotes"])
    {
        let Some(bytes) = archive.open(part)? else { continue };
        walk(&bytes, |met| match met {
            Met::Start("ins" | "del" | "moveFrom" | "moveTo", start) => {
                changes.add(attribute(start, "author"));
            }
            Met::Start("vanish", _) => hidden += 1,
            Met::Text("t", words) => text.push_str(words),
            Met::End("p") => text.push('\n'),
            Met::End("tab" | "br") => text.push(' '),
            _ => {}
        });
    }
    told.words(&text);
    changes.tell("changes", told);
    told.count("hidden", hidden, &[]);
    let mut comments = Tally::default();
    if let Some(bytes) = archive.open("word/comments.xml")? {
        walk(&bytes, |met| {
            if let Met::Start("comment", start) = met {
                comments.add(attribute(start, "author"));
            }
        });
    }
    comments.tell("comments", told);
    Ok(())
}

/// Tables: their words, hidden sheets, comments.
fn tables(archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    let mut text = String::new();
    if let Some(bytes) = archive.open("xl/sharedStrings.xml")? {
        walk(&bytes, |met| match met {
            Met::Text("t", words) => text.push_str(words),
            Met::End("si") => text.push('\n'),
            _ => {}
        });
    }
    told.words(&text);
    let mut hidden = Tally::default();
    if let Some(bytes) = archive.open("xl/workbook.xml")? {
        walk(&bytes, |met| {
            if let Met::Start("sheet", start) = met
                && attribute(start, "state").is_some_and(|state| state != "visible")
            {
                hidden.add(attribute(start, "name"));
            }
        });
    }
    hidden.tell("hidden", told);
    let mut comments = Tally::default();
    for part in parts(archive, "xl/", &["comments"]) {
        let Some(bytes) = archive.open(part)? else { continue };
        walk(&bytes, |met| match met {
            Met::Start("comment", _) => comments.count += 1,
            Met::Text("author", name) => note(&mut comments.by, name),
            _ => {}
        });
    }
    people(archive, "xl/persons/", &mut comments.by)?;
    comments.tell("comments", told);
    Ok(())
}

/// Slides: their words, hidden ones, notes, comments.
fn slides(archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    let (mut text, mut hidden) = (String::new(), 0);
    for part in parts(archive, "ppt/slides/", &["slide"]) {
        let Some(bytes) = archive.open(part)? else { continue };
        walk(&bytes, |met| match met {
            Met::Start("sld", start) if attribute(start, "show").as_deref() == Some("0") => {
                hidden += 1;
            }
            Met::Text("t", words) => text.push_str(words),
            Met::End("p") => text.push('\n'),
            _ => {}
        });
    }
    told.words(&text);
    told.count("hidden", hidden, &[]);
    told.count("notes", parts(archive, "ppt/notesSlides/", &["notesSlide"]).len(), &[]);
    let count = parts(archive, "ppt/comments/", &[""]).len();
    let mut comments = Tally { count, by: Vec::new() };
    people(archive, "ppt/", &mut comments.by)?;
    comments.tell("comments", told);
    Ok(())
}

/// Who commented, as lists of people beside the text have it.
fn people(archive: &Archive<'_>, folder: &str, by: &mut Vec<String>) -> Result<(), String> {
    for part in parts(archive, folder, &["person", "commentAuthors", "authors"]) {
        let Some(bytes) = archive.open(part)? else { continue };
        walk(&bytes, |met| {
            if let Met::Start("person" | "cmAuthor" | "author", start) = met {
                let name = attribute(start, "displayName").or_else(|| attribute(start, "name"));
                note(by, &name.unwrap_or_default());
            }
        });
    }
    Ok(())
}

/// What a document fetches from elsewhere when it is opened: a template, an object, a picture. Links to click are left out.
fn outside(archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    let mut places = Vec::new();
    for part in archive.below("").filter(|name| name.ends_with(".rels")).take(FEW) {
        let Some(bytes) = archive.open(part)? else { continue };
        walk(&bytes, |met| {
            if let Met::Start("Relationship", start) = met
                && attribute(start, "TargetMode").as_deref() == Some("External")
                && !attribute(start, "Type").is_some_and(|kind| kind.ends_with("/hyperlink"))
            {
                note(&mut places, &attribute(start, "Target").unwrap_or_default());
            }
        });
    }
    for place in places {
        told.say("outside", &place);
    }
    Ok(())
}

fn open_document(archive: &Archive<'_>, told: &mut Told) -> Result<(), String> {
    fields(archive, "meta.xml", &META, told)?;
    let (mut changes, mut comments) = (Tally::default(), Tally::default());
    let (mut text, mut hidden) = (String::new(), 0);
    let (mut changing, mut commenting) = (false, false);
    if let Some(bytes) = archive.open("content.xml")? {
        walk(&bytes, |met| match met {
            Met::Start("tracked-changes", _) => changing = true,
            Met::End("tracked-changes") => changing = false,
            Met::Start("changed-region", _) => changes.count += 1,
            Met::Start("annotation", _) => {
                commenting = true;
                comments.count += 1;
            }
            Met::End("annotation") => commenting = false,
            Met::Start("hidden-text" | "hidden-paragraph", _) => hidden += 1,
            Met::Text("creator", name) if changing => note(&mut changes.by, name),
            Met::Text("creator", name) if commenting => note(&mut comments.by, name),
            Met::Text("p" | "h" | "span" | "a", words) if !changing && !commenting => {
                text.push_str(words);
            }
            Met::End("p" | "h") if !changing && !commenting => text.push('\n'),
            _ => {}
        });
    }
    told.words(&text);
    changes.tell("changes", told);
    comments.tell("comments", told);
    told.count("hidden", hidden, &[]);
    if archive.below("Basic/").chain(archive.below("Scripts/")).next().is_some() {
        told.mark("macros");
    }
    if archive.below("Thumbnails/").next().is_some() {
        told.mark("thumbnail");
    }
    told.count("pictures", archive.below("Pictures/").count(), &[]);
    Ok(())
}

/// Parts of a folder whose own names begin with one of `names`, a few of each document.
fn parts<'a>(archive: &Archive<'a>, folder: &str, names: &[&str]) -> Vec<&'a str> {
    let own = |name: &&'a str| {
        let rest = name.strip_prefix(folder).unwrap_or_default();
        !rest.contains('/')
            && rest.ends_with(".xml")
            && names.iter().any(|begin| rest.starts_with(begin))
    };
    archive.below(folder).filter(own).take(FEW).collect()
}
