//! A fixed edition: settings, articles, revisions and entries that the pages are made from.

use std::collections::BTreeMap;

use ovn_desk::balance::{Correction, Party, RuleCount, Window};
use ovn_edition::leaf::{Kind, Leaf, Step};
use ovn_edition::model::{Class, Event, Source};
use ovn_edition::report::Level;
use ovn_site::pages::Facts;
use ovn_site::pages::counts::Counts;
use ovn_store::Settings;
use ovn_store::rows::{Entry, Head, HeadKind, Hit, Removal, Revision, SourceUse};
use ovn_store::settings::{Publisher, Section};

pub(crate) const AT: u64 = 1_764_000_000_000;
pub(crate) const STORY: &str = "Pakistan and the United States, 2025";

fn both(en: &str, ur: &str) -> BTreeMap<String, String> {
    [("en".to_owned(), en.to_owned()), ("ur".to_owned(), ur.to_owned())].into()
}

pub(crate) fn settings() -> Settings {
    let section = |slug: &str, en, ur| Section { slug: slug.into(), name: both(en, ur) };
    Settings {
        name: "OpenVoiceNews Pakistan".into(),
        motto: both("Transparent. Unbiased. Yours.", "شفاف۔ غیر جانبدار۔ آپ کا۔"),
        origin: "pk.openvoicenews.example".into(),
        url: "https://pk.openvoicenews.example".into(),
        languages: vec!["en".into(), "ur".into()],
        zone: "Asia/Karachi".into(),
        sections: vec![
            section("politics", "Politics & Government", "سیاست اور حکومت"),
            section("economy", "Economy", "معیشت"),
            section("world", "World", "دنیا"),
            section("how-we-work", "How we work", "ہمارا طریقۂ کار"),
        ],
        publisher: Publisher {
            name: "OpenVoiceNews Pakistan".into(),
            address: "1 Example Road, Islamabad".into(),
            contact: "desk@openvoicenews.example".into(),
            ownership: "A demonstration edition without income.".into(),
        },
        ..Settings::default()
    }
}

pub(crate) fn facts() -> Facts {
    Facts {
        size: 1204,
        checkpoint: "pk.openvoicenews.example\n1204\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
                     — pk.openvoicenews.example Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            .into(),
        tampered: true,
        vkey: "pk.openvoicenews.example+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8".into(),
    }
}

pub(crate) fn head(n: u8, headline: &str, ur: &str, lang: &str) -> Head {
    let day = 24 - u32::from(n);
    Head {
        id: [n; 16],
        rev: 1,
        path: format!("/2025/08/article-{n}{}", if lang == "ur" { "-ur" } else { "" }),
        lang: lang.into(),
        headline: if lang == "ur" { ur.into() } else { headline.into() },
        byline: vec!["Islamabad desk".into()],
        sections: vec![["politics", "economy", "world"][usize::from(n) % 3].into()],
        topics: vec!["Ishaq Dar".into(), "Marco Rubio".into()],
        first_at: AT - u64::from(n) * 3_600_000,
        first_local: format!("2025-08-{day:02}T14:20+05:00"),
        at: AT,
        local: format!("2025-08-{day:02}T14:20+05:00"),
        sources: 1 + u32::from(n) % 4,
        parties: 2,
        heard: 1 + u32::from(n) % 2,
        ..Head::default()
    }
}

pub(crate) fn lead(lang: &str) -> Head {
    let standfirst = match lang {
        "ur" => {
            "ایک ہفتے میں دوسری گفتگو، جولائی میں واشنگٹن کی ملاقات اور پاکستانی مال پر امریکی محصول ۱۹ فیصد ہونے کے بعد۔"
        }
        _ => {
            "Their second call in a week follows a July meeting in Washington and a cut in US tariffs on Pakistani goods to 19 percent."
        }
    };
    let headline = "Pakistan and US foreign chiefs speak again on trade and security";
    Head {
        rev: 2,
        standfirst: Some(standfirst.into()),
        sections: vec!["politics".into()],
        story: Some(STORY.into()),
        class: Class::Correction,
        corrected: Some(AT),
        sources: 2,
        heard: 1,
        ..head(
            0,
            headline,
            "پاکستان اور امریکا کے وزرائے خارجہ کی تجارت اور سلامتی پر پھر گفتگو",
            lang,
        )
    }
}

