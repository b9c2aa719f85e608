//! A form with a file, as a browser or anybody else sends it: its media type in the first line, then its body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_site::newsroom::form_with_file;

fuzz_target!(|bytes: &[u8]| {
    let cut = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (media, rest) = bytes.split_at(cut);
    let media = String::from_utf8_lossy(media);
    for (media, body) in [(&*media, rest.get(1..).unwrap_or_default()), ("multipart/form-data; boundary=cut", bytes)] {
        if let Some((fields, _, file)) = form_with_file(media, body, &["title", "kind"]) {
            assert!(fields.keys().all(|name| matches!(name.as_str(), "title" | "kind")));
            assert!(file.len() <= body.len());
        }
    }
});
