//! Encrypted connections, to the database and to the object store: whom they trust.

use crate::Error;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use std::path::Path;
use std::sync::Arc;

/// A client that trusts the authorities in the PEM file `authority`, and nobody else; those of the system when none is
/// named. The server's name is always checked.
pub(crate) fn trusting(authority: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    match authority {
        Some(path) => {
            for certificate in read(path)? {
                roots.add(certificate).map_err(|error| wrong(path, error.to_string()))?;
            }
        }
        None => {
            // A store without a single authority fails when it is used, and says so.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(crate::error::damaged)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let all = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let all = all.map_err(|error| wrong(path, error.to_string()))?;
    if all.is_empty() {
        return Err(wrong(path, "there is no certificate in it".into()));
    }
    Ok(all)
}

fn wrong(path: &Path, sentence: String) -> Error {
    Error::Settings { path: path.to_owned(), sentence }
}
