//! Signed notes, keys, checkpoints and cosignatures against published values and hostile input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use ovn_tlog::{
    Checkpoint, CheckpointError, Cosigner, EncodingError, Hash, KeyError, KeyKind, Note, NoteError,
    Signer, VerifierKey, empty_root, leaf_hash,
};

/// The key, seed, text and signature that the Go note package is tested with.
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SEED: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_SIG: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_SIG: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

fn peter() -> Signer {
    let seed = ovn_tlog::encoding::from_base64(PETER_SEED).unwrap();
    Signer::from_seed("PeterNeumann", seed[1..].try_into().unwrap()).unwrap()
}

#[test]
fn signs_as_the_go_implementation_does() {
    let signer = peter();
    assert_eq!(signer.verifier().to_string(), PETER);
    let note = Note::new(TEXT, vec![signer.sign(TEXT)]).unwrap();
    assert_eq!(note.to_string(), format!("{TEXT}\n{PETER_SIG}"));
}

#[test]
fn secrets_are_not_shown() {
    let seed = ovn_tlog::encoding::from_base64(PETER_SEED).unwrap();
    let witness = Cosigner::from_seed("w", seed[1..].try_into().unwrap()).unwrap();
    for shown in [format!("{:?}", peter()), format!("{witness:?}")] {
        assert!(shown.ends_with("seed not shown)"), "{shown}");
        assert!(!shown.contains("81") && !shown.contains("129"), "{shown}");
    }
}

#[test]
fn known_keys_are_checked_and_others_passed_over() {
    let check = |lines: &str, known: &[&str], expected: Result<&[&str], NoteError>| {
        let known: Vec<VerifierKey> = known.iter().map(|text| key(text)).collect();
        let note = Note::parse(format!("{TEXT}\n{lines}").as_bytes()).unwrap();
        assert_eq!(note.text(), TEXT);
        let names = note.verify(&known).map(|all| all.into_iter().map(|one| one.name).collect());
        assert_eq!(
            names,
            expected.map(|all| all.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())
        );
    };
    let both = format!("{PETER_SIG}{ENOCH_SIG}");
    let (p, e) = ("PeterNeumann", "EnochRoot");
    check(&both, &[PETER], Ok(&[p]));
    check(&both, &[PETER, ENOCH], Ok(&[p, e]));
    check(&both, &[ENOCH, PETER], Ok(&[p, e]));
    check(&both, &[], Err(NoteError::Unsigned));
    check(ENOCH_SIG, &[PETER], Err(NoteError::Unsigned));
    check(&format!("{PETER_SIG}{PETER_SIG}"), &[PETER], Ok(&[p]));
    check(PETER_SIG, &[PETER, PETER], Ok(&[p]));
    check(&PETER_SIG.repeat(100), &[PETER], Ok(&[p]));
    // A wrong signature refuses the note, whatever else is on it.
    let bad = PETER_SIG.replace("/ZJku", "/ZJkv");
    let refused = || Err(NoteError::BadSignature { name: p.to_owned(), id: 0xc74f_20a3 });
    check(&bad, &[PETER], refused());
    check(&format!("{PETER_SIG}{bad}"), &[PETER, ENOCH], refused());
    check(&format!("{ENOCH_SIG}{bad}"), &[PETER, ENOCH], refused());
    check(&format!("{ENOCH_SIG}{bad}"), &[ENOCH], Ok(&[e]));
}

