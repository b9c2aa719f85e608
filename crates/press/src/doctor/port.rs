//! Whether readers are served at the configured address, and with what is sealed.

use super::{Line, Patient};
use crate::fetch::Fetcher;
use ovn_store::{Reader, survey};
use std::net::TcpListener;
use std::path::Path;

const PART: &str = "readers";

pub(super) fn lines(patient: &Patient<'_>, reader: Option<&Reader>) -> Vec<Line> {
    let mut found = vec![served(patient, reader)];
    let url = &patient.settings.url;
    if let Some(key) = patient.settings.tls.as_ref().and_then(|tls| tls.key.as_ref()) {
        found.extend(secret(&patient.dir.join(key)));
    }
    let local = ["//127.0.0.1", "//localhost", "//[::1]"].iter().any(|host| url.contains(host));
    if url.starts_with("http://") && !local {
        let sentence = format!("readers are given {url}, which is not encrypted");
        let advice =
            "set `url` to https:// and give the edition a certificate, or a proxy that has one";
        found.push(Line::look(PART, sentence, advice));
    }
    found
}

fn served(patient: &Patient<'_>, reader: Option<&Reader>) -> Line {
    let (bind, port) = (patient.settings.bind.as_str(), patient.settings.port);
    match TcpListener::bind((bind, port)) {
        Ok(_) => {
            let sentence = format!("nobody serves readers at {bind}:{port}; the port is free");
            let advice = format!("start it: ovn serve {}", patient.dir.display());
            Line::look(PART, sentence, advice)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => asked(patient, reader),
        Err(error) => {
            let sentence = format!("{bind}:{port} can't be listened on: {error}");
            let advice = "set `bind` to an address of this machine, and `port` above 1023 or let systemd open it";
            Line::bad(PART, sentence, advice)
        }
    }
}

/// Somebody listens: whether it is this edition, and as new as what is sealed.
fn asked(patient: &Patient<'_>, reader: Option<&Reader>) -> Line {
    let host = match patient.settings.bind.as_str() {
        "0.0.0.0" => "127.0.0.1".to_owned(),
        "::" => "[::1]".to_owned(),
        bind if bind.contains(':') => format!("[{bind}]"),
        bind => bind.to_owned(),
    };
    let at = format!("{host}:{}", patient.settings.port);
    if patient.settings.tls.is_some() {
        // Its certificate is for the readers' name, not for this address.
        return Line::good(
            PART,
            format!("something listens at {at}; `ovn verify` asks it by its name"),
        );
    }
    let answer = Fetcher::default().get(&format!("http://{at}/record/checkpoint"), 1 << 16);
    let sealed = reader.and_then(|reader| reader.checkpoint().ok()).unwrap_or_default();
    match answer {
        Ok(bytes) if bytes == sealed => {
            Line::good(PART, format!("{at} serves readers, with all that is sealed"))
        }
        Ok(_) => Line::bad(
            PART,
            format!("{at} gives another checkpoint than the one that is sealed"),
            "see which process listens there, and which folder it serves",
        ),
        Err(error) => Line::bad(
            PART,
            format!("something listens at {at} and is not this edition: {error}"),
            "stop it, or set another `port`",
        ),
    }
}

/// The certificate's key, which is its owner's alone.
fn secret(path: &Path) -> Option<Line> {
    let shown = path.display();
    match survey::rights(path) {
        Ok(Some(rights)) if rights.mode & 0o077 == 0 => None,
        Ok(Some(rights)) => {
            let sentence = format!("{shown} is open to other users (mode {:03o})", rights.mode);
            Some(Line::bad(PART, sentence, format!("chmod 600 {shown}")))
        }
        Ok(None) => Some(Line::bad(PART, format!("{shown} is missing"), "set `tls.key`")),
        Err(error) => {
            Some(Line::bad(PART, error.to_string(), "run the doctor as the edition's user"))
        }
    }
}
