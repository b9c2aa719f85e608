//! Archives as they are written, and read back whatever they hold.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use proptest::prelude::*;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Words";

fn one<'a>(response: &'a [u8], payload: &'a Bytes32) -> Exchange<'a> {
    Exchange {
        url: "https://news.example/a",
        address: "93.184.215.14",
        at: 1_764_068_400_123,
        request: b"GET /a HTTP/1.1\r\nhost: news.example\r\n\r\n",
        response,
        payload,
    }
}

#[test]
fn an_archive_has_its_lines() {
    let payload = sha256(b"<p>Words");
    let archive = write("ovn/0.1.0", &[one(ANSWER, &payload)]);
    insta::assert_snapshot!(String::from_utf8(archive.clone()).unwrap().replace("\r\n", "\n"));
    assert_eq!(archive, write("ovn/0.1.0", &[one(ANSWER, &payload)]));
    let records = read(&archive).unwrap();
    let kinds: Vec<_> = records.iter().map(Record::kind).collect();
    assert_eq!(kinds, ["warcinfo", "response", "request"]);
    assert_eq!(records[1].field("warc-target-uri"), Some("https://news.example/a"));
    let said = answer(records[1].block).unwrap();
    assert_eq!((said.status, said.media.as_str()), (200, "text/html; charset=utf-8"));
    assert_eq!(said.body, b"<p>Words");
}

#[test]
fn days_are_those_of_the_calendar() {
    let check = |at: u64, expected: &str| assert_eq!(date(at), expected);
    check(0, "1970-01-01T00:00:00.000Z");
    check(951_782_399_999, "2000-02-28T23:59:59.999Z");
    check(951_782_400_000, "2000-02-29T00:00:00.000Z");
    check(951_868_800_000, "2000-03-01T00:00:00.000Z");
    check(1_798_761_599_000, "2026-12-31T23:59:59.000Z");
    check(4_107_542_400_000, "2100-03-01T00:00:00.000Z");
}

#[test]
fn pieces_are_put_together() {
    let check = |text: &str, expected: Option<&str>| {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let found = answer(format!("{head}{text}").as_bytes());
        assert_eq!(found.map(|one| one.body), expected.map(|text| text.as_bytes().to_vec()));
    };
    check("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", Some("abcde"));
    check("3\r\nabc\r\n0\r\ntrailer: x\r\n\r\n", Some("abc"));
    check("0\r\n\r\n", Some(""));
    for broken in [
        "",
        "3\r\nab",
        "3\r\nabcd\r\n0\r\n",
        "x\r\nabc\r\n0\r\n",
        "3\r\nabc\r\n",
        "ffffffffffffffff\r\nabc",
        "fffffffffffffffff\r\na",
    ] {
        check(broken, None);
    }
    for none in
        ["", "SSH-2.0-x\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 x\r\n\r\n", "HTTP/1.1 200 OK\r\n"]
    {
        assert_eq!(answer(none.as_bytes()), None, "{none}");
    }
}

#[test]
fn what_was_changed_is_not_read() {
    let payload = sha256(b"<p>Words");
    let archive = write("ovn/0.1.0", &[one(ANSWER, &payload)]);
    let text = String::from_utf8(archive.clone()).unwrap();
    let check = |from: &str, to: &str, why: &str| {
        let error = read(text.replace(from, to).as_bytes()).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    };
    check("<p>Words", "<p>Swords", "does not end where it says");
    check("<p>Words", "<p>Wards", "not what its digest says");
    check("Content-Length: 3", "Content-Length: -3", "no length");
    check("Content-Length: ", "Content-Length: 9999", "longer than the archive");
    check("WARC/1.1", "WARC/9.9", "does not begin with WARC/1.1");
    assert!(read(&archive[..archive.len() - 1]).is_err());
    assert_eq!(read(b"").unwrap(), []);
}

proptest! {
    #[test]
    fn whatever_was_answered_comes_back(
        url in "https://\\PC{0,30}[\r\n]?\\PC{0,5}",
        response in proptest::collection::vec(any::<u8>(), 0..400),
        request in proptest::collection::vec(any::<u8>(), 0..40),
        at in 0_u64..4_102_444_800_000,
    ) {
        let payload = sha256(&response);
        let exchange = Exchange {
            url: &url, address: "::1", at, request: &request, response: &response, payload: &payload,
        };
        let archive = write("ovn", &[exchange, exchange]);
        let records = read(&archive).unwrap();
        prop_assert_eq!(records.len(), 5);
        prop_assert_eq!(records[1].block, &response[..]);
        prop_assert_eq!(records[4].block, &request[..]);
        let kept: String = url.chars().filter(|letter| !letter.is_control()).collect();
        prop_assert_eq!(records[3].field("WARC-Target-URI"), Some(kept.trim()));
    }

    #[test]
    fn no_bytes_make_it_fall(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "(WARC/1.1\r\n(Content-Length: [0-9]{1,20}\r\n)?\r\n\\PC{0,9}(\r\n){0,3}){0,3}") {
        let _ = read(&bytes);
        let _ = read(text.as_bytes());
        let _ = answer(&bytes);
    }
}
