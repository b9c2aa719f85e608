//! A speaker without a name ("critics", "officials", "some say"), and what they are credited with.

use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "unnamed-voice",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A speaker without a name",
            definition: "Words are credited to somebody whom the text does not name.",
            why: "“{}” has no name in this text.",
            settle: "Name them, or say why they cannot be named.",
        },
        Words {
            title: "بے نام آواز",
            definition: "الفاظ ایسے شخص سے منسوب ہیں جس کا نام متن میں نہیں۔",
            why: "اس متن میں ”{}“ کا کوئی نام نہیں۔",
            settle: "نام بتائیں، یا بتائیں کہ نام کیوں نہیں دیا جا سکتا۔",
        },
    ],
    evidence: "",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    for voice in reading.voices.iter().filter(|voice| voice.unnamed) {
        if let Some((run, range)) = voice.mentions.first() {
            sink.words(reading, *run, range.clone(), &[]);
        }
    }
}
