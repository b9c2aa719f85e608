//! A real PostgreSQL server for tests, thrown away with the process that asked for it.
//!
//! One server a process, in a temporary folder, on a Unix socket there; a database for each test. A shell stands between:
//! when the test process ends, however it ends, the shell's input does, and it stops the server and removes the folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Set to `skip` by somebody who has no PostgreSQL and wants the other tests.
pub const VARIABLE: &str = "OVN_TEST_POSTGRES";
/// Said when there is no server program.
pub const MISSING: &str = "PostgreSQL's server programs are missing: install Debian's package postgresql (or whatever brings \
    initdb and postgres), or set OVN_TEST_POSTGRES=skip to leave these tests out";
/// Runs the server until the input ends; a line of the input stops it as a crash would, the next one starts it again.
const SCRIPT: &str = "dir=$1; shift; server=; flip() { if [ -n \"$server\" ]; then kill -QUIT $server; wait $server; server=; \
    else \"$@\" >>\"$dir/log\" 2>&1 & server=$!; fi; }; flip \"$@\"; while read -r _; do flip \"$@\"; done; \
    [ -z \"$server\" ] || flip; rm -rf \"$dir\"";
/// Makes an authority, and a certificate of it for `localhost`, in the folder `$1`.
const CERTIFICATES: &str = "cd \"$1\"; new='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'; \
    openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj /CN=authority && \
    openssl req -x509 $new -keyout other.key -out other.pem -days 2 -subj /CN=other && \
    openssl req $new -keyout server.key -out server.csr -subj /CN=localhost && \
    echo subjectAltName=DNS:localhost >names && openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key \
    -CAcreateserial -days 2 -extfile names -out server.pem && chmod 600 server.key && chmod 644 *.pem";

/// A running server.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    /// The port on which it takes encrypted connections only.
    port: Option<u16>,
    /// Dropping its input stops the server.
    shell: Mutex<Child>,
}

/// The server of this process; `None` when its tests are to be skipped, which is said.
///
/// # Panics
/// When there is no PostgreSQL, or it does not start; the sentence says what to do.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        if std::env::var(VARIABLE).is_ok_and(|value| value == "skip") {
            return None;
        }
        Some(Server::start(&programs().unwrap_or_else(|| panic!("{MISSING}")), None))
    });
    if server.is_none() {
        eprintln!("skipped: {VARIABLE} asks to leave out the tests on PostgreSQL");
    }
    server.as_ref()
}

/// A server for one test alone, which may stop it; `encrypted` ones take encrypted connections on a port as well. `None` as
/// for [`server`].
///
/// # Panics
/// As [`server`].
pub fn another(encrypted: bool) -> Option<&'static Server> {
    let programs = &server()?.programs;
    let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    Some(Box::leak(Box::new(Server::start(programs, encrypted.then(free)))))
}

/// Whether the server's programs are on this machine.
#[must_use]
pub fn is_there() -> bool {
    programs().is_some()
}

/// A database for a test whose file is compiled into `on_postgres.rs`, which runs every story once more; `None` for the
/// same test in its own program, where the edition keeps its rows in a file. `module` is the test's `module_path!()`.
///
/// # Panics
/// As [`server`].
#[must_use]
pub fn database_for(module: &str) -> Option<Database> {
    module.starts_with("on_postgres::").then(server).flatten().map(Server::database)
}

/// The environment of an edition that has its rows in `database`; of one that keeps them in a file when there is none.
pub fn environment(database: Option<&Database>) -> impl Fn(&str) -> Option<String> + use<> {
    let address = database.map(Database::address);
    move |name| address.clone().filter(|_| name == "OVN_DATABASE")
}

/// The newest folder that has `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    let number = |folder: &PathBuf| {
        let version = folder.parent().and_then(Path::file_name);
        version.and_then(|name| name.to_str()?.parse::<u32>().ok()).unwrap_or(0)
    };
    folders.sort_by_key(|folder| std::cmp::Reverse(number(folder)));
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders
        .into_iter()
        .find(|folder| ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file()))
}

