//! The connection to PostgreSQL, encrypted: whom it trusts, and that nothing goes beside it.
#![allow(missing_docs, clippy::unwrap_used)]

use ovn_edition::leaf::{Kind, Leaf};
use ovn_store::{Batch, Facts, StagedEntry, Writer};
use ovn_tests::postgres;

#[test]
fn an_encrypted_connection_trusts_one_authority_and_one_name() {
    let Some(server) = postgres::another(true) else { return };
    let (home, database) = (tempfile::tempdir().unwrap(), server.database());
    let refused = |address: &str, expected: &str| {
        let error = Writer::open(home.path(), Some(address)).unwrap_err().to_string();
        assert!(error.contains(expected), "{address}: {error}");
    };
    refused(&database.encrypted("localhost", "other.pem"), "certificate");
    refused(&database.encrypted("127.0.0.1", "ca.pem"), "certificate");
    let plain = database.encrypted("localhost", "ca.pem").replace("verify-full", "disable");
    refused(plain.split("&sslrootcert").next().unwrap(), "no encryption");
    let address = database.encrypted("localhost", "ca.pem");
    let mut writer = Writer::open(home.path(), Some(&address)).unwrap();
    let leaf = Leaf {
        log: "news.example".into(),
        kind: Kind::Snapshot,
        article: None,
        at: 1,
        commit: [1; 32],
    };
    let (leaf, document) = (leaf.bytes().unwrap(), b"{\"blocks\":[],\"v\":1}".to_vec());
    let entry = StagedEntry { seq: 0, leaf, document, facts: Facts::default() };
    writer.stage(&Batch { entries: vec![entry], files: Vec::new() }).unwrap();
    writer.mark_published(b"checkpoint of 1").unwrap();
    let encrypted = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
        WHERE application_name LIKE 'ovn%'";
    assert_eq!(database.run(encrypted), "t");
    assert_eq!(writer.reader().unwrap().size().unwrap(), 1);
}
