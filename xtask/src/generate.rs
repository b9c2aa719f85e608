//! `cargo xtask generate`: a sealed edition of made-up articles, or their files.

use crate::bench::generate::{Generator, room};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const USAGE: &str = "Usage: cargo xtask generate --count N --dir DIR [--seed S] [--files]
  makes in DIR a sealed edition of N made-up articles (seed 1 unless told), with DIR.keys beside it;
  with --files their article files alone, for `ovn publish DIR/*.md`";

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    count: u64,
    dir: PathBuf,
    seed: u64,
    files: bool,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let (mut count, mut dir, mut seed, mut files) = (None, None, 1, false);
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            if key == "--files" {
                files = true;
                continue;
            }
            let value = rest.next().ok_or(USAGE)?;
            match key.as_str() {
                "--count" => count = Some(value.parse().map_err(|_| USAGE)?),
                "--seed" => seed = value.parse().map_err(|_| USAGE)?,
                "--dir" => dir = Some(PathBuf::from(value)),
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(Self { count: count.ok_or(USAGE)?, dir: dir.ok_or(USAGE)?, seed, files })
    }
}

/// Makes what the arguments ask for.
///
/// # Errors
/// A sentence when they are wrong or the folder can't be written.
pub fn run(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let since = Instant::now();
    let generator = Generator::new(options.seed);
    if options.files {
        files(&options, &generator)?;
    } else {
        let room = room(&options.dir, None)?;
        let (mut made, mut told) = (0, Instant::now());
        generator.publish(&room, 0..options.count, &mut |batch| {
            made += batch.articles;
            if told.elapsed() > Duration::from_secs(10) {
                eprintln!("{made} of {} articles", options.count);
                told = Instant::now();
            }
        })?;
    }
    let (seconds, dir) = (since.elapsed().as_secs_f64(), options.dir.display());
    println!("{} articles in {dir}, {seconds:.1} s.", options.count);
    Ok(true)
}

fn files(options: &Options, generator: &Generator) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", options.dir.display());
    std::fs::create_dir_all(&options.dir).map_err(failed)?;
    (0..options.count).try_for_each(|number| {
        let piece = generator.article(number);
        std::fs::write(options.dir.join(piece.name), piece.markdown).map_err(failed)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn arguments_are_read_or_explained() {
        let read = |text: &str| {
            Options::read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        };
        let (count, dir) = (5, PathBuf::from("d"));
        let expected = Options { count, dir, seed: 2, files: true };
        assert_eq!(read("--count 5 --dir d --seed 2 --files"), Ok(expected));
        for wrong in ["", "--count 5", "--count x --dir d", "--what 1", "--count"] {
            assert_eq!(read(wrong), Err(USAGE.to_owned()), "{wrong}");
        }
    }

    #[test]
    fn files_alone_are_written() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("files").display().to_string();
        let arguments = ["--count", "3", "--dir", &dir, "--files"].map(str::to_owned);
        assert!(run(&arguments).unwrap());
        assert!(home.path().join("files/0000002.md").is_file());
    }
}
