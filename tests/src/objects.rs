//! A real S3 server for tests, thrown away with the process that asked for it: `s3s-fs` from the package registry, which keeps objects
//! as files, in a temporary folder, on a port of this machine alone.
//!
//! `make objects` installs it and names it in `OVN_TEST_S3`; without that the tests on it are left out, and say so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Names the server's program.
pub const VARIABLE: &str = "OVN_TEST_S3";
/// Runs the server until the input ends.
const SCRIPT: &str = "dir=$1; shift; \"$@\" >\"$dir.log\" 2>&1 & server=$!; read -r _; kill -KILL $server; \
    wait $server 2>/dev/null; rm -rf \"$dir\" \"$dir.log\"";
/// Who may ask, and the word for it.
const KEY: &str = "desk";
const SECRET: &str = "the-desk-asks";

/// A running server.
#[derive(Debug)]
pub struct Server {
    root: PathBuf,
    port: u16,
    /// Dropping its input stops the server.
    _shell: Child,
}

/// The server of this process; `None` when none is named, which is said.
///
/// # Panics
/// When it does not start.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER
        .get_or_init(|| std::env::var_os(VARIABLE).map(|path| Server::start(Path::new(&path))));
    if server.is_none() {
        eprintln!("skipped: the tests on an object store are run by `make objects`");
    }
    server.as_ref()
}

impl Server {
    fn start(program: &Path) -> Self {
        let name = format!("ovn-s3-{}", std::process::id());
        let root = std::env::temp_dir().join(name);
        std::fs::create_dir(&root).unwrap();
        // A port that was free a moment ago.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", SCRIPT, "sh"]).arg(&root).arg(program);
        shell.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        shell.args(["--access-key", KEY, "--secret-key", SECRET]).arg(&root);
        let shell = shell.stdin(Stdio::piped()).spawn().expect("a shell for the server");
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(since.elapsed() < Duration::from_secs(30), "the S3 server did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { root, port, _shell: shell }
    }

    /// Makes an empty bucket.
    #[must_use]
    pub fn bucket(&'static self) -> Bucket {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("edition-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        std::fs::create_dir(self.root.join(&name)).unwrap();
        Bucket { server: self, name, port: self.port }
    }
}

/// A bucket of the server.
#[derive(Debug, Clone)]
pub struct Bucket {
    server: &'static Server,
    name: String,
    port: u16,
}

impl Bucket {
    /// The same bucket, reached through another port.
    #[must_use]
    pub fn through(&self, port: u16) -> Self {
        Self { port, ..self.clone() }
    }

    /// Address of the record in it, for `record` in the settings.
    #[must_use]
    pub fn address(&self) -> String {
        format!("s3://{}/record", self.name)
    }

    /// The port of the server itself.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// The folder in which the server keeps the bucket's objects, each as a file at its own name.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.server.root.join(&self.name)
    }

    /// The environment of an edition that has its record here.
    pub fn environment(&self) -> impl Fn(&str) -> Option<String> + use<> {
        let (address, endpoint) = (self.address(), format!("http://127.0.0.1:{}", self.port));
        move |name| match name {
            "OVN_RECORD" => Some(address.clone()),
            "AWS_ENDPOINT_URL" => Some(endpoint.clone()),
            "AWS_ACCESS_KEY_ID" => Some(KEY.to_owned()),
            "AWS_SECRET_ACCESS_KEY" => Some(SECRET.to_owned()),
            _ => None,
        }
    }
}
