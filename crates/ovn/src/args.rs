//! The command line, as clap reads it.

mod keep;

pub(crate) use keep::{Backup, Repair, Restore};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A news edition that anyone can check: newsroom, public site and verifiable record in one program.
///
/// Exit codes: 0 good; 1 the answer is no (not verified); 2 could not tell (bad usage, unreachable, damaged input).
#[derive(Debug, Parser)]
#[command(name = "ovn", version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Answer in JSON, for programs.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// How lines of the log are written on standard error; OVN_LOG says how many (warn, info, debug).
    #[arg(long, global = true, value_enum, default_value = "text", env = "OVN_LOG_FORMAT")]
    pub(crate) log: Log,
}

/// How lines of the log are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Log {
    /// For people.
    Text,
    /// One object a line, for programs.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open a demonstration edition in English and Urdu.
    Demo(Demo),
    /// Make a new edition: its folder, its settings, its keys and the first entry of its record.
    Init(Init),
    /// Serve an edition's public site.
    Serve(Serve),
    /// Let people into the newsroom.
    #[command(subcommand)]
    User(User),
    /// Publish article files: check, archive their sources, seal, and show them to readers.
    Publish(Publish),
    /// Publish a new revision of an article with a declared class and a note to readers.
    Correct(Correct),
    /// Take a published article out of reach, by law or for safety; its tombstone says so and the record stays whole.
    Remove(Remove),
    /// Ask the desk's questions of article files, before they are published.
    Desk(Desk),
    /// Count an edition's balance again from its record, and compare it with what the edition states.
    Balance(Balance),
    /// Turn something into a draft article file.
    #[command(subcommand)]
    Import(Import),
    /// Give an edition's content out in an open form.
    #[command(subcommand)]
    Export(Export),
    /// Check an article, a whole edition, a mirror or a saved page against its record.
    Verify(Verify),
    /// Take in what a witness has signed: a checkpoint of this record with somebody else's cosignature.
    Witness(Witness),
    /// Copy an edition's record into a folder and check every byte of the copy.
    Mirror(Mirror),
    /// Copy an edition's database from SQLite to PostgreSQL, or back; the record's files stay where they are.
    Copy(Copy),
    /// Back an edition up into a new folder, while publishing goes on.
    Backup(Backup),
    /// Bring an edition back from a backup, or from nothing but a mirror; everything is checked first.
    Restore(Restore),
    /// Put right what is damaged, lost or behind: from second copies here, from a mirror, or from a newer folder.
    Repair(Repair),
    /// Look an edition over, without changing anything: settings, rights, keys, disk, database, lock, record, backup, port.
    Doctor(Doctor),
    /// Print a completion script for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// `ovn demo`
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Where to make the edition; a temporary folder when absent. One that is there already is opened again.
    #[arg(long)]
    pub(crate) dir: Option<PathBuf>,
    /// Make the edition and stop.
    #[arg(long)]
    pub(crate) no_serve: bool,
}

/// What a new edition is called until it has a name of its own.
pub(crate) const NAME: &str = ovn_press::init::UNNAMED;
/// The name of its record.
pub(crate) const ORIGIN: &str = "news.example";
/// Where its readers find it.
pub(crate) const URL: &str = "http://127.0.0.1:8080";

/// `ovn init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder to make.
    pub(crate) dir: PathBuf,
    /// The edition's name.
    #[arg(long, default_value = NAME)]
    pub(crate) name: String,
    /// Name of the record, a host name that never changes: news.example
    #[arg(long, default_value = ORIGIN)]
    pub(crate) origin: String,
    /// Where readers will find it: https://news.example
    #[arg(long, default_value = URL)]
    pub(crate) url: String,
}

/// `ovn serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The edition's folder.
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Port to listen on, instead of the one in ovn.toml; 0 takes a free one.
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// Address and port on which the newsroom listens, instead of the one in ovn.toml; off for none.
    #[arg(long)]
    pub(crate) newsroom: Option<String>,
}

/// `ovn user`
#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Make a link by which one more person joins the newsroom, used once and within a day.
    Invite(Invite),
}

/// `ovn user invite`
#[derive(Debug, Args)]
pub(crate) struct Invite {
    /// The edition's folder.
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// reporter, editor, publisher or administrator; the first person is always an administrator.
    #[arg(long, default_value = "administrator")]
    pub(crate) role: String,
}

/// `ovn publish`
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Article files in Markdown with a metadata block; see docs/article-format.md.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The edition's folder.
    #[arg(long, default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Check the files and say what would be published, without sealing anything.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `ovn correct`
#[derive(Debug, Args)]
pub(crate) struct Correct {
    /// The article file as it should read from now on.
    pub(crate) file: PathBuf,
    /// What kind of change it is.
    #[arg(long, value_enum)]
    pub(crate) class: Class,
    /// What changed and why, in a sentence for readers.
    #[arg(long)]
    pub(crate) note: String,
    /// Who asked for it, if that may be said.
    #[arg(long)]
    pub(crate) asked_by: Option<String>,
    /// The edition's folder.
    #[arg(long, default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// The classes of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Class {
    /// Spelling or layout; no number, name, quotation or negation may change.
    Typo,
    /// The facts were right and the words misleading.
    Clarification,
    /// A fact was wrong.
    Correction,
    /// The news went on.
    Update,
    /// The article should not be relied upon.
    Retraction,
}

