//! Forms with files: whole, cut, doubled, lying.
#![allow(clippy::unwrap_used)]

use super::*;
use hyper::header::{HeaderMap, HeaderValue};
use hyper::{Method, Uri};

fn ask(media: &str, body: &[u8]) -> Ask {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::try_from(media).unwrap());
    let address = "127.0.0.1".parse().unwrap();
    let (method, uri) = (Method::POST, Uri::from_static("/drafts/1/pictures"));
    Ask { method, uri, headers, body: Bytes::copy_from_slice(body), address }
}

fn part(head: &str, body: &[u8]) -> Vec<u8> {
    [b"--line\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", body, b"\r\n"]
        .concat()
}

const END: &[u8] = b"--line--\r\n";
const FORM: &str = "multipart/form-data; boundary=line";

#[test]
fn case_029_a_form_with_a_file_is_read_whole_or_not_at_all() {
    let file = part("name=\"file\"; filename=\"../a b.jpg\"", b"\xff\xd8\r\n--lin\0");
    let alt = part("name=\"alt\"", "ایک پل".as_bytes());
    let check = |media: &str, body: &[u8], expected: Option<&str>| {
        let found = read(&ask(media, body), &["alt", "token"]);
        let found = found.map(|(form, upload)| {
            assert_eq!(upload.bytes.as_ref(), b"\xff\xd8\r\n--lin\0");
            assert_eq!(upload.name, "../a b.jpg");
            form.get("alt").to_owned()
        });
        assert_eq!(found.as_deref(), expected, "{}", String::from_utf8_lossy(body));
    };
    let whole = [&alt[..], &file, END].concat();
    check(FORM, &whole, Some("ایک پل"));
    check(FORM, &[&file[..], END].concat(), Some(""));
    // Cut anywhere before its last line, it is none.
    for end in 0..whole.len() - END.len() + 7 {
        check(FORM, whole.get(..end).unwrap(), None);
    }
    check(FORM, &[&alt[..], END].concat(), None);
    check(FORM, &[&file[..], &file, END].concat(), None);
    check(FORM, &[&alt[..], &alt, &file, END].concat(), None);
    check(FORM, &[&part("name=\"role\"", b"administrator")[..], &file, END].concat(), None);
    check(FORM, &[&part("name=\"alt\"", b"\xff")[..], &file, END].concat(), None);
    check(FORM, &[&part("name=\"alt\"", &[b'a'; 70_000])[..], &file, END].concat(), None);
    check(FORM, &[&alt[..], &part("name=\"file\"", b"no name")[..], END].concat(), None);
    check("multipart/form-data", &whole, None);
    check("multipart/form-data; boundary=other", &whole, None);
    check(FORM, b"", None);
}
