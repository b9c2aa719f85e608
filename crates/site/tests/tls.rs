//! TLS on a real socket: what is agreed on, which certificate is shown, and who is hung up on.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod edition;

use std::net::SocketAddr;
use std::sync::Arc;

use edition::Edition;
use ovn_site::tls::Tls;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const HOST: &str = "news.example";

/// A certificate and its key, in PEM, and the certificate as a client trusts it.
struct Pair {
    chain: String,
    key: String,
    der: CertificateDer<'static>,
}

fn pair() -> Pair {
    let made = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
    Pair {
        chain: made.cert.pem(),
        key: made.key_pair.serialize_pem(),
        der: made.cert.der().clone(),
    }
}

async fn start(tls: Arc<Tls>) -> (Edition, SocketAddr) {
    let edition = Edition::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let never = std::future::pending();
    tokio::spawn(ovn_site::serve_tls(edition.site.clone(), listener, tls, never));
    (edition, address)
}

async fn connect(
    address: SocketAddr,
    trusted: &Pair,
    offers: &[&[u8]],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.der.clone()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let mut config = config.unwrap().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = offers.iter().map(|offer| offer.to_vec()).collect();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(HOST).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

#[tokio::test(flavor = "multi_thread")]
async fn protocols_are_agreed_on() {
    let pair = pair();
    let tls = Tls::of_files(pair.chain.as_bytes(), pair.key.as_bytes()).unwrap();
    let (_edition, address) = start(Arc::new(tls)).await;
    let check = async |offers: &[&[u8]], expected: Option<&[u8]>| {
        let stream = connect(address, &pair, offers).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), expected);
    };
    check(&[b"h2", b"http/1.1"], Some(b"h2")).await;
    check(&[b"http/1.1"], Some(b"http/1.1")).await;
    check(&[], None).await;
    let mut stream = connect(address, &pair, &[b"http/1.1"]).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: news.example\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age=63072000; includeSubDomains"));
    // HTTP/2: our preface and settings are answered by the server's settings frame.
    let mut stream = connect(address, &pair, &[b"h2"]).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
    let mut frame = [0; 9];
    stream.read_exact(&mut frame).await.unwrap();
    assert_eq!(frame[3], 4, "{frame:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_replaced_while_connections_go_on() {
    let (old, new) = (pair(), pair());
    let tls = Arc::new(Tls::of_files(old.chain.as_bytes(), old.key.as_bytes()).unwrap());
    let (_edition, address) = start(Arc::clone(&tls)).await;
    let mut kept = connect(address, &old, &[b"http/1.1"]).await.unwrap();
    // Halves of two pairs don't do, and change nothing.
    assert!(tls.replace(new.chain.as_bytes(), old.key.as_bytes()).is_err());
    assert!(tls.replace(b"", new.key.as_bytes()).is_err());
    assert!(tls.replace(new.chain.as_bytes(), b"no key").is_err());
    assert!(connect(address, &old, &[]).await.is_ok());
    tls.replace(new.chain.as_bytes(), new.key.as_bytes()).unwrap();
    assert!(connect(address, &old, &[]).await.is_err());
    assert!(connect(address, &new, &[]).await.is_ok());
    kept.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    kept.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_speak_tls_is_hung_up_on() {
    let pair = pair();
    let tls = Tls::of_files(pair.chain.as_bytes(), pair.key.as_bytes()).unwrap();
    let (_edition, address) = start(Arc::new(tls)).await;
    for said in [&b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"[..], b"\x16\x03\x01\xff\xff\x01", b"\0"] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(said).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP"), "{said:?}");
    }
    assert!(connect(address, &pair, &[]).await.is_ok());
}

#[derive(Debug)]
struct Shows(Arc<CertifiedKey>);

impl ResolvesServerCert for Shows {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

fn resolver(pair: &Pair) -> Arc<Shows> {
    use rustls::pki_types::{PrivateKeyDer, pem::PemObject as _};
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap();
    let key = ring::sign::any_supported_type(&key).unwrap();
    Arc::new(Shows(Arc::new(CertifiedKey::new(vec![pair.der.clone()], key))))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authority_s_question_is_answered_and_serves_no_page() {
    let (own, answer) = (pair(), pair());
    let provider = Arc::new(ring::default_provider());
    let challenge =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let challenge = challenge.unwrap().with_no_client_auth();
    let mut challenge = challenge.with_cert_resolver(resolver(&answer));
    challenge.alpn_protocols = vec![b"acme-tls/1".to_vec()];
    let tls = Tls::of_resolver(resolver(&own), Arc::new(challenge)).unwrap();
    let (_edition, address) = start(Arc::new(tls)).await;
    assert!(connect(address, &own, &[b"h2"]).await.is_ok());
    assert!(connect(address, &own, &[b"acme-tls/1"]).await.is_err());
    let mut asked = connect(address, &answer, &[b"acme-tls/1"]).await.unwrap();
    let _ = asked.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut said = Vec::new();
    let _ = asked.read_to_end(&mut said).await;
    assert!(said.is_empty(), "{}", String::from_utf8_lossy(&said));
}
