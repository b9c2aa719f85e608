//! Whether the database answers, and of which age it is.

use super::{Line, Patient};
use ovn_store::{Error, Reader, survey::About};

const PART: &str = "database";
/// The oldest PostgreSQL that is known to do.
const OLDEST: u32 = 13;

pub(super) fn line(patient: &Patient<'_>, reader: Result<&Reader, &Error>) -> Line {
    if let Err(error @ Error::Older { .. }) = reader {
        let advice =
            "`ovn serve`, or whatever writes to the edition, brings it forward when it starts";
        return Line::look(PART, error.to_string(), advice);
    }
    let about = reader
        .map_err(ToString::to_string)
        .and_then(|reader| reader.about().map_err(|error| error.to_string()));
    match about {
        Ok(about) => judge(&about),
        Err(sentence) => {
            let advice = match &patient.settings.database {
                Some(_) => {
                    "see that the server runs and takes connections from here, then run the doctor again"
                }
                None => {
                    "restore edition.sqlite with `ovn restore`, or run `ovn init` where nothing was ever published"
                }
            };
            Line::bad(PART, sentence, advice)
        }
    }
}

pub(super) fn judge(about: &About) -> Line {
    let sentence =
        format!("{} {} answers, at migration {}", about.engine, about.version, about.migrations);
    let major: Option<u32> = about.version.split('.').next().and_then(|text| text.parse().ok());
    if about.engine == "PostgreSQL" && major.is_some_and(|major| major < OLDEST) {
        let advice = format!("upgrade the server to PostgreSQL {OLDEST} or newer");
        return Line::bad(PART, sentence, advice);
    }
    Line::good(PART, sentence)
}
