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

/// The configuration: files by `sendfile`, known open, encoded before, nothing logged, a worker for each core, and
/// connections kept as long as ours are.
fn configuration(home: &Path, root: &Path, port: u16, headers: &[(String, String)]) -> String {
    let mut add = String::new();
    for (name, value) in headers {
        add += &format!(
            "    add_header {name} \"{}\";\n",
            value.replace('"', "\\\"").replace('$', "")
        );
    }
    format!(
        "daemon off;\nworker_processes auto;\npid {home}/nginx.pid;\nerror_log {home}/error.log crit;\n\
         events {{ worker_connections 8192; }}\nhttp {{\n  access_log off;\n  sendfile on;\n  tcp_nopush on;\n  \
         keepalive_requests 100000000;\n  open_file_cache max=250000 inactive=600s;\n  open_file_cache_valid 600s;\n  \
         gzip_static on;\n  gzip_vary on;\n  default_type \"text/html; charset=utf-8\";\n  \
         client_body_temp_path {home}/body;\n  proxy_temp_path {home}/proxy;\n  fastcgi_temp_path {home}/fastcgi;\n  \
         uwsgi_temp_path {home}/uwsgi;\n  scgi_temp_path {home}/scgi;\n  server {{\n    \
         listen 127.0.0.1:{port} backlog=4096;\n    root {root};\n{add}  }}\n}}\n",
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
    let text = configuration(&home, root, address.port(), headers);
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
        let text = configuration(Path::new("/h"), Path::new("/r"), 7, &extra);
        assert!(text.contains("listen 127.0.0.1:7 ") && text.contains("root /r;"), "{text}");
        assert!(text.contains("add_header x-frame-options \"DENY\";"), "{text}");
    }
}
