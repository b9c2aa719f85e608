//! What can be wrong with a whole record.

use crate::checkpoint::CheckpointError;
use crate::hash::Hash;
use crate::tile::{ReadError, TileError, TilePath};

/// Why a record does not hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// The checkpoint cannot be had.
    #[error("the checkpoint {0}")]
    NoCheckpoint(ReadError),
    /// The checkpoint is malformed or not signed by the log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A bundle is missing, cut or too long.
    #[error("{path}: {error}")]
    Bundle {
        /// The bundle.
        path: TilePath,
        /// What is wrong with it.
        error: TileError,
    },
    /// A tile is missing or has the wrong length.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A tile holds another hash than the entries give.
    #[error("{path} differs from the entries at hash {position}")]
    TileDiffers {
        /// The tile.
        path: TilePath,
        /// The first hash that differs, counted from 0.
        position: usize,
    },
    /// The entries give another root than was signed.
    #[error("the entries give root {computed} and the checkpoint has {signed}")]
    RootDiffers {
        /// From the entries.
        computed: Hash,
        /// From the checkpoint.
        signed: Hash,
    },
}
