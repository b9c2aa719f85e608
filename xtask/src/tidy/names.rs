//! No room, folder or file has a name under which anything could be put.

use super::House;
use crate::tree::Violation;

const FORBIDDEN: [&str; 8] =
    ["utils", "util", "common", "core", "helpers", "helper", "misc", "shared"];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    // Tests may follow cargo's own custom of `tests/common/mod.rs`.
    let rust = house.rust.iter().filter(|source| !source.is_test).map(|source| source.file);
    rust.filter_map(|file| {
        let mut parts = file.path.trim_end_matches(".rs").split('/');
        let name = parts.find(|part| FORBIDDEN.contains(part))?;
        let sentence = format!("Name it for what it does: {name} could hold anything.");
        Some(Violation::new(&file.path, 1, sentence))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn rooms_for_anything_are_refused() {
        assert_eq!(places(check, &[("crates/site/src/utils.rs", "")]).len(), 1);
        assert_eq!(places(check, &[("crates/core/src/lib.rs", "")]).len(), 1);
        assert!(places(check, &[("crates/site/src/common_era.rs", "")]).is_empty());
    }
}
