//! Two to five writers in one draft over the server's verbs, with lost answers, a form's text between and other versions'
//! steps: every word once, and one document for all. The merging of steps itself is the editor's, and is tested in `web/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod room;

use ovn_edition::commit::sha256;
use ovn_edition::editor::{self, Sheet};
use ovn_edition::hex;
use ovn_edition::model::{Block, Inline};
use ovn_press::drafts::{News, Sent, Steps};
use ovn_press::people::{Caller, Role};
use ovn_store::cabinet::{Id, Saved};
use room::{Room, TEXT, room};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SEEDS: u64 = 12;
const ROUNDS: usize = 30;

/// The same numbers for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap()
    }
}

/// A writer whose every step is one more paragraph at the end, so that making it again on others' is to put it last.
struct Writer {
    caller: Caller,
    tab: String,
    version: u64,
    /// The document that the server has, and the words that it lacks.
    sheet: Sheet,
    held: Vec<String>,
}

fn paragraph(word: &str) -> Block {
    Block::Paragraph { content: vec![Inline::Text { text: word.to_owned(), marks: Vec::new() }] }
}

fn step(word: &str) -> Value {
    json!({"stepType": "replace", "from": 5, "to": 5, "slice": {"word": word}})
}

fn words(sheet: &Sheet) -> String {
    sheet.write()
}

impl Writer {
    fn heard(&mut self, news: &News) {
        if let Some(opened) = &news.opened {
            // Own steps that were taken are among those before the form's text.
            for own in news.steps.iter().filter(|one| one.writer == self.tab) {
                let word: Value = serde_json::from_str(&own.step).unwrap();
                assert_eq!(word["slice"]["word"], self.held.remove(0));
            }
            self.sheet = editor::read(opened.document.as_bytes()).unwrap();
        } else {
            for one in &news.steps {
                let step: Value = serde_json::from_str(&one.step).unwrap();
                let word = step["slice"]["word"].as_str().unwrap();
                if one.writer == self.tab {
                    assert_eq!(word, self.held.remove(0), "own steps come back in order");
                }
                self.sheet.body.push(paragraph(word));
            }
        }
        self.version = news.version;
        let hash = hex::encode(&sha256(words(&self.sheet).as_bytes()));
        assert_eq!(hash, news.hash, "{} has another document", self.tab);
    }

    /// Sends what is held; `lost` says that the answer does not come back.
    fn send(&mut self, room: &Room, draft: &Id, lost: bool) {
        if self.held.is_empty() {
            return;
        }
        let steps: Vec<Value> = self.held.iter().map(|word| step(word)).collect();
        let mut with = self.sheet.clone();
        with.body.extend(self.held.iter().map(|word| paragraph(word)));
        let sent = Steps { version: self.version, writer: &self.tab, steps: &steps, sheet: &with };
        let into = room.people.writing(&self.caller, draft).unwrap();
        let answer = room.people.send(&self.caller, into, sent).unwrap();
        if lost {
            return;
        }
        match answer {
            Sent::Kept(version) => {
                assert_eq!(version, self.version + steps.len() as u64);
                (self.version, self.sheet) = (version, with);
                self.held.clear();
            }
            Sent::Behind(news) => self.heard(&news),
        }
    }

    fn ask(&mut self, room: &Room, draft: &Id) {
        let news = room.people.news(&self.caller, draft, self.version).unwrap();
        self.heard(&news);
    }
}

#[test]
fn every_word_is_there_once_whatever_answers_are_lost() {
    for seed in 1..=SEEDS {
        let mut dice = Dice(seed);
        let room = room(false);
        let first = room.first();
        let draft = room.people.start(&first, TEXT).unwrap().id;
        let opened = room.people.document(&first, &draft).unwrap();
        let sheet = editor::read(opened.document.as_bytes()).unwrap();
        let mut writers: Vec<Writer> = (0..2 + dice.below(4))
            .map(|number| {
                let caller = if number == 0 {
                    first.clone()
                } else {
                    room.member(&first, Role::Editor, &format!("Writer {number}"))
                };
                let tab = format!("tabnumber{number}");
                Writer { caller, tab, version: 1, sheet: sheet.clone(), held: Vec::new() }
            })
            .collect();
        let (mut count, mut form) = (0, 0);
        for _ in 0..ROUNDS {
            let place = dice.below(writers.len());
            let writer = &mut writers[place];
            match dice.below(10) {
                0..=4 => {
                    count += 1;
                    writer.held.push(format!("word{count}x"));
                }
                5..=7 => {
                    let lost = dice.below(3) == 0;
                    writer.send(&room, &draft, lost);
                }
                8 => writer.ask(&room, &draft),
                _ => {
                    form += 1;
                    let kept = room.people.draft(&writer.caller, &draft).unwrap();
                    let text = format!("{}\nform{form}x\n", kept.text);
                    let saved =
                        room.people.save(&writer.caller, &draft, kept.version, &text).unwrap();
                    assert_eq!(saved, Saved::Kept(kept.version + 1));
                }
            }
        }
        // Everybody comes back: what is held is sent, on top of what came first.
        for _ in 0..3 {
            for writer in &mut writers {
                writer.ask(&room, &draft);
                writer.send(&room, &draft, false);
            }
        }
        let last = room.people.document(&first, &draft).unwrap();
        for writer in &mut writers {
            writer.ask(&room, &draft);
            assert!(writer.held.is_empty());
            assert_eq!(words(&writer.sheet), last.document, "seed {seed}: {}", writer.tab);
        }
        let counted = (1..=count).map(|number| format!("word{number}x"));
        let all = counted.chain((1..=form).map(|number| format!("form{number}x")));
        let found: BTreeMap<String, usize> =
            all.map(|word| (word.clone(), last.document.matches(&word).count())).collect();
        assert!(found.values().all(|times| *times == 1), "seed {seed}: {found:?}");
    }
}
