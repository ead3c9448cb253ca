//! Passwords that are known from breaches, in a list that the operator keeps: no password and no part of one ever
//! leaves the machine.
use sha1::{Digest as _, Sha1};

/// A list of hashes of known passwords.
pub trait BreachedPasswords: Send + Sync {
    /// Whether the list holds this SHA-1, in 40 upper-case hexadecimal characters.
    fn holds(&self, sha1: &str) -> std::io::Result<bool>;
}

/// No list is kept.
pub struct NoBreachedPasswords;

impl BreachedPasswords for NoBreachedPasswords {
    fn holds(&self, _: &str) -> std::io::Result<bool> {
        Ok(false)
    }
}

/// The form in which lists of breached passwords are published.
pub(crate) fn listed_form(password: &str) -> String {
    use std::fmt::Write as _;
    let digest = Sha1::digest(password.as_bytes());
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_that_of_the_published_lists() {
        assert_eq!(
            listed_form("password"),
            "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"
        );
    }
}
