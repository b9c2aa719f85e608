//! The browser's editor as this program was built with it, at addresses that name its bytes.

use crate::encode::{Effort, Encoding, encode};
use ovn_edition::commit::sha256;
use ovn_edition::hex;
use std::sync::LazyLock;

static SCRIPT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/editor.js"));
static STYLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/style.css"));

/// A file of the editor.
#[derive(Debug)]
pub(super) struct File {
    pub(super) media: &'static str,
    pub(super) bytes: &'static [u8],
    /// The same with gzip, for whoever takes it.
    pub(super) packed: Option<Vec<u8>>,
    hash: String,
    name: &'static str,
}

/// Script and style; none when the editor was not bundled before the program was built.
static FILES: LazyLock<Option<[File; 2]>> = LazyLock::new(|| {
    let file = |name, media, bytes: &'static [u8]| {
        let hash = hex::encode(&sha256(bytes)).get(..16).unwrap_or_default().to_owned();
        File { media, bytes, packed: encode(Encoding::Gzip, bytes, Effort::Best), hash, name }
    };
    (!SCRIPT.is_empty() && !STYLE.is_empty()).then(|| {
        [
            file("editor.js", "text/javascript; charset=utf-8", SCRIPT),
            file("style.css", "text/css; charset=utf-8", STYLE),
        ]
    })
});

impl File {
    fn path(&self) -> String {
        format!("/editor/{}/{}", self.hash, self.name)
    }
}

/// The addresses of script and style, if the program has them.
pub(super) fn paths() -> Option<(String, String)> {
    FILES.as_ref().map(|[script, style]| (script.path(), style.path()))
}

/// The file at an address.
pub(super) fn find(path: &str) -> Option<&'static File> {
    FILES.as_ref()?.iter().find(|file| file.path() == path)
}
