//! From bytes to clean text, and where its metadata block ends.

use super::{MAX_BYTES, Problem};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The file's text: UTF-8 without byte order mark, line feeds only, NFC.
pub(super) fn text(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(problem(
            "",
            format!(
                "the file has {} bytes, and an article may have at most {MAX_BYTES} (2 MiB)",
                bytes.len()
            ),
            "split the text into several articles",
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let bad = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        problem(
            std::str::from_utf8(good).unwrap_or_default(),
            format!("the byte 0x{bad:02x} is not valid UTF-8"),
            "save the file in the encoding UTF-8",
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = text.find('\0') {
        let before = text.get(..at).unwrap_or_default();
        return Err(problem(before, "a NUL character stands here".into(), "delete it"));
    }
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    };
    Ok(if is_nfc(&text) { text } else { text.nfc().collect() })
}

/// The metadata block (without its fences) and the offset at which the body begins.
pub(super) fn split(text: &str) -> Result<(&str, usize), Problem> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(problem(
            "",
            "the file does not begin with a metadata block".into(),
            "begin it with a line ---, then lines such as `headline: …` and `lang: en`, then a line ---",
        ));
    }
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let block = text.get(first.len()..at).unwrap_or_default();
            return Ok((block, at + line.len()));
        }
        at += line.len();
    }
    Err(problem(
        "",
        "the metadata block that begins here has no end".into(),
        "close it with a line ---",
    ))
}

fn problem(before: &str, message: String, advice: &str) -> Problem {
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let before = before.replace("\r\n", "\n").replace('\r', "\n");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Problem { line, column, message, advice: advice.to_owned() }
}