#[test]
fn malformed_notes_are_refused_with_their_line() {
    let check = |note: &[u8], expected: NoteError| {
        assert_eq!(Note::parse(note), Err(expected), "{}", String::from_utf8_lossy(note));
    };
    let with = |lines: &str| format!("{TEXT}\n{lines}").into_bytes();
    check(b"", NoteError::NoSignatures);
    check(TEXT.as_bytes(), NoteError::NoSignatures);
    check(format!("{TEXT}\n").as_bytes(), NoteError::NoSignatures);
    check(&with(PETER_SIG.trim_end()), NoteError::Unterminated);
    check(&with(&PETER_SIG.replace('\n', "\r\n")), NoteError::Control(4));
    check(format!("\u{1}{TEXT}\n{PETER_SIG}").as_bytes(), NoteError::Control(1));
    check(format!("a\tb\n\n{PETER_SIG}").as_bytes(), NoteError::Control(1));
    check(&[b"a\xff\n\n", PETER_SIG.as_bytes()].concat(), NoteError::NotUtf8(1));
    let line_4 = NoteError::SignatureEncoding { line: 4, error: EncodingError::Base64 };
    check(&with(&PETER_SIG.replace("Peter", "Peter ")), line_4.clone());
    check(&with(&PETER_SIG.replace("AM=", "AM==")), line_4.clone());
    check(&with(&PETER_SIG.replace("AM=", "AN=")), line_4);
    check(&with(&PETER_SIG.replace("Peter", "Peter+")), NoteError::SignatureName(4));
    check(&with(&PETER_SIG.replace("Peter", "Peter\u{a0}")), NoteError::SignatureName(4));
    check(&with("—  x08go/ZJkuBS\n"), NoteError::SignatureName(4));
    check(&with(&format!("{PETER_SIG}Unexpected line.\n")), NoteError::SignatureForm(5));
    check(&with(&PETER_SIG.replace('—', "-")), NoteError::SignatureForm(4));
    check(&with(&PETER_SIG.replace("— ", "—")), NoteError::SignatureForm(4));
    check(&with("— PeterNeumann\n"), NoteError::SignatureForm(4));
    check(&with("— PeterNeumann \n"), NoteError::SignatureShort(4));
    check(&with("— PeterNeumann x08gow==\n"), NoteError::SignatureShort(4));
    check(&with(&PETER_SIG.repeat(101)), NoteError::TooManySignatures);
    check(&vec![b'a'; 1_000_001], NoteError::TooLong(1_000_001));
    assert_eq!(Note::new("abc", vec![peter().sign("abc")]), Err(NoteError::TextEnd));
    assert_eq!(Note::new("abc\n", vec![]), Err(NoteError::NoSignatures));
    assert_eq!(Note::new("a\rc\n", vec![peter().sign("a\rc\n")]), Err(NoteError::Control(1)));
}

#[test]
fn a_text_may_have_empty_lines() {
    let text = "one\n\n\ntwo\n\n";
    let note = Note::new(text, vec![peter().sign(text)]).unwrap();
    let again = Note::parse(note.to_string().as_bytes()).unwrap();
    assert_eq!(again, note);
    assert_eq!(again.verify(&[key(PETER)]).unwrap().len(), 1);
}

#[test]
fn no_part_or_mangling_of_a_key_is_a_key() {
    assert_eq!(key(PETER).to_string(), PETER);
    assert_eq!((key(PETER).name(), key(PETER).id()), ("PeterNeumann", 0xc74f_20a3));
    for start in 0..PETER.len() {
        for end in start..=PETER.len() {
            let part = &PETER[start..end];
            assert_eq!(part.parse::<VerifierKey>().is_ok(), part == PETER, "{part}");
        }
    }
    for at in 0..PETER.len() {
        for bit in 0..7 {
            let mut bytes = PETER.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let mangled = String::from_utf8(bytes).unwrap();
            assert!(mangled.parse::<VerifierKey>().is_err(), "{mangled}");
        }
    }
}

#[test]
fn wrong_keys_are_named() {
    let check = |text: &str, expected: KeyError| {
        assert_eq!(text.parse::<VerifierKey>(), Err(expected), "{text}");
    };
    let long = EncodingError::Length { expected: 33, found: 37 };
    check("PeterNeumann", KeyError::Form);
    check("+c74f20a3+ARpc", KeyError::Name(String::new()));
    check("a b+c74f20a3+ARpc", KeyError::Name("a b".to_owned()));
    check(&PETER.replace("c74f20a3", "C74F20A3"), KeyError::Id);
    check(&PETER.replace("c74f20a3", "c74f20a"), KeyError::Id);
    check(
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        KeyError::Encoding(EncodingError::Base64),
    );
    check(
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEQ==",
        KeyError::Encoding(long),
    );
    check(
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        KeyError::Kind(0x65),
    );
    check(
        &PETER.replace("c74f20a3", "c74f20a4"),
        KeyError::IdMismatch { stated: 0xc74f_20a4, computed: 0xc74f_20a3 },
    );
}

#[test]
fn checkpoints_are_three_lines() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let check = |text: String, expected: Option<CheckpointError>| {
        let parsed = text.parse::<Checkpoint>();
        match expected {
            None => assert_eq!(parsed.unwrap().to_string(), text),
            Some(error) => assert_eq!(parsed, Err(error), "{text:?}"),
        }
    };
    check(format!("example.com/behind-the-sofa\n20852163\n{root}\n"), None);
    check(format!("go.sum database tree\n9223372036854775807\n{root}\n"), None);
    check(format!("o\n0\n{}\n", empty_root().to_base64()), None);
    check(format!("o\n0\n{root}\n"), Some(CheckpointError::EmptyRoot(empty_root())));
    check(format!("o\n1\n{root}"), Some(CheckpointError::Form));
    check("o\n1\n".to_owned(), Some(CheckpointError::Form));
    check(format!("o\n1\n{root}\nmore\n"), Some(CheckpointError::Extension));
    check(format!("o\n1\n{root}\n\n"), Some(CheckpointError::Extension));
    check(format!("o\n1\n{root}\nmore"), Some(CheckpointError::Extension));
    check(format!("\n1\n{root}\n"), Some(CheckpointError::Origin));
    check(format!("o\n01\n{root}\n"), Some(CheckpointError::Size));
    check(format!("o\n\n{root}\n"), Some(CheckpointError::Size));
    check(format!("o\n-1\n{root}\n"), Some(CheckpointError::Size));
    check(format!("o\n9223372036854775808\n{root}\n"), Some(CheckpointError::Size));
    let short = EncodingError::Length { expected: 32, found: 3 };
    check("o\n1\nAAAA\n".to_owned(), Some(CheckpointError::Root(short)));
}