/// A command as a user that the server accepts, which is anybody but root.
fn unprivileged(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.env("LC_ALL", "C.UTF-8");
    command
}

fn is_root() -> bool {
    said(Command::new("id").arg("-u").output().expect("the command id")) == "0"
}

fn said(output: Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "a command of the PostgreSQL test server failed: {told}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

impl Server {
    fn start(programs: &Path, port: Option<u16>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("ovn-pg-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).unwrap();
        if is_root() {
            let owner = Command::new("chown").arg("postgres:postgres").arg(&folder).output();
            said(owner.expect("the command chown"));
        }
        let data = folder.join("data");
        let mut made = unprivileged(&programs.join("initdb"));
        made.current_dir(&folder).arg("-D").arg(&data);
        made.args(["-U", "ovn", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        said(made.output().expect("initdb"));
        if port.is_some() {
            let mut made = unprivileged(Path::new("/bin/sh"));
            said(made.args(["-c", CERTIFICATES, "sh"]).arg(&folder).output().expect("openssl"));
            let rights = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n";
            std::fs::write(data.join("pg_hba.conf"), rights).unwrap();
        }
        let mut shell = unprivileged(Path::new("/bin/sh"));
        shell.current_dir(&folder).args(["-c", SCRIPT, "sh"]).arg(&folder);
        shell.arg(programs.join("postgres")).arg("-D").arg(&data).arg("-k").arg(&folder);
        // What is tested is not the server's own durability, and the disk is shared.
        for setting in ["fsync=off", "max_connections=400", "shared_buffers=64MB"] {
            shell.args(["-c", setting]);
        }
        match port {
            None => shell.args(["-c", "listen_addresses="]),
            Some(port) => {
                shell.args(["-c", "listen_addresses=127.0.0.1", "-c", "ssl=on", "-p", "5432"]);
                shell.args([
                    "-c",
                    &format!("ssl_cert_file={}", folder.join("server.pem").display()),
                ]);
                shell
                    .args(["-c", &format!("ssl_key_file={}", folder.join("server.key").display())]);
                shell.args(["-c", &format!("port={port}")])
            }
        };
        let shell = shell.stdin(Stdio::piped()).spawn().expect("a shell for the server");
        let server = Self { folder, programs: programs.to_owned(), port, shell: Mutex::new(shell) };
        server.answers();
        // The product's own user may do nothing but own its databases.
        server.run("postgres", "CREATE ROLE desk LOGIN").unwrap();
        server
    }

    fn answers(&self) {
        let since = Instant::now();
        while self.run("postgres", "SELECT 1").is_err() {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(since.elapsed() < Duration::from_secs(60), "PostgreSQL did not start: {log}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn flip(&self) {
        let mut shell = self.shell.lock().unwrap();
        shell.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    /// Ends the server at once, as a crash would.
    pub fn stop(&self) {
        self.flip();
        let socket = self.socket();
        while UnixStream::connect(&socket).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Starts a server that was stopped, and waits until it answers.
    pub fn begin(&self) {
        self.flip();
        self.answers();
    }

    fn socket(&self) -> PathBuf {
        self.folder.join(format!(".s.PGSQL.{}", self.port.unwrap_or(5432)))
    }

    fn run(&self, database: &str, sql: &str) -> Result<String, String> {
        let mut command = Command::new(self.programs.join("psql"));
        command.arg("-h").arg(&self.folder).args(["-U", "ovn", "-d", database, "-XAtq"]);
        command.args(["-p", &self.port.unwrap_or(5432).to_string()]);
        let output = command.args(["-v", "ON_ERROR_STOP=1", "-c", sql]).output().expect("psql");
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// Makes an empty database.
    #[must_use]
    pub fn database(&'static self) -> Database {
        self.copy("template0")
    }

    fn copy(&'static self, template: &str) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("edition_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.run("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template} OWNER desk"))
            .unwrap();
        Database { server: self, name }
    }
}

/// A database on the server.
#[derive(Debug, Clone)]
pub struct Database {
    server: &'static Server,
    name: String,
}

impl Database {
    /// Its address, for `database` in the settings.
    #[must_use]
    pub fn address(&self) -> String {
        let folder = self.server.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://desk@{folder}:{}/{}", self.server.port.unwrap_or(5432), self.name)
    }

    /// Its address on the port of an encrypted server, under the name `host`, trusting the authority in the file `trusted`
    /// of the server's folder: `ca.pem`, or `other.pem`, which is not the server's.
    ///
    /// # Panics
    /// When the server has no port.
    #[must_use]
    pub fn encrypted(&self, host: &str, trusted: &str) -> String {
        let (port, file) = (self.server.port.unwrap(), self.server.folder.join(trusted));
        format!(
            "postgres://desk@{host}:{port}/{}?sslmode=verify-full&sslrootcert={}",
            self.name,
            file.display()
        )
    }

    /// The folder of the server's socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.server.socket()
    }

    /// The database's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs `sql`, and gives what it says, a line a row.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn run(&self, sql: &str) -> String {
        self.server.run(&self.name, sql).unwrap()
    }

    /// A copy of the whole database, as it is on the disk: an operator's backup.
    #[must_use]
    pub fn copy(&self) -> Self {
        self.leave();
        self.server.copy(&self.name)
    }

    /// Lets nobody connect any more and ends what is connected, or lets everybody connect again.
    pub fn close(&self, closed: bool) {
        let sql = format!("ALTER DATABASE {} ALLOW_CONNECTIONS {}", self.name, !closed);
        self.server.run("postgres", &sql).unwrap();
        if closed {
            self.end_all("");
        }
    }

    /// Ends every connection to it, as an administrator would, and waits until they are gone. Whoever connects again
    /// meanwhile stays.
    pub fn leave(&self) {
        let now = self.server.run("postgres", "SELECT clock_timestamp()").unwrap();
        self.end_all(&format!("AND backend_start <= '{now}'"));
    }

    fn end_all(&self, which: &str) {
        let others = format!("FROM pg_stat_activity WHERE datname = '{}' {which}", self.name);
        let run = |sql: &str| self.server.run("postgres", sql).unwrap();
        let what = "pid, backend_type, application_name, state, wait_event, backend_start, query";
        let since = Instant::now();
        loop {
            let left = run(&format!("SELECT {what} {others}"));
            if left.is_empty() {
                return;
            }
            run(&format!("SELECT pg_terminate_backend(pid) {others}"));
            assert!(since.elapsed() < Duration::from_secs(30), "they do not end: {left}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Makes a change here that ends after `seconds`.
    pub fn change_for(&self, seconds: f64) {
        self.run(&format!("SELECT pg_current_xact_id(), pg_sleep({seconds})"));
    }

    /// Whether somebody makes a change here.
    #[must_use]
    pub fn changes(&self) -> bool {
        let changing = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
            AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL";
        self.run(changing) != "0"
    }

    /// The server's number for the process that holds the lock of sealing; empty when none does.
    #[must_use]
    pub fn sealing(&self) -> String {
        self.who_seals().unwrap()
    }

    /// As [`Database::sealing`], of a server that may just be starting again.
    ///
    /// # Errors
    /// What it says instead.
    pub fn who_seals(&self) -> Result<String, String> {
        self.server.run(
            &self.name,
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND database = \
             (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
    }

    /// Ends the session that has this number for the server, if it is still there.
    pub fn end(&self, number: &str) {
        let _ = self.server.run(&self.name, &format!("SELECT pg_terminate_backend({number})"));
    }

    /// Ends the session of whoever seals; says whether there was one.
    pub fn cut_sealing(&self) -> bool {
        let pid = self.sealing();
        !pid.is_empty() && self.run(&format!("SELECT pg_terminate_backend({pid})")) == "t"
    }

    /// Every file of the database's tables and indexes, with its bytes.
    #[must_use]
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.run("CHECKPOINT");
        let oid = self.run("SELECT oid FROM pg_database WHERE datname = current_database()");
        let folder = self.server.folder.join("data/base").join(oid);
        let files = std::fs::read_dir(folder).unwrap().flatten().map(|file| file.path());
        files.filter_map(|path| std::fs::read(&path).ok().map(|bytes| (path, bytes))).collect()
    }
}
