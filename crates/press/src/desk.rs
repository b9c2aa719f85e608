//! A sealed report made again from the sealed article, by the versions of the rules that it names, and compared.

use crate::{
    check::{Error, companion, one},
    copy::{Copy, split_url},
};
use ovn_desk::again;
use ovn_edition::{
    canon,
    report::Report as Desk,
    sealed::{self, Document},
};
use ovn_tlog::VerifierKey;
use ovn_verify::{Report, Verdict};

/// Fetches the article at `address` with its seal, checks the seal under `key` (or the copy's own), and makes the desk's
/// report again.
///
/// # Errors
/// When something could not be fetched, or this program does not have what the report rests on: there is no answer then.
pub fn address(address: &str, key: Option<VerifierKey>) -> Result<Report, Error> {
    let copy = Copy::at(address);
    let (_, path) = split_url(address).unwrap_or_default();
    let Some(saved) = companion(&copy, path.trim_matches('/'))? else {
        return Err(Error::Missing(format!("{address} is no article; give the address of one")));
    };
    let key = match key {
        Some(key) => key,
        None => copy.key()?,
    };
    let (mut report, _) = one(&saved, &key);
    report.absorb(document(&saved.document)?);
    Ok(report)
}

/// Makes the report of a sealed document again; whether the document is sealed is not asked.
///
/// # Errors
/// When the bytes are no sealed document of an article, hold no report, or this program does not have what it rests on.
pub fn document(bytes: &[u8]) -> Result<Report, Error> {
    let missing = |error: &dyn std::fmt::Display| Error::Missing(error.to_string());
    let document = Document::read(bytes).map_err(|error| missing(&error))?;
    let (article, _) = sealed::article(&document).map_err(|error| missing(&error))?;
    let said = sealed::report(&document).map_err(|error| missing(&error))?;
    let (Some(said), Some(value)) = (said, document.first(sealed::DESK)) else {
        return Err(Error::Missing("no report of the desk was sealed with this revision".into()));
    };
    let fresh = again(&article, &said).map_err(|error| missing(&error))?;
    let sealed = canon::write(value).map_err(|error| missing(&error))?;
    let made = canon::of(&fresh).map_err(|error| missing(&error))?;
    let mut report = Report::default();
    let removed = document.blocks.iter().any(|block| block.open().is_none());
    if sealed == made {
        let count = said.findings.len();
        report.pass(
            "desk",
            format!(
                "The report made again is the sealed one, byte for byte, with {count} findings."
            ),
        );
    } else if removed {
        report.pass("desk", "Parts of the text were removed after it was sealed, so its report cannot be made again.");
    } else {
        report.fail(
            "desk",
            Verdict::Differs,
            "The report made again is not the sealed one.".to_owned(),
        );
        report.difference.push(difference(&said, &fresh));
    }
    Ok(report)
}

/// Where two reports part.
fn difference(sealed: &Desk, made: &Desk) -> String {
    let both = sealed.findings.iter().zip(&made.findings).position(|(one, other)| one != other);
    match both {
        Some(at) => {
            let name = |report: &Desk| {
                report.findings.get(at).map_or_else(String::new, |finding| {
                    format!("{} at “{}”", finding.rule, finding.words())
                })
            };
            format!("finding {}: sealed {}, made again {}", at + 1, name(sealed), name(made))
        }
        None => format!(
            "sealed {} findings, made again {}; counts, voices or parties may differ too",
            sealed.findings.len(),
            made.findings.len()
        ),
    }
}
