//! `ovn witness`: take in what a witness has signed.

use super::{environment, key, read};
use crate::{args::Witness, outcome::Outcome};
use ovn_press::witness::{self, Error, Kept};
use serde_json::json;

pub(super) fn run(arguments: &Witness, json: bool) -> Outcome {
    let given = key(&arguments.key).and_then(|key| {
        let path = &arguments.file;
        let bytes = read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((key, bytes))
    });
    let (key, bytes) = match given {
        Ok(given) => given,
        Err(why) => return Outcome::unknown(why),
    };
    match witness::keep(&arguments.dir, &environment, &bytes, &key) {
        Ok(Kept { one, new }) => {
            let said = if new { "Kept" } else { "Known already" };
            let words =
                format!("{said}: {} has signed the record at {} entries.", one.witness, one.size);
            let value =
                json!({"witness": one.witness, "size": one.size, "time": one.second, "new": new});
            Outcome::good(words).in_json(json, &value)
        }
        Err(Error::Not(why)) => Outcome::answer(false, format!("NOT WITNESSED: {why}")),
        Err(other) => Outcome::unknown(other),
    }
}
