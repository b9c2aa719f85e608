//! The newsroom's own scripts and style: the editor as this program was built with it, at addresses that name their bytes.

use crate::encode::{Effort, Encoding, encode};
use ovn_edition::commit::sha256;
use ovn_edition::hex;
use std::sync::LazyLock;

static SCRIPT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/editor.js"));
static STYLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/style.css"));
static PASSKEYS: &[u8] = include_bytes!("../../assets/passkeys.js");
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// A script or style.
#[derive(Debug)]
pub(super) struct File {
    pub(super) media: &'static str,
    pub(super) bytes: &'static [u8],
    /// The same with gzip, for whoever takes it.
    pub(super) packed: Option<Vec<u8>>,
    hash: String,
    name: &'static str,
}

/// The editor's script and style; none when the editor was not bundled before the program was built.
static EDITOR: LazyLock<Option<[File; 2]>> = LazyLock::new(|| {
    (!SCRIPT.is_empty() && !STYLE.is_empty()).then(|| {
        [
            File::new("editor.js", JAVASCRIPT, SCRIPT),
            File::new("style.css", "text/css; charset=utf-8", STYLE),
        ]
    })
});

/// What asks the browser for passkeys.
static DOOR: LazyLock<File> = LazyLock::new(|| File::new("passkeys.js", JAVASCRIPT, PASSKEYS));

impl File {
    fn new(name: &'static str, media: &'static str, bytes: &'static [u8]) -> Self {
        let hash = hex::encode(&sha256(bytes)).get(..16).unwrap_or_default().to_owned();
        Self { media, bytes, packed: encode(Encoding::Gzip, bytes, Effort::Best), hash, name }
    }

    fn path(&self) -> String {
        format!("/editor/{}/{}", self.hash, self.name)
    }
}

/// The addresses of the editor's script and style, if the program has them.
pub(super) fn paths() -> Option<(String, String)> {
    EDITOR.as_ref().map(|[script, style]| (script.path(), style.path()))
}

/// The address of the script for passkeys.
pub(super) fn passkeys() -> String {
    DOOR.path()
}

/// The file at an address.
pub(super) fn find(path: &str) -> Option<&'static File> {
    let editor = EDITOR.as_ref().map(<[File; 2]>::as_slice).unwrap_or_default();
    editor.iter().chain([&*DOOR]).find(|file| file.path() == path)
}
