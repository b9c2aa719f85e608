//! Trust policies: what is read, what is refused, and what makes a quorum.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use ovn_tlog::policy::LineError;
use ovn_tlog::{
    Checkpoint, CheckpointError, Cosigner, Hash, KeyError, Note, NoteError, Policy, PolicyError,
    Signer,
};

fn log(seed: u8) -> Signer {
    Signer::from_seed("example.com/log", &[seed; 32]).unwrap()
}

fn witness(seed: u8) -> Cosigner {
    Cosigner::from_seed(&format!("w{seed}.example"), &[seed; 32]).unwrap()
}

/// The policy with `L` and `W1` to `W9` filled in as keys.
fn filled(policy: &str) -> Vec<u8> {
    let mut text = policy.replace("<L>", &log(100).verifier().to_string());
    for seed in 1..=9 {
        text = text.replace(&format!("<W{seed}>"), &witness(seed).verifier().to_string());
    }
    text.into_bytes()
}

fn checkpoint(witnesses: &[u8]) -> Note {
    let checkpoint = Checkpoint::new("example.com/log", 42, Hash([5; 32])).unwrap();
    let note = checkpoint.sign(&log(100)).unwrap();
    let text = checkpoint.format();
    witnesses.iter().fold(note, |note, seed| {
        note.with(witness(*seed).cosign(&text, u64::from(*seed)).unwrap()).unwrap()
    })
}

const SPECIFICATION: &str = "log <L>

witness X1 <W1>
witness X2 <W2>
witness X3 <W3>
group X-witnesses 2 X1 X2 X3

witness Y1 <W4>
witness Y2 <W5>
witness Y3 <W6>
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
";

#[test]
fn the_specifications_example_decides() {
    let policy = Policy::parse(&filled(SPECIFICATION)).unwrap();
    let check = |witnesses: &[u8], expected: bool| {
        let accepted = policy.check(&checkpoint(witnesses));
        match expected {
            true => {
                let accepted = accepted.unwrap();
                assert_eq!(accepted.checkpoint.size(), 42);
                let times: Vec<_> = accepted.cosigned.iter().filter_map(|one| one.time).collect();
                let mut known: Vec<u64> = witnesses
                    .iter()
                    .filter(|seed| **seed <= 6)
                    .map(|seed| (*seed).into())
                    .collect();
                known.sort_unstable();
                assert_eq!(times, known);
            }
            false => assert_eq!(accepted, Err(PolicyError::Quorum), "{witnesses:?}"),
        }
    };
    check(&[1, 2, 4], true);
    check(&[4, 3, 1], true);
    check(&[1, 2, 3, 4, 5, 6], true);
    check(&[1, 2, 6, 9], true);
    check(&[], false);
    check(&[1, 2, 3], false);
    check(&[1, 4, 5, 6], false);
    check(&[4, 5, 6], false);
    check(&[7, 8, 9], false);
}

#[test]
fn quorums_of_each_kind() {
    let check = |policy: &str, witnesses: &[u8], expected: bool| {
        let policy = Policy::parse(&filled(policy)).unwrap();
        assert_eq!(policy.check(&checkpoint(witnesses)).is_ok(), expected, "{witnesses:?}");
    };
    check("log <L>\nquorum none\n", &[], true);
    check("log <L>\nwitness a <W1>\nquorum none\n", &[], true);
    check("log <L>\nwitness a <W1>\nquorum a\n", &[], false);
    check("log <L>\nwitness a <W1>\nquorum a\n", &[1], true);
    check("witness a <W1>\nlog <L>\nquorum a\n", &[2], false);
    check(
        "log <L>\nwitness all <W1>\nwitness any <W2>\ngroup group 2 all any\nquorum group\n",
        &[1, 2],
        true,
    );
    check(
        "log <L>\nwitness all <W1>\nwitness any <W2>\ngroup group 2 all any\nquorum group\n",
        &[2],
        false,
    );
}

#[test]
fn only_the_policys_logs_sign() {
    let policy = Policy::of_log(log(100).verifier().clone());
    assert_eq!(policy.check(&checkpoint(&[])).unwrap().checkpoint.size(), 42);
    let unsigned = || Err(PolicyError::Checkpoint(CheckpointError::Note(NoteError::Unsigned)));
    assert_eq!(Policy::of_log(log(101).verifier().clone()).check(&checkpoint(&[])), unsigned());
    // A witness of the policy is no log of it.
    let witnessed = Policy::parse(&filled("witness a <W1>\nquorum a\n")).unwrap();
    assert_eq!(witnessed.check(&checkpoint(&[1])), unsigned());
    // A log of the policy speaks for its own origin only.
    let other = Checkpoint::new("example.com/other", 42, Hash([5; 32])).unwrap().format();
    let forged = Note::new(&other, vec![log(100).sign(&other)]).unwrap();
    let refused = CheckpointError::OtherLog {
        expected: "example.com/log".to_owned(),
        found: "example.com/other".to_owned(),
    };
    assert_eq!(policy.check(&forged), Err(PolicyError::Checkpoint(refused)));
}

#[test]
fn a_known_witness_that_signs_wrongly_refuses_the_note() {
    let policy = Policy::parse(&filled("log <L>\nwitness a <W1>\nquorum none\n")).unwrap();
    let elsewhere = witness(1).cosign("another text\n", 7).unwrap();
    let note = checkpoint(&[]).with(elsewhere).unwrap();
    assert!(matches!(
        policy.check(&note),
        Err(PolicyError::Checkpoint(CheckpointError::Note(NoteError::BadSignature { .. })))
    ));
}

