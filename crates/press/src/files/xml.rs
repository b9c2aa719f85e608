//! The XML inside office documents, walked within limits; no entity of a document's own is known, and none is fetched.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// The most elements, texts and ends of one part that are walked.
const EVENTS: usize = 2_000_000;
/// The deepest that elements lie within one another.
const DEEP: usize = 500;

/// What is met on the way.
pub(super) enum Met<'a> {
    /// An element begins: its name without prefix, its attributes.
    Start(&'a str, &'a BytesStart<'a>),
    /// An element ends.
    End(&'a str),
    /// Text directly in the innermost element, which has this name.
    Text(&'a str, &'a str),
}

/// Walks through a part until its end, or until it is no XML any more.
pub(super) fn walk(bytes: &[u8], mut met: impl FnMut(Met<'_>)) {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut open: Vec<String> = Vec::new();
    for _ in 0..EVENTS {
        let Ok(event) = reader.read_event() else { return };
        match event {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                met(Met::Start(&name, &start));
                if open.len() >= DEEP {
                    return;
                }
                open.push(name);
            }
            Event::Empty(start) => {
                let name = start.local_name().as_ref().to_owned();
                met(Met::Start(&name, &start));
                met(Met::End(&name));
            }
            Event::End(_) => {
                if let Some(name) = open.pop() {
                    met(Met::End(&name));
                }
            }
            Event::Text(words) => say(&mut met, &open, &words.xml10_content()),
            Event::CData(words) => say(&mut met, &open, &words.xml10_content()),
            Event::GeneralRef(sign) => {
                let named = match &*sign.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => sign.resolve_char_ref().ok().flatten(),
                };
                if let Some(sign) = named {
                    say(&mut met, &open, sign.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

fn say(met: &mut impl FnMut(Met<'_>), open: &[String], words: &str) {
    if let Some(name) = open.last() {
        met(Met::Text(name, words));
    }
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes();
    all.with_checks(false);
    let found = all.take(200).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
