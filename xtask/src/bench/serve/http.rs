//! Just enough of HTTP/1.1 to ask loopback servers for a page: the benchmark's own reader, not a client.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A connection that is kept between questions.
pub(super) struct Client {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Client {
    pub(super) fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(10))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_write_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream, read: Vec::new() })
    }

    /// Asks for `target` in `coding`, and reads the whole answer.
    pub(super) fn get(&mut self, target: &str, coding: &str) -> io::Result<Answer> {
        let lines = request(target, coding);
        self.stream.write_all(lines.as_bytes())?;
        let mut piece = [0; 16 * 1024];
        loop {
            if let Some((answer, used)) = parse(&self.read) {
                self.read.drain(..used);
                return Ok(answer);
            }
            match self.stream.read(&mut piece)? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                count => self.read.extend(piece.iter().take(count)),
            }
        }
    }
}

/// The lines that ask for `target` in `coding`.
pub(super) fn request(target: &str, coding: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {coding}\r\n\r\n")
}

/// One question on a connection of its own.
pub(super) fn get(address: SocketAddr, target: &str, coding: &str) -> io::Result<Answer> {
    Client::connect(address)?.get(target, coding)
}

/// The first whole answer in `bytes` and its length; `None` while part of it is missing.
fn parse(bytes: &[u8]) -> Option<(Answer, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let pair = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    };
    let mut answer = Answer { status, headers: lines.filter_map(pair).collect(), body: Vec::new() };
    let length: usize =
        answer.header("content-length").map_or(Some(0), |text| text.parse().ok())?;
    let whole = end + 4 + length;
    answer.body = bytes.get(end + 4..whole)?.to_vec();
    Some((answer, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_when_they_are_whole() {
        let check = |text: &str, expected: Option<(u16, &str, usize)>| {
            let found = parse(text.as_bytes());
            let short = found.as_ref().map(|(answer, used)| {
                (answer.status, String::from_utf8_lossy(&answer.body).into_owned(), *used)
            });
            assert_eq!(short, expected.map(|(s, b, u)| (s, b.to_owned(), u)), "{text:?}");
        };
        check("", None);
        check("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab", None);
        check("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP", Some((200, "abc", 41)));
        check("HTTP/1.1 304 Not Modified\r\n\r\n", Some((304, "", 29)));
        check("nonsense\r\n\r\n", None);
    }
}
