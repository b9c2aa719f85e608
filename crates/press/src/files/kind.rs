//! What a file is, by its bytes alone: its name is only compared with that.

use super::mail;
use super::zip::Archive;

/// What a file can be that is kept as a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A picture that may move.
    Gif,
    /// A picture.
    Webp,
    /// A scan.
    Tiff,
    /// A photograph of a telephone, HEIC or AVIF.
    Heif,
    /// Words, Office Open XML.
    Docx,
    /// Tables, Office Open XML.
    Xlsx,
    /// Slides, Office Open XML.
    Pptx,
    /// Words, OpenDocument.
    Odt,
    /// Tables, OpenDocument.
    Ods,
    /// Slides, OpenDocument.
    Odp,
    /// An office document or message of before 2007, in a compound file.
    Ole,
    /// A message (RFC 5322).
    Mail,
    /// A table in plain text.
    Csv,
    /// Plain text, also HTML, SVG and other markup: it is given as text.
    Text,
}

use Kind::{
    Csv, Docx, Gif, Heif, Jpeg, Mail, Odp, Ods, Odt, Ole, Pdf, Png, Pptx, Text, Tiff, Webp, Xlsx,
};

/// Every kind with the ending under which it is kept, its media type, and the endings that names of it have.
const ALL: [(Kind, &str, &str, &[&str]); 17] = [
    (Pdf, "pdf", "application/pdf", &["pdf"]),
    (Jpeg, "jpg", "image/jpeg", &["jpg", "jpeg", "jpe", "jfif"]),
    (Png, "png", "image/png", &["png"]),
    (Gif, "gif", "image/gif", &["gif"]),
    (Webp, "webp", "image/webp", &["webp"]),
    (Tiff, "tiff", "image/tiff", &["tif", "tiff"]),
    (Heif, "heic", "image/heic", &["heic", "heif", "avif"]),
    (
        Docx,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx", "docm", "dotx", "dotm"],
    ),
    (
        Xlsx,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx", "xlsm", "xltx", "xltm"],
    ),
    (
        Pptx,
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx", "pptm", "ppsx", "potx"],
    ),
    (Odt, "odt", "application/vnd.oasis.opendocument.text", &["odt", "ott", "fodt"]),
    (Ods, "ods", "application/vnd.oasis.opendocument.spreadsheet", &["ods", "ots"]),
    (Odp, "odp", "application/vnd.oasis.opendocument.presentation", &["odp", "otp"]),
    (Ole, "ole", "application/x-ole-storage", &["doc", "xls", "ppt", "msg", "dot", "ole"]),
    (Mail, "eml", "message/rfc822", &["eml", "mht", "mhtml"]),
    (Csv, "csv", "text/csv; charset=utf-8", &["csv", "tsv"]),
    (Text, "txt", "text/plain; charset=utf-8", &["txt", "text", "md", "log", "json", "srt", "vtt"]),
];

/// How files begin that are something else than text.
const STARTS: [(&[u8], Kind); 8] = [
    (b"\xff\xd8\xff", Jpeg),
    (b"\x89PNG\r\n\x1a\n", Png),
    (b"GIF87a", Gif),
    (b"GIF89a", Gif),
    (b"II*\0", Tiff),
    (b"MM\0*", Tiff),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Ole),
    (b"%PDF-", Pdf),
];
/// How archives begin.
const ARCHIVES: [&[u8]; 9] = [
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
];
/// How programs begin.
const PROGRAMS: [&[u8]; 4] = [b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"];
/// The brands of HEIC and AVIF (ISO/IEC 23008-12).
const HEIF: [&[u8]; 6] = [b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"];

const NONE: &str = "is none of what is kept as a source: PDF, picture, e-mail (.eml), text, CSV, or a document of an office program";
pub(super) const ARCHIVE: &str = "is an archive, and archives are not opened here; take out the file that the article rests on, and add that";

impl Kind {
    fn row(self) -> Option<&'static (Kind, &'static str, &'static str, &'static [&'static str])> {
        ALL.iter().find(|(kind, ..)| *kind == self)
    }

    /// The ending under which it is kept.
    #[must_use]
    pub fn ending(self) -> &'static str {
        self.row().map_or("bin", |(_, ending, ..)| ending)
    }

    /// Its media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        self.row().map_or("application/octet-stream", |(_, _, media, _)| media)
    }

    /// The kind that is kept under this ending.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        ALL.iter().find(|(_, known, ..)| *known == ending).map(|(kind, ..)| *kind)
    }

    /// What the bytes are, as far as that is kept as a source.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        find("", bytes).ok().map(|(kind, _)| kind)
    }
}

/// What the bytes are, and the archive that an office document is. `name` decides between plain text and a table.
pub(super) fn find<'a>(name: &str, bytes: &'a [u8]) -> Result<(Kind, Option<Archive<'a>>), String> {
    if bytes.is_empty() {
        return Err("is empty".into());
    }
    if let Some((_, kind)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Ok((*kind, None));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok((Webp, None));
    }
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    if brand.is_some_and(|brand| HEIF.contains(&brand)) {
        return Ok((Heif, None));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let archive = Archive::read(bytes)?;
        let kind = archive.document().ok_or(ARCHIVE)?;
        return Ok((kind, Some(archive)));
    }
    let tar = bytes.get(257..262) == Some(b"ustar");
    if tar || ARCHIVES.iter().any(|start| bytes.starts_with(start)) {
        return Err(ARCHIVE.into());
    }
    if PROGRAMS.iter().any(|start| bytes.starts_with(start)) && bytes.contains(&0) {
        return Err("is a program, and none is kept".into());
    }
    // Readers of PDF look for its head in the first 1024 bytes.
    if super::find(bytes.get(..1024).unwrap_or(bytes), b"%PDF-", 0).is_some() {
        return Ok((Pdf, None));
    }
    if !is_text(bytes) {
        return Err(NONE.into());
    }
    let table = matches!(ending_of(name).as_deref(), Some("csv" | "tsv"));
    let kind = match (mail::is(bytes), table) {
        (true, _) => Mail,
        (false, true) => Csv,
        (false, false) => Text,
    };
    Ok((kind, None))
}

/// Text in UTF-8, in UTF-16 with its mark, or in some encoding of one byte a sign.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return bytes.len().is_multiple_of(2);
    }
    let odd = |byte: &u8| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    !bytes.iter().any(odd)
}

/// The ending of a name, in small letters.
#[must_use]
pub fn ending_of(name: &str) -> Option<String> {
    let (before, ending) = name.trim_end().rsplit_once('.')?;
    let plain =
        (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    (plain && !before.is_empty()).then(|| ending.to_ascii_lowercase())
}

/// The ending of a name that stands for something else than `kind`.
pub(super) fn other_ending(name: &str, kind: Kind) -> Option<String> {
    let own = kind.row().map_or(&[][..], |(.., endings)| endings);
    ending_of(name).filter(|ending| !own.contains(&ending.as_str()))
}
