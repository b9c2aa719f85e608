//! The folder of keys and lock: there, whole, apart from the edition, and open to its owner alone.

use super::{Line, Patient};
use crate::keys::{Keys, KeysError};
use ovn_store::survey;

const PART: &str = "keys";
/// What has to be secret.
const SECRET: [&str; 3] = ["log.key", "next.key", "recovery.key"];

pub(super) fn lines(patient: &Patient<'_>) -> Vec<Line> {
    let folder = patient.keys.display();
    let mut found = Vec::new();
    if patient.keys.starts_with(patient.dir) {
        let sentence = format!("the keys are inside the edition's folder, in {folder}");
        let advice = "move them out and set `keys`: a copy or a backup of the folder brings them along, and may sign a \
             second history";
        found.push(Line::bad(PART, sentence, advice));
    }
    found.extend(SECRET.into_iter().filter_map(|name| secret(patient, name)));
    if let Ok(Some(rights)) = survey::rights(&patient.keys)
        && rights.mode & 0o022 != 0
    {
        let sentence = format!("{folder} can be written by others (mode {:03o})", rights.mode);
        found.push(Line::bad(PART, sentence, format!("chmod 700 {folder}")));
    }
    match Keys::read(&patient.keys, &patient.settings.origin) {
        // Told with its mode above.
        Err(KeysError::Open { .. }) => {}
        Err(error) => {
            let advice =
                "bring back the key folder from where it is kept; without it nothing can be sealed";
            found.push(Line::bad(PART, error.to_string(), advice));
        }
        Ok(keys) if found.is_empty() => {
            let name = keys.verifier().name().to_string();
            found.push(Line::good(
                PART,
                format!("the key of {name} is in {folder}, its owner's alone"),
            ));
        }
        Ok(_) => {}
    }
    if patient.keys.join("recovery.key").exists() {
        let sentence = format!("recovery.key is still in {folder}");
        let advice = "keep it on paper or a stick, elsewhere, and delete it here: it is for the day on which this machine \
             can't be trusted";
        found.push(Line::look(PART, sentence, advice));
    }
    found
}

fn secret(patient: &Patient<'_>, name: &str) -> Option<Line> {
    let path = patient.keys.join(name);
    let shown = path.display();
    match survey::rights(&path) {
        Ok(Some(rights)) if rights.mode & 0o077 != 0 => {
            let sentence = format!("{shown} is open to other users (mode {:03o})", rights.mode);
            Some(Line::bad(PART, sentence, format!("chmod 600 {shown}")))
        }
        Ok(_) => None,
        Err(error) => {
            Some(Line::bad(PART, error.to_string(), "run the doctor as the edition's user"))
        }
    }
}
