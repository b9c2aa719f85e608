//! A few bits flipped in every kind of thing that an edition keeps.
#![allow(clippy::unwrap_used)]

#[test]
fn every_flip_is_found_and_mended_and_none_is_shown_as_sealed() {
    let home = tempfile::tempdir().unwrap();
    assert!(xtask::torture::flips::few(home.path(), 7, 12).unwrap());
}
