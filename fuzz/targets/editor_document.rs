//! A document of the editor: what is read is written again byte for byte, and what becomes of it is read by the file's reader.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovn_edition::{check, editor, markdown, model::Article};

fuzz_target!(|bytes: &[u8]| {
    let Ok(sheet) = editor::read(bytes) else { return };
    let written = sheet.write();
    assert_eq!(editor::read(written.as_bytes()).as_ref(), Ok(&sheet), "{written}");
    let article = sheet.onto(&Article::default());
    if check::article(&article).is_empty() {
        let file = markdown::write(&article);
        assert_eq!(markdown::read(file.as_bytes()).as_ref(), Ok(&article), "{file}");
    }
});
