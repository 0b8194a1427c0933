//! Passwords, hashed and verified. Knows argon2id and what one hash costs; never whose password it is. Nobody gets more than a few
//! hashes at once out of a machine: whoever comes beyond a queue is told to come again.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use backlog::id::Bits128;
use backlog::person::Password;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory of one hash, in KiB: 19 MiB, with two passes and one lane, as OWASP's cheat sheet on password storage has it.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes computed at once: each takes a core and its memory.
const AT_ONCE: usize = 2;
/// How many may wait for their turn. At 20 ms each, the last of them waits for a second.
const WAITING: usize = 64;

/// What is verified where there is no account, or none with a password, so that the answer costs the same. No password is known for it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdC4uLg$o7jb7WoWyXkEwjZbn8m0vcvFJgBTgTc8Y8JQS9OM4WI";

/// A hashed password as a PHC string, such as `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`. It does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    /// Takes what was kept.
    pub fn kept(text: String) -> Hashed {
        Hashed(text)
    }

    /// The PHC string, to be kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(..)")
    }
}

/// Whether a password is the one that was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not.
    Wrong,
    /// It is.
    Right,
    /// It is, and its hash is made as hashes were made once: make another.
    RightButDated,
}

/// Too many wait for a hash already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

impl fmt::Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many passwords are being verified at the moment; try again")
    }
}

impl std::error::Error for Busy {}

/// Hashes passwords, a few at once. Cheap to clone; all clones share one queue.
#[derive(Clone, Debug)]
pub struct Passwords {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    computed: Arc<AtomicU64>,
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords {
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            computed: Arc::default(),
        }
    }
}

impl Passwords {
    /// Hashes a password with a salt that was never used.
    pub async fn hash(&self, password: Password, salt: Bits128) -> Result<Hashed, Busy> {
        self.in_turn(move || hash(&password, salt)).await
    }

    /// Verifies a password against what was kept; `None` where nothing was, which is never right and costs the same.
    pub async fn verify(&self, password: Password, kept: Option<Hashed>) -> Result<Verdict, Busy> {
        self.in_turn(move || verify(&password, kept.as_ref())).await
    }

    /// How many hashes were computed so far: what the answers cost.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// Computes on a thread that may take its time. The turn ends with the computation, even where nobody waits for it any more.
    async fn in_turn<T: Send + 'static>(&self, compute: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| Busy)?;
        // Neither is ever closed, so an error cannot be.
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Busy)?;
        self.computed.fetch_add(1, Ordering::Relaxed);
        let computing = tokio::task::spawn_blocking(move || {
            let _held: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (place, turn);
            compute()
        });
        // The runtime ends, or the computation panicked, which it does on no input.
        computing.await.map_err(|_| Busy)
    }
}

fn hash(password: &Password, salt: Bits128) -> Hashed {
    let hashed = argon2id().hash_password_with_salt(password.reveal().as_bytes(), &salt.0.to_be_bytes());
    Hashed(
        hashed
            .expect("16 bytes are a salt, and the parameters stand above")
            .to_string(),
    )
}

fn verify(password: &Password, kept: Option<&Hashed>) -> Verdict {
    let nobody = PasswordHash::new(NOBODY).expect("it is a PHC string");
    // What cannot be read is nobody's.
    let known = kept.and_then(|kept| PasswordHash::new(kept.as_str()).ok());
    let right = argon2id()
        .verify_password(password.reveal().as_bytes(), known.as_ref().unwrap_or(&nobody))
        .is_ok();
    match known {
        Some(known) if right && is_dated(&known) => Verdict::RightButDated,
        Some(_) if right => Verdict::Right,
        Some(_) | None => Verdict::Wrong,
    }
}

fn is_dated(known: &PasswordHash) -> bool {
    let present = Params::try_from(known)
        .is_ok_and(|found| (found.m_cost(), found.t_cost(), found.p_cost()) == (MEMORY, PASSES, LANES));
    known.algorithm.as_str() != "argon2id" || known.version != Some(Version::V0x13.into()) || !present
}

fn argon2id() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None).expect("the parameters stand above and are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests;
