//! The reference: nginx (Debian package) with the same bytes in the same encodings as static files.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::child::{self, Server};
use super::http::{Answer, Client};

/// Headers that nginx makes itself, or that belong to one answer.
const OWN: [&str; 11] = [
    "content-type",
    "content-length",
    "content-encoding",
    "etag",
    "last-modified",
    "vary",
    "date",
    "accept-ranges",
    "connection",
    "server",
    "cache-control",
];

/// Writes what `server` answers for `targets` into `root`, as it is and in gzip, for [`start`]; bytes written.
pub(super) fn copy(server: SocketAddr, targets: &[String], root: &Path) -> Result<u64, String> {
    let share = targets.len().div_ceil(2).max(1);
    let parts: Vec<Result<u64, String>> = std::thread::scope(|scope| {
        let works: Vec<_> = targets
            .chunks(share)
            .map(|part| scope.spawn(move || copy_part(server, part, root)))
            .collect();
        let wait = |work: std::thread::ScopedJoinHandle<'_, Result<u64, String>>| {
            work.join().unwrap_or_else(|_| Err("a copier fell".to_owned()))
        };
        works.into_iter().map(wait).collect()
    });
    parts.into_iter().sum()
}

fn copy_part(server: SocketAddr, targets: &[String], root: &Path) -> Result<u64, String> {
    let mut client = Client::connect(server).map_err(|error| error.to_string())?;
    let mut bytes = 0;
    for target in targets {
        for (coding, ending) in [("identity", ""), ("gzip", ".gz")] {
            let answer =
                client.get(target, coding).map_err(|error| format!("{target}: {error}"))?;
            if answer.status != 200 {
                return Err(format!("{target} was answered with {}", answer.status));
            }
            let path = root.join(format!("{}{ending}", target.trim_start_matches('/')));
            let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
            folder
                .and_then(|()| fs::write(&path, &answer.body))
                .map_err(|error| format!("{}: {error}", path.display()))?;
            bytes += answer.body.len() as u64;
        }
    }
    Ok(bytes)
}

/// The headers of `answer` that nginx has to be told to send.
pub(super) fn extra(answer: &Answer) -> Vec<(String, String)> {
    let told = |(name, _): &&(String, String)| !OWN.contains(&name.as_str());
    answer.headers.iter().filter(told).cloned().collect()
}

/// The most files that a worker is asked to keep open: 100,000 articles in two encodings, and room.
const FILES: u64 = 250_000;

/// What a worker opens besides: its connections, both ends of each that it proxies, and its own files.
const OTHERS: u64 = 10_000;

/// How many open files a worker may have; `CAP_SYS_RESOURCE` (capability 24) lets it have more than the hard limit.
///
/// Without a limit of its own, a worker that keeps more files open than it may can accept no connection any more.
fn open_files(limits: &str, status: &str, most: u64) -> u64 {
    let able = column(status, "CapEff:", 0)
        .and_then(|text| u64::from_str_radix(text, 16).ok())
        .is_some_and(|bits| bits >> 24 & 1 == 1);
    let hard = column(limits, "Max open files", 1).and_then(|text| text.parse().ok());
    (FILES + OTHERS).min(if able { most } else { hard.unwrap_or(most) })
}

/// A word of the line that begins so, counted from 0 after that.
fn column<'a>(text: &'a str, line: &str, at: usize) -> Option<&'a str> {
    text.lines().find_map(|found| found.strip_prefix(line))?.split_whitespace().nth(at)
}

/// [`open_files`] of this machine and process.
fn open_files_here() -> u64 {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let most = read("/proc/sys/fs/nr_open").trim().parse().unwrap_or(1 << 20);
    open_files(&read("/proc/self/limits"), &read("/proc/self/status"), most)
}

/// The configuration: files by `sendfile`, known open, encoded before, nothing logged, a worker for each core, and
/// connections kept as long as ours are.
fn configuration(
    home: &Path,
    root: &Path,
    port: u16,
    headers: &[(String, String)],
    open: u64,
) -> String {
    let mut add = String::new();
    for (name, value) in headers {
        add += &format!(
            "    add_header {name} \"{}\";\n",
            value.replace('"', "\\\"").replace('$', "")
        );
    }
    format!(
        "daemon off;\nworker_processes auto;\nworker_rlimit_nofile {open};\npid {home}/nginx.pid;\nerror_log {home}/error.log crit;\n\
         events {{ worker_connections 8192; }}\nhttp {{\n  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  \
         keepalive_requests 100000000;\n  open_file_cache max={kept} inactive=600s;\n  open_file_cache_valid 600s;\n  \
         gzip_static on;\n  gzip_vary on;\n  default_type \"text/html; charset=utf-8\";\n  \
         client_body_temp_path {home}/body;\n  proxy_temp_path {home}/proxy;\n  fastcgi_temp_path {home}/fastcgi;\n  \
         uwsgi_temp_path {home}/uwsgi;\n  scgi_temp_path {home}/scgi;\n  server {{\n    \
         listen 127.0.0.1:{port} backlog=4096;\n    root {root};\n{add}  }}\n}}\n",
        kept = open.saturating_sub(OTHERS).max(open / 2),
        home = home.display(),
        root = root.display()
    )
}

/// Starts nginx on the files in `root`, with `headers` on every answer.
pub(super) fn start(
    scratch: &Path,
    name: &str,
    root: &Path,
    headers: &[(String, String)],
) -> Result<Server, String> {
    let home: PathBuf = scratch.join(name);
    let address = child::free()?;
    let path = home.join("nginx.conf");
    let text = configuration(&home, root, address.port(), headers, open_files_here());
    fs::create_dir_all(&home)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let mut command = Command::new("nginx");
    command.arg("-c").arg(&path).arg("-e").arg(home.join("error.log")).arg("-p").arg(&home);
    Server::start(&mut command, Some(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_headers_are_asked_for() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let answer = Answer {
            headers: vec![header("etag", "\"x\""), header("x-frame-options", "DENY")],
            ..Answer::default()
        };
        let extra = extra(&answer);
        assert_eq!(extra, [header("x-frame-options", "DENY")]);
        let text = configuration(Path::new("/h"), Path::new("/r"), 7, &extra, 20_000);
        assert!(
            text.contains("worker_rlimit_nofile 20000;") && text.contains("max=10000 "),
            "{text}"
        );
        assert!(text.contains("listen 127.0.0.1:7 ") && text.contains("root /r;"), "{text}");
        assert!(text.contains("add_header x-frame-options \"DENY\";"), "{text}");
    }

    #[test]
    fn no_more_files_are_kept_open_than_may_be() {
        let limits = "Limit Soft Hard Units\nMax open files            1024      20000     files\n";
        let check = |capabilities: &str, most: u64, expected: u64| {
            let status = format!("Name:\tx\nCapEff:\t{capabilities}\n");
            assert_eq!(open_files(limits, &status, most), expected, "{capabilities} {most}");
        };
        check("000001ffffffffff", 1 << 20, FILES + OTHERS);
        check("000001ffffffffff", 65_536, 65_536);
        check("0000000001000000", 1 << 20, FILES + OTHERS);
        check("0000000000000000", 1 << 20, 20_000);
        check("0000000000800000", 1 << 20, 20_000);
        assert_eq!(open_files("", "", 65_536), 65_536);
    }
}
