//! Search: what a reader's query costs through the product, beside the same question asked of the engine alone; and whether
//! results stay right while publishing goes on.

mod asked;
mod bare;
mod right;

use super::generate::{Generator, room};
use asked::{Class, Mix};
use bare::Bare;
use ovn_site::{Request, Site};

use ovn_store::{Place, Reader, Settings, copy};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const USAGE: &str = "Usage: cargo xtask bench search [--engine sqlite|postgres]… [--part make|right|speed]…
  both engines and the parts right and speed unless told otherwise
  --count N           articles (100000);  --rounds N  questions of each kind (200)
  --dir DIR           keep the edition there, and use it again
  --database ADDRESS  with --dir: a PostgreSQL database that the edition's rows are copied to, if it is empty; without it
                      PostgreSQL has an edition and a server of its own for this run
Part make makes the edition and the engine's own index, and measures nothing.";
/// Hits of a page.
const PAGE: usize = 40;
/// How often the whole may cost as much as the engine alone.
const GOAL: f64 = 1.3;

/// What the arguments ask for.
struct Options {
    engines: Vec<String>,
    count: u64,
    rounds: usize,
    dir: Option<PathBuf>,
    database: Option<String>,
    parts: Vec<String>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let (engines, parts) = (Vec::new(), Vec::new());
        let mut options =
            Self { engines, count: 100_000, rounds: 200, dir: None, database: None, parts };
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            match key.as_str() {
                "--engine" => options.engines.push(value.clone()),
                "--count" => options.count = value.parse().map_err(|_| USAGE)?,
                "--rounds" => options.rounds = value.parse().map_err(|_| USAGE)?,
                "--dir" => options.dir = Some(PathBuf::from(value)),
                "--database" => options.database = Some(value.clone()),
                "--part" => options.parts.push(value.clone()),
                _ => return Err(USAGE.to_owned()),
            }
        }
        if options.engines.is_empty() {
            options.engines = vec!["sqlite".into(), "postgres".into()];
        }
        if options.parts.is_empty() {
            options.parts = vec!["right".into(), "speed".into()];
        }
        Ok(options)
    }
}

/// Measures what the arguments ask for; says whether the goal is met.
pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let mut good = true;
    for part in &options.parts {
        for engine in &options.engines {
            good &= match part.as_str() {
                "right" => right::run(engine)?,
                "make" => scene(engine, &options).map(|_| true)?,
                "speed" => speed(engine, &options)?,
                _ => return Err(USAGE.to_owned()),
            };
        }
    }
    Ok(good)
}

/// The address of a database on a server that is thrown away with this process; none for SQLite.
fn database(engine: &str) -> Result<Option<String>, String> {
    match engine {
        "sqlite" => Ok(None),
        "postgres" => {
            let server = ovn_tests::postgres::server().ok_or("PostgreSQL was left out")?;
            Ok(Some(server.database().address()))
        }
        _ => Err(USAGE.to_owned()),
    }
}

/// A folder that is removed, or one that stays.
enum Home {
    Kept(PathBuf),
    Passing(PathBuf),
}

impl Home {
    fn new(kept: Option<&Path>) -> Self {
        match kept {
            Some(dir) => Self::Kept(dir.to_owned()),
            None => {
                let name = format!("ovn-bench-search-{}", std::process::id());
                Self::Passing(std::env::temp_dir().join(name))
            }
        }
    }

    fn edition(&self) -> PathBuf {
        let (Self::Kept(dir) | Self::Passing(dir)) = self;
        dir.join("edition")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Passing(dir) = self {
            let _ = std::fs::remove_dir_all(dir);
        }
    }
}

/// An edition with its articles, ready to be asked.
struct Scene {
    reader: Reader,
    site: Site,
    bare: Bare,
    generator: Generator,
    _home: Home,
}

fn scene(engine: &str, options: &Options) -> Result<Scene, String> {
    let kept = options.dir.as_deref().filter(|_| engine == "sqlite" || options.database.is_some());
    let own = options.database.clone().filter(|_| engine == "postgres" && kept.is_some());
    let database = own.clone().map_or_else(|| database(engine), |address| Ok(Some(address)))?;
    let home = Home::new(kept);
    let (dir, generator, since) = (home.edition(), Generator::new(1), Instant::now());
    if !dir.join("ovn.toml").exists() {
        let room = room(&dir, database.as_deref().filter(|_| kept.is_none()))?;
        generator.publish(&room, 0..options.count, &mut |_| ())?;
        eprintln!("{} articles published in {:.0?}", options.count, since.elapsed());
    }
    if let Some(address) = own.filter(|address| Reader::open(&dir, Some(address)).is_err()) {
        let (from, to) = (Place::Folder(dir.clone()), Place::read(&address));
        copy(&from, &to, &mut |_| ()).map_err(|error| error.to_string())?;
        eprintln!("copied to PostgreSQL in {:.0?}", since.elapsed());
    }
    let env = |name: &str| database.clone().filter(|_| name == "OVN_DATABASE");
    let settings = Settings::read(&dir, &env).map_err(|error| error.to_string())?;
    let reader = Reader::of(&dir, &settings).map_err(|error| error.to_string())?;
    let found = reader.size().map_err(|error| error.to_string())?;
    if found != options.count + 1 {
        return Err(format!(
            "{} has {found} entries: remove it, or name its --count",
            dir.display()
        ));
    }
    let site = Site::new(settings, reader.clone()).map_err(|error| error.to_string())?;
    let bare = match &database {
        None => Bare::sqlite(&dir)?,
        Some(address) => Bare::postgres(address)?,
    };
    Ok(Scene { reader, site, bare, generator, _home: home })
}

