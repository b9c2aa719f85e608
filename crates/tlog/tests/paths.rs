//! Where tiles lie, and which a growing tree writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use ovn_tlog::tile::tiles_for_growth;
use ovn_tlog::{TileError, TileKind, TilePath};

#[test]
fn paths_are_written_and_read_one_way() {
    let check = |kind, index, width, text: &str| {
        let path = TilePath::new(kind, index, width).unwrap();
        assert_eq!(path.to_string(), text);
        assert_eq!(text.parse(), Ok(path));
    };
    check(TileKind::Level(0), 0, 256, "tile/0/000");
    check(TileKind::Level(0), 999, 256, "tile/0/999");
    check(TileKind::Level(0), 1000, 256, "tile/0/x001/000");
    check(TileKind::Level(1), 1_234_067, 256, "tile/1/x001/x234/067");
    check(TileKind::Level(63), 0, 1, "tile/63/000.p/1");
    check(TileKind::Entries, 1_234_067, 255, "tile/entries/x001/x234/067.p/255");
    let last = "tile/0/x018/x446/x744/x073/x709/x551/615";
    check(TileKind::Level(0), u64::MAX, 256, last);
}

#[test]
fn other_spellings_are_refused() {
    let check = |text: &str| {
        assert_eq!(text.parse::<TilePath>(), Err(TileError::Path(text.to_owned())), "{text}");
    };
    check("");
    check("tile/0");
    check("tile/0/");
    check("tile/0/0");
    check("tile/0/00");
    check("tile/0/0000");
    check("tile/0/x000/001");
    check("tile/0/001/001");
    check("tile/0/x001/x001");
    check("tile/0/x001");
    check("tile/0/001/");
    check("/tile/0/001");
    check("tile/00/001");
    check("tile/64/001");
    check("tile/-1/001");
    check("tile/0/+01");
    check("tile/0/x+01/001");
    check("tile/0/001.p");
    check("tile/0/001.p/");
    check("tile/0/001.p/0");
    check("tile/0/001.p/01");
    check("tile/0/001.p/256");
    check("tile/0/001.p/1/2");
    check("tile/data/001");
    check("tile/0/../001");
    check("tile/0/x018/x446/x744/x073/x709/x551/616");
}

#[test]
fn growth_names_what_is_new() {
    let check = |old, new, expected: &[&str]| {
        let paths: Vec<String> =
            tiles_for_growth(old, new).unwrap().iter().map(TilePath::to_string).collect();
        assert_eq!(paths, expected, "{old} to {new}");
    };
    check(0, 0, &[]);
    check(0, 1, &["tile/entries/000.p/1", "tile/0/000.p/1"]);
    check(5, 5, &[]);
    check(255, 256, &["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
    check(256, 257, &["tile/entries/001.p/1", "tile/0/001.p/1"]);
    check(
        511,
        513,
        &[
            "tile/entries/001",
            "tile/entries/002.p/1",
            "tile/0/001",
            "tile/0/002.p/1",
            "tile/1/000.p/2",
        ],
    );
    check(65_535, 65_536, &["tile/entries/255", "tile/0/255", "tile/1/000", "tile/2/000.p/1"]);
    assert_eq!(tiles_for_growth(2, 1), Err(TileError::Shrunk { old: 2, new: 1 }));
    // The specification's own example: 273 full level 0 tiles and so on, for 70,000 entries.
    let all = tiles_for_growth(0, 70_000).unwrap();
    let of = |kind, partial| {
        all.iter().filter(|path| path.kind() == kind && path.is_partial() == partial).count()
    };
    assert_eq!((of(TileKind::Level(0), false), of(TileKind::Level(0), true)), (273, 1));
    assert_eq!((of(TileKind::Level(1), false), of(TileKind::Level(1), true)), (1, 1));
    assert_eq!((of(TileKind::Level(2), false), of(TileKind::Level(2), true)), (0, 1));
    assert_eq!(of(TileKind::Level(3), true), 0);
}
