//! A tar archive (POSIX.1-2001, pax) written file by file, so that no more than one of them is in memory.

use std::io::{self, Write};

const BLOCK: usize = 512;

/// An archive under way.
pub(super) struct Tar<'a> {
    out: &'a mut dyn Write,
    /// The time of every file, seconds since 1970.
    at: u64,
}

impl<'a> Tar<'a> {
    pub(super) fn new(out: &'a mut dyn Write, at: u64) -> Self {
        Self { out, at }
    }

    /// Adds a file. A name of more than 100 bytes, or not in ASCII, goes before it as a record of pax.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if path.len() > 100 || !path.is_ascii() {
            let record = record("path", path);
            self.entry("pax", b'x', record.as_bytes())?;
        }
        let short: String = path.chars().filter(char::is_ascii).take(100).collect();
        self.entry(&short, b'0', bytes)
    }

    /// Ends the archive.
    pub(super) fn end(self) -> io::Result<()> {
        self.out.write_all(&[0; 2 * BLOCK])?;
        self.out.flush()
    }

    fn entry(&mut self, name: &str, kind: u8, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(&header(name, kind, bytes.len() as u64, self.at))?;
        self.out.write_all(bytes)?;
        let rest = bytes.len().next_multiple_of(BLOCK) - bytes.len();
        self.out.write_all(&vec![0; rest])
    }
}

/// `length key=value\n`, whose length counts itself.
fn record(key: &str, value: &str) -> String {
    let rest = format!(" {key}={value}\n");
    let mut length = rest.len() + 1;
    while length != rest.len() + length.to_string().len() {
        length = rest.len() + length.to_string().len();
    }
    format!("{length}{rest}")
}

/// The block before a file: name, mode, owner, size, time, sum, kind, format.
fn header(name: &str, kind: u8, size: u64, at: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(BLOCK);
    let mut put = |bytes: &[u8], width: usize| {
        out.extend(bytes.iter().copied().chain(std::iter::repeat(0)).take(width));
    };
    put(name.as_bytes(), 100);
    put(b"0000644\0", 8);
    put(b"0000000\0", 8);
    put(b"0000000\0", 8);
    put(format!("{size:011o}\0").as_bytes(), 12);
    put(format!("{at:011o}\0").as_bytes(), 12);
    put(b"        ", 8);
    put(&[kind], 1);
    put(b"", 100);
    put(b"ustar\x0000", 8);
    put(b"", BLOCK - 265);
    let sum: u64 = out.iter().map(|byte| u64::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    out.splice(148..156, sum.bytes());
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What the system's own tar finds in it.
    fn listed(files: &[(&str, &[u8])]) -> Option<Vec<(String, Vec<u8>)>> {
        let home = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        let mut tar = Tar::new(&mut bytes, 1_764_500_000);
        files.iter().for_each(|(path, bytes)| tar.put(path, bytes).unwrap());
        tar.end().unwrap();
        assert_eq!(bytes.len() % BLOCK, 0);
        let file = home.path().join("a.tar");
        std::fs::write(&file, bytes).unwrap();
        let done = std::process::Command::new("tar")
            .arg("-xf")
            .arg(&file)
            .arg("-C")
            .arg(home.path())
            .output();
        let done = done.ok()?;
        assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
        let read = |(path, _): &(&str, &[u8])| {
            ((*path).to_owned(), std::fs::read(home.path().join(path)).unwrap())
        };
        Some(files.iter().map(read).collect())
    }

    #[test]
    fn another_program_reads_it() {
        let long = format!("2026/11/{}.md", "a-long-slug-".repeat(12));
        let (odd, big) = ("2026/11/پل.md", vec![7; 100_000]);
        let files: [(&str, &[u8]); 5] = [
            ("2026/11/a.md", b"one"),
            ("empty", b""),
            (&long, b"two"),
            (odd, b"three"),
            ("big", &big),
        ];
        let Some(found) = listed(&files) else { return };
        for ((path, bytes), (name, read)) in files.iter().zip(&found) {
            assert!(*path == name && *bytes == read.as_slice(), "{path}");
        }
    }

    #[test]
    fn a_record_counts_itself() {
        assert_eq!(record("path", "a"), "9 path=a\n");
        let long = record("path", &"a".repeat(90));
        assert!(long.starts_with(&long.len().to_string()), "{long}");
    }
}
