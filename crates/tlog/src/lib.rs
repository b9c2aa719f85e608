//! The mathematics of the record: notes, checkpoints, tiles and proofs.
