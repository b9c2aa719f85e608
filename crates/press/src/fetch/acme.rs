//! Certificates from an authority that speaks ACME (RFC 8555), asked for and renewed while the server runs.
//!
//! The authority's question is answered on the readers' own port (TLS-ALPN-01, RFC 8737): no second port, no file.

use futures_core::Stream as _;
use rustls_acme::futures_rustls::rustls::pki_types::CertificateDer;
use rustls_acme::futures_rustls::rustls::pki_types::pem::PemObject as _;
use rustls_acme::futures_rustls::rustls::server::ResolvesServerCert;
use rustls_acme::futures_rustls::rustls::{self, ClientConfig, RootCertStore, ServerConfig};
use rustls_acme::{AcmeConfig, caches::DirCache};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

/// The authority that is asked where the settings name none.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The host name that readers use.
    pub host: String,
    /// Where the authority writes when something is wrong: an e-mail address.
    pub contact: String,
    /// The authority's directory.
    pub directory: String,
    /// Roots by which the authority's own certificate is checked, in PEM; the web's when absent.
    pub roots: Option<Vec<u8>>,
    /// Folder in which account and certificate are kept, readable by this user alone.
    pub kept: PathBuf,
}

/// What a server needs in order to show the certificates.
pub struct Certificates {
    /// Finds the certificate that is valid now.
    pub resolver: Arc<dyn ResolvesServerCert>,
    /// Answers the authority's question.
    pub challenge: Arc<ServerConfig>,
    /// Asks and renews; runs as long as the server does.
    pub renewal: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl std::fmt::Debug for Certificates {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Certificates").finish_non_exhaustive()
    }
}

/// Prepares the order. Nothing is asked before [`Certificates::renewal`] runs.
///
/// # Errors
/// A sentence, when the roots can't be read or the folder can't be made.
pub fn certificates(order: &Order) -> Result<Certificates, String> {
    let folder = |error: std::io::Error| format!("{}: {error}", order.kept.display());
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&order.kept).map_err(folder)?;
    let config = AcmeConfig::new_with_client_config([&order.host], client(order)?)
        .contact_push(format!("mailto:{}", order.contact))
        .directory(&order.directory)
        .cache(DirCache::new(order.kept.clone()));
    let mut state = config.state();
    let resolver = state.resolver();
    let challenge = state.challenge_rustls_config();
    let renewal = Box::pin(async move {
        loop {
            let event = std::future::poll_fn(|context| Pin::new(&mut state).poll_next(context));
            match event.await {
                Some(Ok(event)) => tracing::info!(?event, "certificate"),
                // It is tried again by itself, later each time.
                Some(Err(error)) => tracing::error!(%error, "the certificate could not be had"),
                None => return,
            }
        }
    });
    Ok(Certificates { resolver, challenge, renewal })
}

fn client(order: &Order) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    match &order.roots {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(pem) => {
            for one in CertificateDer::pem_slice_iter(pem) {
                let one = one.map_err(|error| format!("tls.roots can't be read: {error}"))?;
                roots.add(one).map_err(|error| format!("tls.roots: {error}"))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(Arc::new(versions.with_root_certificates(roots).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn order(home: &tempfile::TempDir, roots: Option<&[u8]>) -> Order {
        Order {
            host: "news.example".into(),
            contact: "desk@news.example".into(),
            directory: LETS_ENCRYPT.into(),
            roots: roots.map(<[u8]>::to_vec),
            kept: home.path().join("certificates"),
        }
    }

    #[test]
    fn an_order_is_prepared_without_asking_anybody() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let prepared = certificates(&order(&home, None)).unwrap();
        assert_eq!(prepared.challenge.alpn_protocols, [b"acme-tls/1"]);
        let mode = home.path().join("certificates").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn roots_that_are_none_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(certificates(&order(&home, Some(broken))).unwrap_err().contains("tls.roots"));
    }
}
