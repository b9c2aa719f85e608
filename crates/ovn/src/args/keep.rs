//! The arguments of `ovn backup`, `ovn restore` and `ovn repair`.

use clap::Args;
use std::path::PathBuf;

/// `ovn backup`
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The edition's folder.
    pub(crate) dir: PathBuf,
    /// The folder to make; it must not be there yet.
    pub(crate) to: PathBuf,
    /// Take the keys along, so that whoever has the backup can sign in the edition's name. Without this they are yours to
    /// keep elsewhere.
    #[arg(long)]
    pub(crate) keys: bool,
    /// Take along what the newsroom keeps for itself: people, drafts, sources (confidential ones too), readers' reports.
    #[arg(long)]
    pub(crate) newsroom: bool,
    /// An earlier backup on the same file system: files that did not change become links to it.
    #[arg(long, value_name = "BACKUP")]
    pub(crate) since: Option<PathBuf>,
}

/// `ovn restore`
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// A backup, or a mirror: a folder, or the address of a site.
    pub(crate) from: String,
    /// The folder to make; it must not be there yet.
    pub(crate) dir: PathBuf,
    /// A folder with the edition's keys, which are copied to where the edition has its own.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keys: Option<PathBuf>,
    /// The log's key, known from elsewhere: the text of record/vkey, or a file that holds it.
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// The edition's ovn.toml, if it was kept: a mirror does not have it.
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
}

/// `ovn repair`
#[derive(Debug, Args)]
pub(crate) struct Repair {
    /// The edition's folder.
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Where whole copies are: a mirror's folder, the address of a site, or the newer folder of the same edition.
    #[arg(long, value_name = "PLACE")]
    pub(crate) from: Option<String>,
    /// There is no mirror and no newer folder anywhere: what is here is all that was ever published. If that is not so, the
    /// record forks, and anybody who saw the newer one can show it.
    #[arg(long, conflicts_with = "from")]
    pub(crate) alone: bool,
    /// The log's key, known from elsewhere.
    #[arg(long)]
    pub(crate) key: Option<String>,
}
