//! TLS of our own: one certificate at a time, replaced while connections go on, and HTTP/2 by agreement (ALPN).

use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{Acceptor, ClientHello, ResolvesServerCert};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

/// The protocol in which a certificate authority asks whether an address is ours (RFC 8737).
const CHALLENGE: &[u8] = b"acme-tls/1";

/// Why a certificate can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The certificate's file.
    #[error("the certificate can't be read as PEM: {0}")]
    Certificate(String),
    /// The key's file.
    #[error("the key can't be read as PEM (PKCS #8, PKCS #1 or SEC 1, without a password): {0}")]
    Key(String),
    /// The two together.
    #[error("certificate and key can't be used together: {0}")]
    Pair(#[from] rustls::Error),
}

/// What a server shows to whoever connects.
#[derive(Debug)]
pub struct Tls {
    current: RwLock<Arc<ServerConfig>>,
    challenge: Option<Arc<ServerConfig>>,
}

impl Tls {
    /// With the certificate chain and the key in these PEM files' bytes.
    ///
    /// # Errors
    /// [`TlsError`] when they can't be read or don't belong together.
    pub fn of_files(chain: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        Ok(Self { current: RwLock::new(of_files(chain, key)?), challenge: None })
    }

    /// With certificates that `resolver` obtains and renews; `challenge` answers the authority's question.
    ///
    /// # Errors
    /// [`TlsError::Pair`] when the cryptography does not offer the protocol versions.
    pub fn of_resolver(
        resolver: Arc<dyn ResolvesServerCert>,
        challenge: Arc<ServerConfig>,
    ) -> Result<Self, TlsError> {
        let config = builder()?.with_no_client_auth().with_cert_resolver(resolver);
        let current = RwLock::new(agreeing(config));
        Ok(Self { current, challenge: Some(challenge) })
    }

    /// Shows another certificate from now on; connections that are there go on.
    ///
    /// # Errors
    /// As [`Tls::of_files`]; the one before is then still shown.
    pub fn replace(&self, chain: &[u8], key: &[u8]) -> Result<(), TlsError> {
        let next = of_files(chain, key)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }

    /// Greets a client; `None` when it was the authority with its question, which is answered by the greeting.
    pub(crate) async fn greet(
        &self,
        stream: TcpStream,
    ) -> io::Result<Option<TlsStream<TcpStream>>> {
        let start = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
        if let Some(challenge) = &self.challenge
            && asks(&start.client_hello())
        {
            let mut asked = start.into_stream(Arc::clone(challenge)).await?;
            asked.shutdown().await?;
            return Ok(None);
        }
        let config = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        start.into_stream(config).await.map(Some)
    }
}

/// Whether HTTP/2 was agreed on.
pub(crate) fn is_http2(stream: &TlsStream<TcpStream>) -> bool {
    stream.get_ref().1.alpn_protocol() == Some(b"h2")
}

fn asks(hello: &ClientHello<'_>) -> bool {
    let mut offered = hello.alpn().into_iter().flatten();
    offered.next() == Some(CHALLENGE) && offered.next().is_none()
}

fn of_files(chain: &[u8], key: &[u8]) -> Result<Arc<ServerConfig>, TlsError> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain)
        .collect::<Result<_, _>>()
        .map_err(|error| TlsError::Certificate(error.to_string()))?;
    if chain.is_empty() {
        return Err(TlsError::Certificate("there is none in it".into()));
    }
    let key =
        PrivateKeyDer::from_pem_slice(key).map_err(|error| TlsError::Key(error.to_string()))?;
    Ok(agreeing(builder()?.with_no_client_auth().with_single_cert(chain, key)?))
}

fn builder() -> Result<rustls::ConfigBuilder<ServerConfig, rustls::WantsVerifier>, TlsError> {
    let provider = Arc::new(ring::default_provider());
    // TLS 1.2 and 1.3, with the suites that the library holds safe.
    Ok(ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?)
}

fn agreeing(mut config: ServerConfig) -> Arc<ServerConfig> {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Arc::new(config)
}