fn speed(engine: &str, options: &Options) -> Result<bool, String> {
    let mut scene = scene(engine, options)?;
    let mix = Mix::of(&scene.generator, options.count);
    println!(
        "Search, {engine}, {} articles, {} rounds, times in ms:",
        options.count, options.rounds
    );
    println!(
        "{:16} {:>9} {:>16} {:>16} {:>16} {:>6} {:>6}",
        "words", "found", "engine p50/p99", "search p50/p99", "page p50/p99", "ratio", "page"
    );
    let mut worst = 0.0_f64;
    let mut all = Times::default();
    for class in &mix.classes {
        let times = scene.times(class, options.rounds)?;
        worst = worst.max(times.ratios().0);
        times.print(class.name);
        all.add(times);
    }
    all.print("all");
    let met = worst <= GOAL;
    let word = if met { "met" } else { "not met" };
    println!(
        "p99 of search beside the engine alone: at most {worst:.2}; the goal is {GOAL}: {word}"
    );
    Ok(met)
}

impl Scene {
    /// Asks each question of `class` of the engine alone, of the store and of the site, in turns.
    fn times(&mut self, class: &Class, rounds: usize) -> Result<Times, String> {
        let mut times = Times::default();
        for (round, query) in class.queries.iter().cycle().take(rounds).enumerate() {
            let terms = ovn_edition::fold::query(query);
            // Another spelling of the same question, so that no page is in memory yet.
            let address = format!("/search?q={}", asked::spelled(query, round));
            let request = Request::get(&address).ok_or("an address that is none")?;
            let (mut alone, mut total) = (0, 0);
            // Whoever is first finds less in memory.
            for turn in 0..2 {
                let since = Instant::now();
                if (turn + round) % 2 == 0 {
                    alone = self.bare.search(&terms)?;
                    times.bare.push(since.elapsed());
                } else {
                    let found = self.reader.search(&terms, None, 0, PAGE);
                    times.search.push(since.elapsed());
                    total = found.map_err(|error| error.to_string())?.0;
                }
            }
            let since = Instant::now();
            let answer = self.site.respond(&request);
            times.page.push(since.elapsed());
            if !answer.status.is_success() || alone != total {
                let status = answer.status;
                return Err(format!(
                    "{query}: {status}, {total} found, {alone} by the engine alone"
                ));
            }
            times.found = times.found.max(total);
        }
        Ok(times)
    }
}

/// How long each answer took.
#[derive(Default)]
struct Times {
    found: u64,
    bare: Vec<Duration>,
    search: Vec<Duration>,
    page: Vec<Duration>,
}

impl Times {
    fn add(&mut self, other: Self) {
        self.found = self.found.max(other.found);
        self.bare.extend(other.bare);
        self.search.extend(other.search);
        self.page.extend(other.page);
    }

    /// p99 of search and page, each divided by the engine's.
    fn ratios(&self) -> (f64, f64) {
        let bare = at(&self.bare, 0.99);
        (at(&self.search, 0.99) / bare, at(&self.page, 0.99) / bare)
    }

    fn print(&self, name: &str) {
        let both = |times: &[Duration]| format!("{:.2}/{:.2}", at(times, 0.5), at(times, 0.99));
        let (search, page) = self.ratios();
        println!(
            "{name:16} {:>9} {:>16} {:>16} {:>16} {search:>6.2} {page:>6.2}",
            self.found,
            both(&self.bare),
            both(&self.search),
            both(&self.page)
        );
    }
}

/// The time that this share of the answers did not exceed, in milliseconds.
fn at(times: &[Duration], share: f64) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let place = ((sorted.len() as f64 * share).ceil() as usize).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_nearest_ranks() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!((at(&times, 0.5).round(), at(&times, 0.99).round()), (50.0, 99.0));
        assert_eq!(at(&[], 0.5), 0.0);
    }
}
