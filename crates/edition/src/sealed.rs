//! The sealed document: blocks with their salts, the exact bytes that are kept, served and checked.

mod article;
mod outline;

pub use article::{DESK, Place, article, blocks, desk, read_article, report};
pub use outline::{Outline, outline};

use crate::{
    canon,
    commit::{self, Bytes32},
    hex,
};
use serde_json::{Map, Value, json};

/// One block of a sealed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A block whose content is there.
    Open {
        /// Its own random bytes.
        salt: Bytes32,
        /// The name of its type: `headline`, `paragraph`.
        kind: String,
        /// Its content, canonical JSON.
        value: Value,
    },
    /// A block whose content and salt were removed; the commitment keeps the rest verifiable.
    Removed {
        /// What it committed to.
        commitment: Bytes32,
    },
}

/// The document that one entry of the record commits to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// In the order of the commitment tree.
    pub blocks: Vec<Block>,
}

/// Why bytes are not a sealed document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not canonical JSON.
    #[error("the document is not canonical JSON: {0}")]
    Canon(#[from] canon::Error),
    /// Not of the form of a sealed document.
    #[error("the document is not of the sealed form: {0}")]
    Form(&'static str),
    /// A block that cannot be read as what its type says.
    #[error("block {number} ({kind}) does not hold what its type says: {why}")]
    Block {
        /// From 0.
        number: usize,
        /// The name of its type.
        kind: String,
        /// What is wrong.
        why: String,
    },
}

/// A commitment has one byte for the length of the type's name.
const LONG_TYPE: Error = Error::Form("a type's name is longer than 255 bytes");

impl Block {
    /// The commitment of this block.
    ///
    /// # Errors
    /// When its value has no canonical form or its type's name is too long.
    pub fn commitment(&self) -> Result<Bytes32, Error> {
        match self {
            Self::Removed { commitment } => Ok(*commitment),
            Self::Open { salt, kind, value } => {
                commit::block(salt, kind, &canon::write(value)?).ok_or(LONG_TYPE)
            }
        }
    }

    /// Type and value, unless removed.
    #[must_use]
    pub fn open(&self) -> Option<(&str, &Value)> {
        match self {
            Self::Open { kind, value, .. } => Some((kind, value)),
            Self::Removed { .. } => None,
        }
    }
}

impl Document {
    /// Seals `blocks` (type and value), each with the next of `salts`. `None` when there are too few salts.
    #[must_use]
    pub fn seal(
        blocks: Vec<(&'static str, Value)>,
        salts: impl IntoIterator<Item = Bytes32>,
    ) -> Option<Self> {
        let count = blocks.len();
        let blocks: Vec<Block> = blocks
            .into_iter()
            .zip(salts)
            .map(|((kind, value), salt)| Block::Open { salt, kind: kind.to_owned(), value })
            .collect();
        (blocks.len() == count).then_some(Self { blocks })
    }

    /// The root of the tree over the blocks' commitments: what the leaf names as `commit`.
    ///
    /// # Errors
    /// As [`Block::commitment`].
    pub fn commit(&self) -> Result<Bytes32, Error> {
        let commitments: Result<Vec<_>, _> = self.blocks.iter().map(Block::commitment).collect();
        Ok(commit::root(&commitments?))
    }

    /// What the document commits to, and its bytes, both in one pass.
    ///
    /// # Errors
    /// [`Error::Canon`] or [`Error::Form`] when it has no canonical form.
    pub fn whole(&self) -> Result<(Bytes32, Vec<u8>), Error> {
        let mut out = b"{\"blocks\":[".to_vec();
        let mut commitments = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            if !commitments.is_empty() {
                out.push(b',');
            }
            commitments.push(put_block(&mut out, block)?);
        }
        out.extend_from_slice(b"],\"v\":1}");
        Ok((commit::root(&commitments), out))
    }

    /// The canonical bytes.
    ///
    /// # Errors
    /// When a value has no canonical form.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(self.whole()?.1)
    }

    /// The document that `bytes` are; only the canonical spelling is accepted.
    ///
    /// # Errors
    /// When the bytes are not canonical JSON or not of the sealed form.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        Self::of(canon::read(bytes)?)
    }

    /// The document that `bytes` are, which were read strictly when they were sealed: their spelling is not checked
    /// again. For showing it; whoever verifies uses [`Document::read`].
    ///
    /// # Errors
    /// When the bytes are not JSON or not of the sealed form.
    pub fn kept(bytes: &[u8]) -> Result<Self, Error> {
        let value = serde_json::from_slice(bytes);
        Self::of(value.map_err(|error| canon::Error::Json(error.to_string()))?)
    }

    fn of(value: Value) -> Result<Self, Error> {
        let Value::Object(mut map) = value else { return Err(Error::Form("no object")) };
        if map.remove("v") != Some(json!(1)) {
            return Err(Error::Form("its version is not 1"));
        }
        let Some(Value::Array(items)) = map.remove("blocks") else {
            return Err(Error::Form("it has no list of blocks"));
        };
        if !map.is_empty() {
            return Err(Error::Form("it has keys other than blocks and v"));
        }
        let blocks = items.into_iter().map(read_block).collect::<Result<_, _>>()?;
        Ok(Self { blocks })
    }

    /// The value of the first block of this type.
    #[must_use]
    pub fn first(&self, kind: &str) -> Option<&Value> {
        self.blocks.iter().filter_map(Block::open).find(|(name, _)| *name == kind).map(|(_, v)| v)
    }

    /// Takes the content and salt out of the blocks with these numbers, leaving their commitments.
    ///
    /// # Errors
    /// As [`Block::commitment`].
    pub fn without(&self, numbers: &[usize]) -> Result<Self, Error> {
        let blocks = self.blocks.iter().enumerate().map(|(number, block)| {
            if numbers.contains(&number) {
                Ok(Block::Removed { commitment: block.commitment()? })
            } else {
                Ok(block.clone())
            }
        });
        Ok(Self { blocks: blocks.collect::<Result<_, Error>>()? })
    }
}

