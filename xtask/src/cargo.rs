//! What cargo knows about the packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// How many packages there are to trust.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Packages of the whole workspace on Linux, tests included.
    pub linux: usize,
    /// Packages that checking an article takes: `ovn-verify` and all it pulls in.
    pub verify: usize,
}

/// The folder of the workspace: where cargo says it runs us, else where we were built.
pub fn root() -> PathBuf {
    let run = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let own = run.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    own.parent().unwrap_or(&own).to_path_buf()
}

/// Everything `cargo metadata` says about the packages that Linux builds.
///
/// # Errors
/// A sentence when cargo does not answer.
pub fn metadata(root: &Path) -> Result<Value, String> {
    let arguments =
        ["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"];
    let text = cargo(root, &arguments)?;
    serde_json::from_str(&text).map_err(|e| format!("cargo metadata gave no JSON: {e}."))
}

/// Counts the packages of the workspace and of the verifier.
///
/// # Errors
/// A sentence when cargo does not answer.
pub fn counts(root: &Path) -> Result<Counts, String> {
    let linux = ["tree", "--workspace", "--prefix", "none", "--target", "x86_64-unknown-linux-gnu"];
    let verify = ["tree", "-p", "ovn-verify", "-e", "normal", "--prefix", "none"];
    Ok(Counts { linux: packages(&cargo(root, &linux)?), verify: packages(&cargo(root, &verify)?) })
}

/// Distinct `name version` pairs in what `cargo tree` printed.
fn packages(tree: &str) -> usize {
    let pairs = tree.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.next()?))
    });
    pairs.collect::<std::collections::BTreeSet<_>>().len()
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .output()
        .map_err(|e| format!("Cannot start cargo: {e}."))?;
    if !output.status.success() {
        return Err(format!("cargo failed: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_counted_once() {
        let tree = "ovn-verify v0.1.0 (/x)\nserde v1.0.0\nserde v1.0.0 (*)\nserde v2.0.0\n\n";
        assert_eq!(packages(tree), 3);
    }
}
