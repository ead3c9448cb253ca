//! Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's floor), off the async threads.
use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::{CaseError, CaseResult};

/// Kibibytes of memory per hash.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;

fn hasher() -> CaseResult<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(CaseError::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password with a fresh salt. Slow on purpose: never call it on an async thread.
pub fn hash_password(password: &str) -> CaseResult<String> {
    Ok(hasher()?
        .hash_password(password.as_bytes())
        .map_err(CaseError::internal)?
        .to_string())
}

/// Whether the password fits the hash. Slow on purpose: never call it on an async thread.
pub fn verify_password(password: &str, hash: &str) -> bool {
    let (Ok(hasher), Ok(parsed)) = (hasher(), PasswordHash::new(hash)) else {
        return false;
    };
    hasher.verify_password(password.as_bytes(), &parsed).is_ok()
}

/// Whether a hash was made with weaker settings than today's, and is to be made again when its password is
/// next at hand.
pub(crate) fn is_outdated(hash: &str) -> bool {
    let now = format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$");
    !hash.starts_with(&now)
}

/// Hashes on a blocking thread, with at most a few at one time.
pub(crate) async fn hash_aside(slots: &Arc<Semaphore>, password: String) -> CaseResult<String> {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .map_err(CaseError::internal)?;
    let hashed = tokio::task::spawn_blocking(move || {
        let hashed = hash_password(&password);
        drop(slot);
        hashed
    });
    hashed.await.map_err(CaseError::internal)?
}

/// Verifies on a blocking thread, with at most a few at one time.
pub(crate) async fn verify_aside(
    slots: &Arc<Semaphore>,
    password: String,
    hash: String,
) -> CaseResult<bool> {
    let slot = Arc::clone(slots)
        .acquire_owned()
        .await
        .map_err(CaseError::internal)?;
    let fits = tokio::task::spawn_blocking(move || {
        let fits = verify_password(&password, &hash);
        drop(slot);
        fits
    });
    fits.await.map_err(CaseError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("correct horse").unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify_password("correct horse", &hash));
        assert!(!verify_password("wrong horse", &hash));
        assert!(!verify_password("correct horse", "not a hash"));
    }
}