/// Writes a block, and gives its commitment.
fn put_block(out: &mut Vec<u8>, block: &Block) -> Result<Bytes32, Error> {
    let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
    match block {
        Block::Removed { commitment } => {
            put("{\"commitment\":\"");
            put(&hex::encode(commitment));
            put("\"}");
            Ok(*commitment)
        }
        Block::Open { salt, kind, value } => {
            put("{\"salt\":\"");
            put(&hex::encode(salt));
            put("\",\"type\":");
            canon::put_string(out, kind);
            out.extend_from_slice(b",\"value\":");
            let start = out.len();
            canon::put(out, value, outline::DEPTH)?;
            let value = out.get(start..).unwrap_or_default();
            let commitment = commit::block(salt, kind, value);
            out.push(b'}');
            commitment.ok_or(LONG_TYPE)
        }
    }
}

fn read_block(item: Value) -> Result<Block, Error> {
    let Value::Object(mut map) = item else { return Err(Error::Form("a block is not an object")) };
    let block = if map.contains_key("commitment") {
        Block::Removed { commitment: take_hash(&mut map, "commitment")? }
    } else {
        let salt = take_hash(&mut map, "salt")?;
        let Some(Value::String(kind)) = map.remove("type") else {
            return Err(Error::Form("a block has no type"));
        };
        if kind.len() > usize::from(u8::MAX) {
            return Err(LONG_TYPE);
        }
        let value = map.remove("value").ok_or(Error::Form("a block has no value"))?;
        Block::Open { salt, kind, value }
    };
    if map.is_empty() {
        Ok(block)
    } else {
        Err(Error::Form("a block has a key that none may have"))
    }
}

fn take_hash(map: &mut Map<String, Value>, key: &str) -> Result<Bytes32, Error> {
    let text = map.remove(key);
    let text = text.as_ref().and_then(Value::as_str).unwrap_or_default();
    hex::decode(text)
        .ok_or(Error::Form("a salt or commitment is not 64 lowercase hexadecimal digits"))
}

#[cfg(test)]
mod tests;
