//! Reading the policy file: lines of words, every octet from 0x80 up opaque.

use crate::encoding::from_decimal;
use crate::key::{KeyKind, VerifierKey};
use crate::policy::{
    LineError, MAX_EACH, Member, Policy, PolicyError, PolicyGroup, PolicyLog, PolicyWitness,
};

/// A policy as far as it has been read.
struct Reading {
    policy: Policy,
    has_quorum: bool,
    /// Names that are members of some group already.
    members: Vec<Member>,
}

pub(super) fn policy(bytes: &[u8]) -> Result<Policy, PolicyError> {
    let policy =
        Policy { logs: Vec::new(), witnesses: Vec::new(), groups: Vec::new(), quorum: None };
    let mut reading = Reading { policy, has_quorum: false, members: Vec::new() };
    let lines = match bytes.split_last() {
        None => return Err(PolicyError::NoQuorum),
        Some((b'\n', lines)) => lines,
        Some(_) => return Err(PolicyError::Unterminated),
    };
    for (line, number) in lines.split(|byte| *byte == b'\n').zip(1..) {
        let add = reading.add(line);
        add.map_err(|problem| PolicyError::Line { line: number, problem })?;
    }
    if reading.has_quorum { Ok(reading.policy) } else { Err(PolicyError::NoQuorum) }
}

fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

impl Reading {
    fn add(&mut self, line: &[u8]) -> Result<(), LineError> {
        if line.iter().any(|byte| (*byte < b' ' && *byte != b'\t') || *byte == 0x7f) {
            return Err(LineError::Control);
        }
        let words: Vec<&[u8]> =
            line.split(|byte| is_space(*byte)).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", key] => self.log(key, None),
            [b"log", key, url] => self.log(key, Some(url)),
            [b"witness", name, key] => self.witness(name, key, None),
            [b"witness", name, key, url] => self.witness(name, key, Some(url)),
            [b"group", name, threshold, members @ ..] if !members.is_empty() => {
                self.group(name, threshold, members)
            }
            [b"quorum", name] => self.quorum(name),
            [b"log" | b"witness" | b"group" | b"quorum", ..] => Err(LineError::Words),
            _ => Err(LineError::Keyword),
        }
    }

    fn log(&mut self, key: &[u8], url: Option<&&[u8]>) -> Result<(), LineError> {
        let key = read_key(key, KeyKind::Ed25519)?;
        let logs = &mut self.policy.logs;
        if logs.iter().any(|log| log.key.public() == key.public()) {
            return Err(LineError::SameKey);
        }
        logs.push(PolicyLog { key, url: url.map(|url| url.to_vec()) });
        limit(logs.len())
    }

    fn witness(&mut self, name: &[u8], key: &[u8], url: Option<&&[u8]>) -> Result<(), LineError> {
        let key = read_key(key, KeyKind::Cosignature)?;
        self.refuse_taken(name)?;
        let witnesses = &mut self.policy.witnesses;
        if witnesses.iter().any(|one| one.key.public() == key.public()) {
            return Err(LineError::SameKey);
        }
        witnesses.push(PolicyWitness {
            name: name.to_vec(),
            key,
            url: url.map(|url| url.to_vec()),
        });
        limit(witnesses.len())
    }

    fn group(&mut self, name: &[u8], threshold: &[u8], names: &[&[u8]]) -> Result<(), LineError> {
        self.refuse_taken(name)?;
        let mut members = Vec::new();
        for name in names {
            let member = self.find(name).ok_or(LineError::UnknownName)?;
            // Each witness then counts towards the quorum in one way only.
            if self.members.contains(&member) {
                return Err(LineError::SecondMembership);
            }
            self.members.push(member);
            members.push(member);
        }
        let threshold = match threshold {
            b"any" => 1,
            b"all" => members.len(),
            number => str::from_utf8(number)
                .ok()
                .and_then(from_decimal)
                .and_then(|number| usize::try_from(number).ok())
                .filter(|number| (1..=members.len()).contains(number))
                .ok_or(LineError::Threshold)?,
        };
        self.policy.groups.push(PolicyGroup { name: name.to_vec(), threshold, members });
        limit(self.policy.groups.len())
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), LineError> {
        if self.has_quorum {
            return Err(LineError::SecondQuorum);
        }
        self.has_quorum = true;
        if name != b"none" {
            self.policy.quorum = Some(self.find(name).ok_or(LineError::UnknownName)?);
        }
        Ok(())
    }

    fn find(&self, name: &[u8]) -> Option<Member> {
        let Policy { witnesses, groups, .. } = &self.policy;
        let witness = witnesses.iter().position(|one| one.name == name).map(Member::Witness);
        witness.or_else(|| groups.iter().position(|one| one.name == name).map(Member::Group))
    }

    fn refuse_taken(&self, name: &[u8]) -> Result<(), LineError> {
        let taken = name == b"none" || self.find(name).is_some();
        if taken { Err(LineError::SameName) } else { Ok(()) }
    }
}

fn read_key(text: &[u8], kind: KeyKind) -> Result<VerifierKey, LineError> {
    // A key's name may be any text but must be UTF-8, as notes are.
    let text = str::from_utf8(text).map_err(|_| crate::key::KeyError::Form)?;
    let key: VerifierKey = text.parse()?;
    if key.kind() == kind { Ok(key) } else { Err(LineError::KeyKind) }
}

fn limit(count: usize) -> Result<(), LineError> {
    if count > MAX_EACH { Err(LineError::TooMany) } else { Ok(()) }
}