#[test]
fn a_checkpoint_opens_with_its_own_key_only() {
    let signer = Signer::from_seed("example.com/log", &[1; 32]).unwrap();
    let other = Signer::from_seed("example.com/log", &[2; 32]).unwrap();
    let renamed = Signer::from_seed("example.com/other", &[1; 32]).unwrap();
    let checkpoint = Checkpoint::new("example.com/log", 5, leaf_hash(b"x")).unwrap();
    let signed = checkpoint.sign(&signer).unwrap().to_string();
    assert_eq!(Checkpoint::open(signed.as_bytes(), signer.verifier()), Ok(checkpoint.clone()));
    let unsigned = CheckpointError::Note(NoteError::Unsigned);
    assert_eq!(Checkpoint::open(signed.as_bytes(), other.verifier()), Err(unsigned));
    // A key that signs under another name, honestly or not, does not speak for this log.
    let text = checkpoint.format();
    let foreign = Note::new(&text, vec![renamed.sign(&text)]).unwrap().to_string();
    let expected = CheckpointError::OtherLog {
        expected: "example.com/other".to_owned(),
        found: "example.com/log".to_owned(),
    };
    assert_eq!(Checkpoint::open(foreign.as_bytes(), renamed.verifier()), Err(expected.clone()));
    assert_eq!(checkpoint.sign(&renamed), Err(expected));
    let witness = Cosigner::from_seed("example.com/log", &[1; 32]).unwrap();
    let refused = CheckpointError::NotALogKey("example.com/log".to_owned());
    assert_eq!(Checkpoint::open(signed.as_bytes(), witness.verifier()), Err(refused));
}

#[test]
fn witnesses_say_when() {
    let log = Signer::from_seed("example.com/log", &[1; 32]).unwrap();
    let witness = Cosigner::from_seed("witness.example/w", &[3; 32]).unwrap();
    assert_eq!(witness.verifier().kind(), KeyKind::Cosignature);
    assert_eq!(witness.verifier().to_string().parse(), Ok(witness.verifier().clone()));
    let checkpoint = Checkpoint::new("example.com/log", 5, Hash([7; 32])).unwrap();
    let text = checkpoint.format();
    let note = checkpoint.sign(&log).unwrap();
    let note = note.with(witness.cosign(&text, 1_679_315_147).unwrap()).unwrap();
    let others = [witness.verifier().clone()];
    let (opened, verified) = Checkpoint::open_with(&note, log.verifier(), &others).unwrap();
    assert_eq!(opened, checkpoint);
    let times: Vec<_> = verified.iter().map(|one| one.time).collect();
    assert_eq!(times, [None, Some(1_679_315_147)]);
    assert_eq!(witness.cosign(&text, u64::MAX), None);
    // The same key under the log's type is another key: its bytes do not count as a cosignature.
    let plain = Signer::from_seed("witness.example/w", &[3; 32]).unwrap();
    assert_ne!(plain.verifier().id(), witness.verifier().id());
    // A witness's signature alone does not make a checkpoint.
    let alone = Note::new(&text, vec![witness.cosign(&text, 1).unwrap()]).unwrap();
    let unsigned = Err(CheckpointError::Note(NoteError::Unsigned));
    assert_eq!(Checkpoint::open_with(&alone, log.verifier(), &others), unsigned);
}

/// The example of the tlog-cosignature specification: its keys are not published, its grammar is.
#[test]
fn the_specifications_example_parses() {
    let text = include_str!("fixtures/cosigned-checkpoint.txt");
    let note = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(note.to_string(), text);
    assert_eq!(note.signatures().len(), 2);
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    assert_eq!(
        (checkpoint.origin(), checkpoint.size()),
        ("example.com/behind-the-sofa", 20_852_163)
    );
    let cosignature = note.signatures()[1].bytes();
    assert_eq!(cosignature.len(), 72);
    assert_eq!(cosignature[..8], 1_679_315_147_u64.to_be_bytes());
}
