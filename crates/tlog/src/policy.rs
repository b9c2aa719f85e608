//! Trust policies of C2SP tlog-policy: which logs, which witnesses, and how many of them.

mod error;
mod parse;

pub use error::{LineError, PolicyError};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::key::VerifierKey;
use crate::note::{Note, NoteError, Verified};

/// The most logs, witnesses or groups a policy may have; tlog-policy asks for at least 32 of each.
pub const MAX_EACH: usize = 256;

/// A log of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key, whose name is its origin.
    pub key: VerifierKey,
    /// Where it may be reached; opaque bytes.
    pub url: Option<Vec<u8>>,
}

/// A witness of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name within the policy; opaque bytes without ASCII space.
    pub name: Vec<u8>,
    /// Its key.
    pub key: VerifierKey,
    /// Where it may be reached; opaque bytes.
    pub url: Option<Vec<u8>>,
}

/// What a quorum or a member of a group stands for: an index into the witnesses or the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// A witness, counted from 0 in the order of the lines.
    Witness(usize),
    /// A group, counted likewise; always one defined before its user.
    Group(usize),
}

/// A group of a policy: it has witnessed when `threshold` of its members have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyGroup {
    /// Its name within the policy.
    pub name: Vec<u8>,
    /// From 1 to the number of members.
    pub threshold: usize,
    /// Witnesses and groups, each of them a member of this group alone.
    pub members: Vec<Member>,
}

/// Which logs are accepted, and whose cosignatures a checkpoint needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<PolicyGroup>,
    quorum: Option<Member>,
}

/// A checkpoint that satisfies a policy, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The witnesses of the policy that cosigned, with their times, quorum or not.
    pub cosigned: Vec<Verified>,
}

impl Policy {
    /// The policy of one log and no witness: `log <key>`, `quorum none`.
    #[must_use]
    pub fn of_log(key: VerifierKey) -> Self {
        let logs = vec![PolicyLog { key, url: None }];
        Self { logs, witnesses: Vec::new(), groups: Vec::new(), quorum: None }
    }

    /// Reads a policy file.
    ///
    /// # Errors
    /// [`PolicyError::Line`] with the line's number, [`PolicyError::Unterminated`] or
    /// [`PolicyError::NoQuorum`].
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        parse::policy(bytes)
    }

    /// The logs that are accepted.
    #[must_use]
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }

    /// The witnesses that are known, whether or not the quorum needs them.
    #[must_use]
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// The groups, each after those it refers to.
    #[must_use]
    pub fn groups(&self) -> &[PolicyGroup] {
        &self.groups
    }

    /// What must have witnessed; `None` for `quorum none`.
    #[must_use]
    pub fn quorum(&self) -> Option<Member> {
        self.quorum
    }

    /// Checks a signed checkpoint: signed by one of the logs under its own name, no known key's
    /// signature wrong, and cosigned according to the quorum.
    ///
    /// # Errors
    /// [`PolicyError::Checkpoint`] or [`PolicyError::Quorum`].
    pub fn check(&self, note: &Note) -> Result<Accepted, PolicyError> {
        let log_keys = self.logs.iter().map(|log| &log.key);
        let known: Vec<VerifierKey> =
            log_keys.chain(self.witnesses.iter().map(|one| &one.key)).cloned().collect();
        let verified = note.verify(&known)?;
        let by = |key: &VerifierKey| {
            verified.iter().find(|one| one.name == key.name() && one.id == key.id())
        };
        let mut signed = self.logs.iter().filter(|log| by(&log.key).is_some()).peekable();
        let first =
            signed.peek().map(|log| log.key.name().to_owned()).ok_or(NoteError::Unsigned)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if !signed.any(|log| log.key.name() == checkpoint.origin()) {
            let found = checkpoint.origin().to_owned();
            return Err(CheckpointError::OtherLog { expected: first, found }.into());
        }
        let present: Vec<bool> = self.witnesses.iter().map(|one| by(&one.key).is_some()).collect();
        if !self.is_quorum(&present) {
            return Err(PolicyError::Quorum);
        }
        let cosigned = self.witnesses.iter().filter_map(|one| by(&one.key).cloned()).collect();
        Ok(Accepted { checkpoint, cosigned })
    }

    /// Whether these witnesses (one flag each) make the quorum. Groups come after their members,
    /// so one pass decides them all.
    fn is_quorum(&self, witnesses: &[bool]) -> bool {
        let mut groups: Vec<bool> = Vec::new();
        let has = |member: &Member, groups: &[bool]| match member {
            Member::Witness(index) => witnesses.get(*index) == Some(&true),
            Member::Group(index) => groups.get(*index) == Some(&true),
        };
        for group in &self.groups {
            let count = group.members.iter().filter(|member| has(member, &groups)).count();
            groups.push(count >= group.threshold);
        }
        self.quorum.is_none_or(|quorum| has(&quorum, &groups))
    }
}
