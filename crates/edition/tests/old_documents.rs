//! Documents that earlier versions sealed are read, committed to and shown as they were.
#![allow(clippy::unwrap_used, missing_docs)]

use ovn_edition::{
    hex,
    html::{self, View},
    sealed::{self, Document},
};

/// A correction of the demonstration, sealed before documents had replies, answers and the desk's report.
const BEFORE_THE_DESK: &[u8] = include_bytes!("../fixtures/sealed/before-the-desk.json");
const COMMIT: &str = include_str!("../fixtures/sealed/before-the-desk.commit");

#[test]
fn a_document_without_a_report() {
    let document = Document::read(BEFORE_THE_DESK).unwrap();
    assert_eq!(document.bytes().unwrap(), BEFORE_THE_DESK);
    assert_eq!(hex::encode(&document.commit().unwrap()), COMMIT.trim());
    assert_eq!(sealed::report(&document).unwrap(), None);
    let (article, _) = sealed::article(&document).unwrap();
    assert!(article.answers.is_empty() && article.replies.is_empty());
    insta::assert_snapshot!(html::document(&document, &View::default()).unwrap());
}
