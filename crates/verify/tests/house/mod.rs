//! A small edition's record in memory, made with chosen salts and a key that everybody may know.
#![allow(dead_code)]

use ovn_edition::{
    commit::{Bytes32, sha256},
    hex,
    leaf::{Kind, Leaf, Step},
    model,
    sealed::{Document, Place, blocks},
};
use ovn_tlog::{
    Checkpoint, Frontier, Hash, Note, Proof, ReadError, Signer, TileHashes, TileKind, TilePath,
    TileReader, VerifierKey, audit::RecordReader, leaf_hash, merkle, tile,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) const ORIGIN: &str = "pk.news.example";

/// Files by their path, as a web server would have them.
#[derive(Clone, Default)]
pub(crate) struct Edition {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) leaves: Vec<Vec<u8>>,
    pub(crate) documents: Vec<Document>,
    salt: u32,
}

pub(crate) fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[7; 32]).unwrap()
}

pub(crate) fn key() -> VerifierKey {
    signer().verifier().clone()
}

pub(crate) fn article(headline: &str, class: model::Class) -> model::Article {
    let text = |text: &str| model::Inline::Text { text: text.into(), marks: vec![] };
    let source = json!({"id": "mofa", "type": "speech", "custom": {"kind": "statement", "snapshot": hex::encode(&sha256(b"the statement"))}});
    let paragraph = |words: &str| model::Block::Paragraph { content: vec![text(words)] };
    model::Article {
        change: model::Change { class, note: None, asked_by: None },
        lang: "en".into(),
        headline: headline.into(),
        references: vec![serde_json::from_value(source).unwrap()],
        body: (0..6).map(|n| paragraph(&format!("Paragraph {n} of {headline}."))).collect(),
        ..model::Article::default()
    }
}

impl Edition {
    /// Genesis, two articles, one of them revised.
    pub(crate) fn example() -> Self {
        let mut edition = Self::default();
        edition.add(Kind::Genesis, None, vec![("genesis", json!({"origin": ORIGIN}))]);
        let place =
            Place { path: "/2026/11/a".into(), at: 5, local: "2026-11-24T14:20+05:00".into() };
        let first = article("Tariff cut to 19 percent", model::Class::Publication);
        edition.files.insert(
            format!("record/blob/{}", hex::encode(&sha256(b"the statement"))),
            b"the statement".to_vec(),
        );
        edition.add(Kind::Revision, Some(([1; 16], 1)), blocks(&first, &place, None).unwrap());
        edition.add(
            Kind::Revision,
            Some(([2; 16], 1)),
            blocks(&article("B", model::Class::Publication), &place, None).unwrap(),
        );
        let second = article("Tariff cut to 20 percent", model::Class::Correction);
        edition.add(Kind::Correction, Some(([1; 16], 2)), blocks(&second, &place, None).unwrap());
        edition.publish();
        edition
    }

    pub(crate) fn add(
        &mut self,
        kind: Kind,
        article: Option<([u8; 16], u32)>,
        blocks: Vec<(&'static str, Value)>,
    ) {
        let salts = blocks.iter().map(|_| {
            self.salt += 1;
            sha256(&self.salt.to_be_bytes())
        });
        let salts: Vec<Bytes32> = salts.collect();
        let document = Document::seal(blocks, salts).unwrap();
        let article = article.map(|(id, rev)| {
            let same = |bytes: &&Vec<u8>| {
                Leaf::read(bytes).unwrap().article.is_some_and(|step| step.id == id)
            };
            Step {
                id,
                rev,
                prev: self.leaves.iter().rev().find(same).map(|bytes| Leaf::hash(bytes)),
            }
        });
        let at = self.leaves.len() as u64;
        let commit = document.commit().unwrap();
        let leaf = Leaf { log: ORIGIN.into(), kind, article, at, commit };
        self.files.insert(
            format!("record/document/{}.json", hex::encode(&commit)),
            document.bytes().unwrap(),
        );
        self.leaves.push(leaf.bytes().unwrap());
        self.documents.push(document);
    }

    /// Writes tiles, bundles and the signed checkpoint.
    pub(crate) fn publish(&mut self) {
        let size = self.leaves.len() as u64;
        let hashes: Vec<Hash> = self.leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        let mut frontier = Frontier::new();
        for one in frontier.append(&hashes) {
            self.files.insert(format!("record/{}", one.path), one.bytes);
        }
        for path in tile::tiles_for_growth(0, size).unwrap() {
            if path.kind() == TileKind::Entries {
                let start = path.index() as usize * 256;
                let entries = &self.leaves[start..start + path.width() as usize];
                self.files.insert(format!("record/{path}"), tile::encode_bundle(entries).unwrap());
            }
        }
        let checkpoint = Checkpoint::new(ORIGIN, size, frontier.root()).unwrap();
        let note = checkpoint.sign(&signer()).unwrap().to_string();
        self.files.insert("record/checkpoint".into(), note.into_bytes());
    }

    pub(crate) fn proof(&self, index: u64) -> Vec<u8> {
        let size = self.leaves.len() as u64;
        let hashes = merkle::inclusion_proof(&TileHashes::new(self, size), index, size).unwrap();
        let note = Note::parse(&self.files["record/checkpoint"]).unwrap();
        let proof = Proof::new(index, hashes, note).unwrap();
        proof.with_extra(&self.leaves[index as usize]).to_string().into_bytes()
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::Missing)
    }
}

impl TileReader for Edition {
    fn tile(&self, level: u8, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        self.file(&format!(
            "record/{}",
            TilePath::new(TileKind::Level(level), index, width).unwrap()
        ))
    }
}

impl RecordReader for Edition {
    fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.file("record/checkpoint")
    }

    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, ReadError> {
        self.file(&format!("record/{}", TilePath::new(TileKind::Entries, index, width).unwrap()))
    }
}

impl ovn_verify::Record for Edition {
    fn document(&self, commit: &Bytes32) -> Option<Vec<u8>> {
        self.files.get(&format!("record/document/{}.json", hex::encode(commit))).cloned()
    }

    fn blob_digest(&self, digest: &str) -> Option<Bytes32> {
        self.files.get(&format!("record/blob/{digest}")).map(|bytes| sha256(bytes))
    }
}