pub(crate) fn heads(lang: &str) -> Vec<Head> {
    let rows = [
        (
            "A tariff of 19 percent: what the two governments have published",
            "۱۹ فیصد محصول: دونوں حکومتوں نے کیا شائع کیا",
        ),
        (
            "Minerals and oil: what was agreed and what was only announced",
            "معدنیات اور تیل: کیا طے ہوا اور کیا صرف اعلان ہوا",
        ),
        (
            "Equipment left in Afghanistan comes up again",
            "افغانستان میں رہ جانے والے سامان کا معاملہ پھر زیرِ بحث",
        ),
        ("How a correction is made here", "یہاں تصحیح کیسے کی جاتی ہے"),
        ("Check this edition in five minutes", "اس ایڈیشن کو پانچ منٹ میں جانچیں"),
        (
            "Why a source is archived when it is cited",
            "حوالہ دیتے وقت ذریعہ محفوظ کیوں کیا جاتا ہے",
        ),
        ("What a record shows, and what it does not", "ریکارڈ کیا بتاتا ہے اور کیا نہیں"),
    ];
    let more = rows.iter().zip(1..).map(|((en, ur), n)| head(n, en, ur, lang));
    let mut heads: Vec<Head> = std::iter::once(lead(lang)).chain(more).collect();
    heads[1].standfirst = Some(match lang {
        "ur" => "حکم نامے کا متن اور وزارت کا بیان ساتھ ساتھ۔".into(),
        _ => "The order’s text beside the ministry’s statement of it.".into(),
    });
    heads
}

fn leaf(kind: Kind, rev: u32) -> Vec<u8> {
    let article = (rev > 0).then(|| Step { id: [7; 16], rev, prev: (rev > 1).then_some([9; 32]) });
    let log = "pk.openvoicenews.example".into();
    Leaf { log, kind, article, at: AT, commit: [0xab; 32] }.bytes().unwrap()
}

pub(crate) fn revisions(lang: &str) -> Vec<Revision> {
    let first = Revision {
        seq: 1187,
        rev: 1,
        kind: Kind::Revision,
        class: Class::Publication,
        note: None,
        asked_by: None,
        at: AT - 7_000_000,
        local: "2025-08-24T14:20+05:00".into(),
        leaf: leaf(Kind::Revision, 1),
        document: b"{}".to_vec(),
    };
    let (note, who) = match lang {
        "ur" => ("ملاقات ۲۵ جولائی کو ہوئی تھی، ۲۴ کو نہیں۔", "ایک قاری"),
        _ => ("The meeting was on 25 July, not 24.", "a reader"),
    };
    let second = Revision {
        seq: 1203,
        rev: 2,
        kind: Kind::Correction,
        class: Class::Correction,
        note: Some(note.into()),
        asked_by: Some(who.into()),
        at: AT,
        local: "2025-08-24T16:02+05:00".into(),
        leaf: leaf(Kind::Correction, 2),
        ..first.clone()
    };
    vec![first, second]
}

pub(crate) fn events(lang: &str) -> Vec<Event> {
    let event = |date: &str, en: &str, ur: &str| Event {
        date: date.into(),
        text: if lang == "ur" { ur.into() } else { en.into() },
        source: None,
    };
    vec![
        event("2025-05", "De-escalation with India", "بھارت کے ساتھ کشیدگی میں کمی"),
        event("2025-07-25", "Meeting in Washington", "واشنگٹن میں ملاقات"),
        event("2025-08-04", "Second telephone call in a week", "ایک ہفتے میں دوسری ٹیلیفونک گفتگو"),
    ]
}

pub(crate) fn removals() -> Vec<Removal> {
    let note = Some("Order of the court of 3 November.".to_owned());
    vec![Removal { seq: 1200, at: AT, rev: 1, ground: "court order".into(), note, blocks: None }]
}