#[test]
fn layout_is_free_and_octets_are_opaque() {
    let spaced = filled(
        "\n# comment \x09 \u{e9}\n\t # another\n\twitness \t K\u{212a}  <W1>   https://w.example/  \n\n  quorum\tK\u{212a}\n",
    );
    let policy = Policy::parse(&spaced).unwrap();
    assert_eq!(policy.witnesses()[0].name, "K\u{212a}".as_bytes());
    assert_eq!(policy.witnesses()[0].url.as_deref(), Some(&b"https://w.example/"[..]));
    let octets = [&b"witness \x80\xff "[..], &filled("<W1>\nquorum ")[..], b"\x80\xff\n"].concat();
    assert_eq!(Policy::parse(&octets).unwrap().witnesses()[0].name, b"\x80\xff");
    assert_eq!(Policy::parse(b"quorum none\n").unwrap().logs().len(), 0);
}

#[test]
fn faults_are_named_with_their_line() {
    let check = |policy: &str, line: usize, problem: LineError| {
        let expected = Err(PolicyError::Line { line, problem });
        assert_eq!(Policy::parse(&filled(policy)), expected, "{policy}");
    };
    check("quorum none\n\u{1}\n", 2, LineError::Control);
    check("quorum none\r\n", 1, LineError::Control);
    check("# \u{7f}\n", 1, LineError::Control);
    check("quibble w1\n", 1, LineError::Keyword);
    check("log\nquorum none\n", 1, LineError::Words);
    check("log <L> u # comment\n", 1, LineError::Words);
    check("witness a\n", 1, LineError::Words);
    check("witness a <W1> u # comment\n", 1, LineError::Words);
    check("witness a <W1>\ngroup g 1\n", 2, LineError::Words);
    check("quorum\n", 1, LineError::Words);
    check("log garbage\n", 1, LineError::Key(KeyError::Form));
    check("log <W1>\n", 1, LineError::KeyKind);
    check("witness a <L>\n", 1, LineError::KeyKind);
    check("log <L>\nlog <L> https://log.example/\n", 2, LineError::SameKey);
    check("witness a <W1>\nwitness b <W1>\n", 2, LineError::SameKey);
    check("witness a <W1>\nwitness a <W2>\n", 2, LineError::SameName);
    check("witness a <W1>\ngroup a any a\n", 2, LineError::SameName);
    check("witness none <W1>\n", 1, LineError::SameName);
    check("witness a <W1>\ngroup none any a\n", 2, LineError::SameName);
    check("witness a <W1>\ngroup g 0 a\n", 2, LineError::Threshold);
    check("witness a <W1>\ngroup g 2 a\n", 2, LineError::Threshold);
    check("witness a <W1>\ngroup g -1 a\n", 2, LineError::Threshold);
    check("witness a <W1>\ngroup g 01 a\n", 2, LineError::Threshold);
    check("group g any a\nwitness a <W1>\n", 1, LineError::UnknownName);
    check("witness a <W1>\ngroup g any g\n", 2, LineError::UnknownName);
    check("witness a <W1>\ngroup g any none a\n", 2, LineError::UnknownName);
    check("witness a <W1>\ngroup g all a a\n", 2, LineError::SecondMembership);
    check("witness a <W1>\ngroup g any a\ngroup h any a\n", 3, LineError::SecondMembership);
    check("witness a <W1>\nquorum a\nquorum a\n", 3, LineError::SecondQuorum);
    check("quorum a\nwitness a <W1>\n", 1, LineError::UnknownName);
    assert_eq!(Policy::parse(b""), Err(PolicyError::NoQuorum));
    assert_eq!(Policy::parse(&filled("witness a <W1>\n")), Err(PolicyError::NoQuorum));
    assert_eq!(Policy::parse(b"quorum none"), Err(PolicyError::Unterminated));
}

#[test]
fn a_key_under_two_names_is_one_key() {
    let renamed = Cosigner::from_seed("impostor.example", &[1; 32]).unwrap();
    let text = format!("witness a <W1>\nwitness b {}\nquorum a\n", renamed.verifier());
    let expected = PolicyError::Line { line: 2, problem: LineError::SameKey };
    assert_eq!(Policy::parse(&filled(&text)), Err(expected));
}

#[test]
fn large_policies_are_read_and_huge_ones_refused() {
    let policy = |count: u8| {
        let mut text = String::new();
        for seed in 0..count {
            let log =
                Signer::from_seed(&format!("l{seed}"), &[seed, 1].repeat(16).try_into().unwrap());
            text += &format!("log {}\n", log.unwrap().verifier());
            let one =
                Cosigner::from_seed(&format!("w{seed}"), &[seed, 2].repeat(16).try_into().unwrap());
            text += &format!("witness w{seed} {}\n", one.unwrap().verifier());
            text += &format!("group g{seed} any w{seed}\n");
        }
        text + "quorum g0\n"
    };
    let read = Policy::parse(policy(40).as_bytes()).unwrap();
    assert_eq!((read.logs().len(), read.witnesses().len(), read.groups().len()), (40, 40, 40));
    let mut groups = String::from_utf8(filled("witness a <W1>\ngroup g0 any a\n")).unwrap();
    (1..300).for_each(|n| groups += &format!("group g{n} any g{}\n", n - 1));
    let expected = PolicyError::Line { line: 258, problem: LineError::TooMany };
    assert_eq!(Policy::parse(groups.as_bytes()), Err(expected));
}
