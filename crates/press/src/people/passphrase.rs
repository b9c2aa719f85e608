//! Passphrases: the rules, and argon2id (RFC 9106), a few at a time so that signing in never holds up publishing.
//!
//! 19 MiB, 2 passes, 1 lane: the least that OWASP's cheat sheet names, chosen for the smallest servers. The parameters stand in
//! each hash (PHC string format), so that stronger ones can come later.

use super::{Error, Refusal};
use crate::seal::Chance;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most bytes that are looked at.
pub const LONGEST: usize = 1024;
/// The fewest different characters.
const DIFFERENT: usize = 5;
/// Hashes that are made at once.
const AT_ONCE: usize = 2;
/// Who waits for a turn; one more is told that it is busy.
const WAITING: usize = 32;
/// How long a turn is waited for.
const PATIENCE: Duration = Duration::from_secs(8);

/// Where hashes are made and compared.
pub(super) struct Kiln {
    argon: Argon2<'static>,
    chance: Chance,
    /// The hash of nothing that anybody knows, compared with where there is nobody, so that both take the same time.
    nobody: String,
    turns: Mutex<Turns>,
    freed: Condvar,
}

#[derive(Default)]
struct Turns {
    used: usize,
    waiting: usize,
}

impl Kiln {
    pub(super) fn new(chance: &Chance) -> Result<Self, Error> {
        let params = Params::new(19 * 1024, 2, 1, None).map_err(chance_error)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let (chance, turns, freed) = (Chance::clone(chance), Mutex::default(), Condvar::new());
        let mut kiln = Self { argon, chance, nobody: String::new(), turns, freed };
        let mut secret = [0; 32];
        (kiln.chance)(&mut secret).map_err(Error::Chance)?;
        kiln.nobody = kiln.make(&secret)?;
        Ok(kiln)
    }

    /// The hash of a passphrase, as a PHC string.
    pub(super) fn hash(&self, passphrase: &str) -> Result<String, Error> {
        let _turn = self.turn()?;
        self.make(passphrase.as_bytes())
    }

    /// Whether this is the passphrase of that hash; the same work where there is no hash.
    pub(super) fn matches(&self, passphrase: &str, hash: Option<&str>) -> Result<bool, Error> {
        // Cut before the work, not after it: nobody has one that is longer.
        let long = passphrase.len() > LONGEST;
        let given = if long { "" } else { passphrase };
        // Whoever has only passkeys has no hash either.
        let hash = hash.filter(|hash| !hash.is_empty());
        let _turn = self.turn()?;
        let kept = PasswordHash::new(hash.unwrap_or(&self.nobody));
        let same =
            kept.is_ok_and(|kept| self.argon.verify_password(given.as_bytes(), &kept).is_ok());
        Ok(same && hash.is_some() && !long)
    }

    fn make(&self, bytes: &[u8]) -> Result<String, Error> {
        let mut salt = [0; 16];
        (self.chance)(&mut salt).map_err(Error::Chance)?;
        let hash = self.argon.hash_password_with_salt(bytes, &salt).map_err(chance_error)?;
        Ok(hash.to_string())
    }

    fn turn(&self) -> Result<Turn<'_>, Error> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.waiting >= WAITING {
            return Err(Refusal::Busy.into());
        }
        turns.waiting += 1;
        let end = Instant::now() + PATIENCE;
        while turns.used >= AT_ONCE {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                turns.waiting -= 1;
                return Err(Refusal::Busy.into());
            }
            turns = self.freed.wait_timeout(turns, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        turns.waiting -= 1;
        turns.used += 1;
        Ok(Turn(self))
    }
}

fn chance_error(error: impl std::fmt::Display) -> Error {
    Error::Chance(error.to_string())
}

struct Turn<'a>(&'a Kiln);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.turns.lock().unwrap_or_else(PoisonError::into_inner).used -= 1;
        self.0.freed.notify_one();
    }
}

/// Whether somebody with these names may choose this passphrase. It is taken as it is, every byte of it.
///
/// # Errors
/// [`Refusal::Short`], [`Refusal::Long`], [`Refusal::Simple`].
pub fn check(passphrase: &str, names: &[&str]) -> Result<(), Refusal> {
    if passphrase.len() > LONGEST {
        return Err(Refusal::Long);
    }
    let signs: Vec<char> = passphrase.chars().collect();
    if signs.len() < SHORTEST {
        return Err(Refusal::Short);
    }
    let mut different = signs.clone();
    different.sort_unstable();
    different.dedup();
    let lower = passphrase.to_lowercase();
    // What remains when a name that everybody knows is taken out has to be a passphrase too.
    let named = names.iter().map(|name| name.to_lowercase()).any(|name| {
        name.chars().count() > 2 && lower.replace(&name, "").chars().count() < SHORTEST / 2
    });
    let counts = signs.windows(2).filter(|pair| follows(pair)).count() + 2 >= signs.len();
    if different.len() < DIFFERENT || named || counts || passphrase.contains('\0') {
        return Err(Refusal::Simple);
    }
    Ok(())
}

/// `12`, `ba`: signs that are neighbours in the alphabet.
fn follows(pair: &[char]) -> bool {
    let [a, b] = pair else { return false };
    u32::from(*a).abs_diff(u32::from(*b)) <= 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::seal::system_chance;

    #[test]
    fn case_062_what_may_be_a_passphrase() {
        let check = |passphrase: &str, expected: Result<(), Refusal>| {
            assert_eq!(
                check(passphrase, &["Amina Khan", "amina", "The Lantern"]),
                expected,
                "{passphrase}"
            );
        };
        check("quiet river at noon", Ok(()));
        check("صبح کی خاموش گلی", Ok(()));
        check(" two blanks around  ", Ok(()));
        check(&"long words ".repeat(90), Ok(()));
        check("short one", Err(Refusal::Short));
        check("", Err(Refusal::Short));
        check(&"x".repeat(1025), Err(Refusal::Long));
        check(&"y".repeat(1 << 20), Err(Refusal::Long));
        check("aaaaaaaaaaaaaaaa", Err(Refusal::Simple));
        check("123456789012345", Err(Refusal::Simple));
        check("abcdefghijklmnop", Err(Refusal::Simple));
        check("Amina Khan 12", Err(Refusal::Simple));
        check("the lantern!!", Err(Refusal::Simple));
        check("quiet river\0 at noon", Err(Refusal::Simple));
    }

    #[test]
    fn case_062_every_byte_counts_and_long_ones_cost_nothing_more() {
        let kiln = Kiln::new(&system_chance()).unwrap();
        let hash = kiln.hash(" quiet river ").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let check = |given: &str, expected: bool| {
            assert_eq!(kiln.matches(given, Some(&hash)).unwrap(), expected, "{given:?}");
        };
        check(" quiet river ", true);
        check("quiet river", false);
        check(" Quiet river ", false);
        check(&" quiet river ".repeat(100_000), false);
        assert!(!kiln.matches(" quiet river ", None).unwrap());
    }
}