pub(crate) fn counts() -> Counts {
    Counts {
        articles: 34,
        sources: 81,
        single: 6,
        unsourced: 2,
        named: 52,
        heard: 37,
        corrected: 4,
    }
}

pub(crate) fn windows(lang: &str) -> [Window; 2] {
    let party = |name: &str, articles, heard, sought, words| Party {
        name: name.into(),
        articles,
        heard,
        sought,
        words,
    };
    let month = Window {
        lang: lang.into(),
        days: 30,
        articles: 12,
        reported: 12,
        sourced: 11,
        single_source: 3,
        voiced: 10,
        single_voice: 4,
        unnamed_voice: 1,
        official_only: 5,
        spoken_words: 1204,
        unnamed_words: 31,
        ..Window::default()
    };
    let correction = |class: &str, minutes| Correction {
        path: "/2026/11/tariff".into(),
        class: class.into(),
        at: 1_764_000_000_000,
        minutes,
    };
    let rule = |id: &str, level, found, kept, wrong| RuleCount {
        rule: id.into(),
        level,
        found,
        kept,
        wrong,
    };
    let quarter = Window {
        days: 90,
        articles: 34,
        reported: 30,
        parties: vec![
            party("Government of Pakistan", 11, 10, 1, 840),
            party("Government of the United States", 9, 2, 3, 77),
            party("Government of Afghanistan", 2, 0, 0, 0),
        ],
        rules: vec![rule("unnamed-voice", Level::Look, 7, 4, 1)],
        corrections: vec![
            correction("clarification", Some(95)),
            correction("correction", Some(60 * 30)),
            correction("retraction", None),
        ],
        ..month.clone()
    };
    [month, quarter]
}

pub(crate) fn uses(lang: &str) -> Vec<SourceUse> {
    let csl = serde_json::json!({
        "id": "mofa-call", "type": "speech", "title": "Readout of the telephone call",
        "author": [{"literal": "Ministry of Foreign Affairs, Pakistan"}],
        "issued": {"date-parts": [[2025, 8, 4]]}, "URL": "https://example.org/readout",
        "custom": {"kind": "statement", "speaks-for": "Government of Pakistan"}
    });
    let source = Source { csl: csl.as_object().unwrap().clone() };
    vec![SourceUse { source, heads: heads(lang).into_iter().take(2).collect() }]
}

pub(crate) fn entries(lang: &str) -> Vec<Entry> {
    let about =
        |n: usize| heads(lang).get(n).map(|head| (head.path.clone(), head.headline.clone()));
    let entry = |seq, kind, rev, head| Entry {
        seq,
        leaf: leaf(kind, rev),
        document: Some(b"{}".to_vec()),
        head,
    };
    vec![
        entry(1203, Kind::Correction, 2, about(0)),
        entry(1202, Kind::Snapshot, 0, None),
        entry(1201, Kind::Revision, 3, about(1)),
        entry(1200, Kind::Removal, 1, about(3)),
        entry(1187, Kind::Revision, 1, about(0)),
        entry(0, Kind::Genesis, 0, None),
    ]
}

pub(crate) fn hits(lang: &str) -> Vec<Hit> {
    let snippet = match lang {
        "ur" => "… حالیہ معاہدے سے پاکستانی مال پر امریکی محصول ۱۹ فیصد رہ گیا ہے، وزارت نے کہا …",
        _ => {
            "… a recent agreement lowered US tariffs on imports from Pakistan to 19 percent, <the> ministry said …"
        }
    };
    heads(lang).into_iter().take(2).map(|head| Hit { head, snippet: snippet.into() }).collect()
}

pub(crate) fn policies(lang: &str) -> Vec<Head> {
    let policy = |n, slug: &str, en, ur| Head {
        kind: HeadKind::Policy,
        path: format!("/policies/{slug}{}", if lang == "ur" { "-ur" } else { "" }),
        sections: vec![],
        ..head(n, en, ur, lang)
    };
    vec![
        policy(1, "corrections", "Corrections", "تصحیح کے اصول"),
        policy(2, "sources", "Sources and unnamed persons", "ذرائع اور نام ظاہر نہ کرنے والے"),
    ]
}
