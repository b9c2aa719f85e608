//! A running program's certificate: from files that change, and from a real authority on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, Stream};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const OVN: &str = env!("CARGO_BIN_EXE_ovn");
/// Set to the program of Pebble, a small authority for tests, where it is not on the path.
const PEBBLE: &str = "OVN_TEST_PEBBLE";

/// Ends the process with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Takes whatever is shown: the test looks at it.
#[derive(Debug)]
struct Looks(rustls::crypto::CryptoProvider);

impl ServerCertVerifier for Looks {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// The certificate that is shown at `address`, and the answer to a request for the front page.
fn look(address: SocketAddr) -> std::io::Result<(Vec<u8>, String)> {
    let provider = Arc::new(ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let looks = Arc::new(Looks(ring::default_provider()));
    let config = config.unwrap().dangerous().with_custom_certificate_verifier(looks);
    let config = Arc::new(config.with_no_client_auth());
    let name = ServerName::try_from("localhost").unwrap();
    let mut connection = ClientConnection::new(config, name).unwrap();
    let mut socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let shown = connection.peer_certificates().and_then(<[_]>::first).expect("a certificate");
    Ok((shown.to_vec(), String::from_utf8_lossy(&answer).into_owned()))
}

/// An edition at this address, with these lines at the end of its settings.
fn edition(url: &str, tls: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let init = Command::new(OVN)
        .args(["init", "edition", "--origin", "localhost", "--url", url])
        .current_dir(home.path())
        .output()
        .unwrap();
    assert!(init.status.success(), "{init:?}");
    let path = home.path().join("edition/ovn.toml");
    let toml = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{toml}\n[tls]\n{tls}")).unwrap();
    home
}

fn serve(home: &Path, port: u16) -> (Running, SocketAddr) {
    let mut child = Command::new(OVN)
        .args(["serve", "edition", "--port", &port.to_string()])
        .current_dir(home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("https://").expect(&line).parse().unwrap();
    (Running(child), address)
}

fn write_pair(folder: &Path, host: &str) -> Vec<u8> {
    let made = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
    fs::write(folder.join("chain.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.key_pair.serialize_pem()).unwrap();
    made.cert.der().to_vec()
}

fn until<T>(what: impl Fn() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = what() {
            return found;
        }
        assert!(since.elapsed() < Duration::from_secs(60), "it never happened");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn files_are_read_again_at_a_hangup() {
    let home = edition("https://localhost", "cert = \"chain.pem\"\nkey = \"key.pem\"\n");
    let folder = home.path().join("edition");
    let old = write_pair(&folder, "localhost");
    let (server, address) = serve(home.path(), 0);
    let (shown, answer) = look(address).unwrap();
    assert_eq!(shown, old);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let hangup = || Command::new("kill").args(["-HUP", &server.0.id().to_string()]).status();
    fs::write(folder.join("key.pem"), "half written").unwrap();
    assert!(hangup().unwrap().success());
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(look(address).unwrap().0, old);
    let new = write_pair(&folder, "localhost");
    assert!(hangup().unwrap().success());
    until(|| (look(address).unwrap().0 == new).then_some(()));
}

#[test]
fn a_certificate_that_is_none_is_said_before_anybody_is_served() {
    let home = edition("https://localhost", "cert = \"chain.pem\"\nkey = \"key.pem\"\n");
    let serve = || {
        let mut command = Command::new(OVN);
        let output = command.args(["serve", "edition", "--port", "0"]).current_dir(home.path());
        let output = output.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(serve().contains("chain.pem: No such file"));
    write_pair(&home.path().join("edition"), "localhost");
    fs::write(home.path().join("edition/key.pem"), "nothing").unwrap();
    assert!(serve().contains("the key can't be read as PEM"));
}

fn pebble() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(PEBBLE) {
        return Some(path.into());
    }
    let found = std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join("pebble"))
        .find(|path| path.is_file());
    if found.is_none() {
        eprintln!(
            "skipped: there is no authority to ask; install Debian's pebble, or set {PEBBLE}"
        );
    }
    found
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_certificate_is_asked_for_and_kept() {
    let Some(pebble) = pebble() else { return };
    let (own, authority, management) = (free_port(), free_port(), free_port());
    let tls = format!(
        "acme = \"desk@news.example\"\ndirectory = \"https://localhost:{authority}/dir\"\nroots = \"../chain.pem\"\n"
    );
    let home = edition(&format!("https://localhost:{own}"), &tls);
    write_pair(home.path(), "localhost");
    let config = serde_json::json!({"pebble": {
        "listenAddress": format!("127.0.0.1:{authority}"),
        "managementListenAddress": format!("127.0.0.1:{management}"),
        "certificate": "chain.pem", "privateKey": "key.pem",
        "httpPort": 1, "tlsPort": own, "ocspResponderURL": "", "externalAccountBindingRequired": false,
    }});
    fs::write(home.path().join("pebble.json"), config.to_string()).unwrap();
    let started = Command::new(pebble)
        .args(["-config", "pebble.json"])
        .env("PEBBLE_VA_NOSLEEP", "1")
        .env("PEBBLE_WFE_NONCEREJECT", "0")
        .current_dir(home.path())
        .stdout(fs::File::create(home.path().join("pebble.log")).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let pebble = Running(started);
    until(|| TcpStream::connect(("127.0.0.1", authority)).ok());
    let (server, address) = serve(home.path(), own);
    let issued = |bytes: &[u8]| bytes.windows(6).any(|part| part == b"Pebble");
    let (shown, answer) = until(|| look(address).ok().filter(|(shown, _)| issued(shown)));
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(server);
    // What was issued is kept: the next process shows it although the authority is gone.
    drop(pebble);
    let (_server, address) = serve(home.path(), own);
    assert_eq!(until(|| look(address).ok()).0, shown);
}