/// `ovn remove`
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The article's address: /2026/11/slug
    pub(crate) address: String,
    /// Why.
    #[arg(long, value_parser = ["court order", "privacy", "safety", "copyright", "error"])]
    pub(crate) ground: String,
    /// A sentence for readers, if one may be said.
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Numbers of the blocks to take out; the whole article when absent.
    #[arg(long, value_delimiter = ',')]
    pub(crate) blocks: Option<Vec<usize>>,
    /// The edition's folder.
    #[arg(long, default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// `ovn desk`
///
/// Exit codes: 0 no unanswered finding at or above --fail; 1 at least one; 2 a file could not be read.
#[derive(Debug, Args)]
pub(crate) struct Desk {
    /// Article files in Markdown, folders of them, or - for standard input.
    #[arg(required_unless_present_any = ["explain", "verify"])]
    pub(crate) files: Vec<PathBuf>,
    /// How the findings are given.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// The mildest level of an unanswered finding that makes the answer no.
    #[arg(long, value_enum, default_value = "fix")]
    pub(crate) fail: Fail,
    /// The edition's own rules: a desk.toml; the nearest one above each file when absent.
    #[arg(long, value_name = "FILE")]
    pub(crate) house: Option<PathBuf>,
    /// Run these rules too, although they are off by default.
    #[arg(long, value_name = "RULE")]
    pub(crate) on: Vec<String>,
    /// Say what a rule looks for, how often it was right and what it steps around; `all` for every rule.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["files", "verify"])]
    pub(crate) explain: Option<String>,
    /// Run a sealed article's report again and compare the bytes: the address of an article, or its sealed .json.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "files")]
    pub(crate) verify: Option<String>,
    /// Language of --explain: en or ur.
    #[arg(long, default_value = "en", value_parser = ["en", "ur"])]
    pub(crate) lang: String,
}

/// `ovn balance`
#[derive(Debug, Args)]
pub(crate) struct Balance {
    /// An edition's address, or a folder that has its record.
    pub(crate) source: String,
    /// The log's key, known from elsewhere.
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// Print the rows behind the numbers, one an article, as CSV.
    #[arg(long)]
    pub(crate) rows: bool,
}

/// How findings are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each finding with its words in their sentence.
    Text,
    /// For programs: one object with a list of files.
    Json,
    /// For editors and code hosts: SARIF 2.1.0.
    Sarif,
    /// The exact bytes of one file's report, as it would be sealed.
    Report,
}

/// The level that makes the answer no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fail {
    /// Any finding.
    Info,
    /// A finding to look at, or worse.
    Look,
    /// A finding to mend or answer.
    Fix,
    /// None.
    Never,
}

/// `ovn import`
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// A news page in plain text or HTML; the draft is printed, and what was recognised is said beside it.
    Page {
        /// The page.
        file: PathBuf,
    },
}

/// `ovn export`
#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// The whole public site as files that any web server can serve, record included.
    Site(Target),
    /// Every article as a Markdown file, sources included.
    Markdown(Target),
    /// The record alone: checkpoint, tiles, documents, archived copies.
    Record(Target),
}

/// Where to export from and to.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// The folder to write.
    pub(crate) out: PathBuf,
    /// The edition's folder.
    #[arg(long, default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// `ovn verify`
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// An article's address, a site's address, a folder with a record, or a saved page (with its .json and
    /// .tlog-proof beside it).
    pub(crate) target: String,
    /// The log's key, known from elsewhere: the text of record/vkey, or a file that holds it.
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// The sealed document of a saved page, if it does not lie beside it.
    #[arg(long)]
    pub(crate) document: Option<PathBuf>,
    /// The proof of a saved page, if it does not lie beside it.
    #[arg(long)]
    pub(crate) proof: Option<PathBuf>,
    /// Do not remember the record's checkpoint for the next time.
    #[arg(long)]
    pub(crate) forget: bool,
    /// Whether the target, a file that a newsroom gave out, opens this commitment to a confidential source: 64 signs of
    /// hexadecimal from the article's page, or the article's sealed document (a .json file).
    #[arg(long, conflicts_with_all = ["key", "document", "proof"])]
    pub(crate) commitment: Option<String>,
}

/// `ovn witness`
#[derive(Debug, Args)]
pub(crate) struct Witness {
    /// The edition's folder.
    pub(crate) dir: PathBuf,
    /// What the witness gave back: the checkpoint's text, an empty line, and the lines of signatures.
    pub(crate) file: PathBuf,
    /// The witness's key (C2SP tlog-cosignature), known from the witness: its text, or a file that holds it.
    #[arg(long)]
    pub(crate) key: String,
}

/// `ovn mirror`
#[derive(Debug, Args)]
pub(crate) struct Mirror {
    /// The edition's address, or a folder that has its record.
    pub(crate) source: String,
    /// The folder to copy into.
    pub(crate) dir: PathBuf,
    /// The log's key, known from elsewhere.
    #[arg(long)]
    pub(crate) key: Option<String>,
}

/// `ovn copy`
#[derive(Debug, Args)]
pub(crate) struct Copy {
    /// The database to copy from: postgres://user@host/name, or an edition's folder for the SQLite file in it.
    #[arg(long)]
    pub(crate) from: String,
    /// The database to copy to, which must be empty: an address or a folder, as above.
    #[arg(long)]
    pub(crate) to: String,
}

/// `ovn doctor`
///
/// Exit codes: 0 nothing is bad; 1 something is; 2 it could not be looked at.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The edition's folder.
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Read everything that is kept, and compare every byte and every row with the record.
    #[arg(long)]
    pub(crate) deep: bool,
    /// Take away pictures and files of the newsroom that no text, no version, no source and no published article has named
    /// for 30 days.
    #[arg(long)]
    pub(crate) tidy: bool,
}
