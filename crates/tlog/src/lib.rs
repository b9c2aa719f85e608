//! The mathematics of the record: notes, checkpoints, tiles and proofs.
//!
//! Everything here is pure: bytes come in, values or named errors go out. No file, network, clock
//! or chance is touched, and no input, however hostile, makes it panic. The formats are those of
//! the C2SP specifications (signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature,
//! tlog-proof, tlog-policy) over the Merkle tree of RFC 6962, so verifiers that share no code
//! with this crate read what it writes.

pub mod audit;
pub mod checkpoint;
pub mod cosignature;
pub mod encoding;
pub mod frontier;
pub mod hash;
pub mod key;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod proof;
pub mod tile;

pub use audit::{AuditError, AuditReport, RecordReader};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use cosignature::Cosigner;
pub use encoding::EncodingError;
pub use frontier::Frontier;
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use key::{KeyError, KeyKind, Signer, VerifierKey};
pub use merkle::{HashReader, MerkleError, Subtrees};
pub use note::{Note, NoteError, Signature, Verified};
pub use policy::{Accepted, Policy, PolicyError};
pub use proof::{Proof, ProofError};
pub use tile::{ReadError, Tile, TileError, TileHashes, TileKind, TilePath, TileReader};
