//! Makes the cluster once, with a random superuser password that only this account can read.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::EmbeddedError;
use crate::binaries::Binaries;
use crate::cluster::SUPERUSER;
use crate::error::file_error;
use crate::place::{Place, write_secret};

/// UTF-8 with byte order, the same on every machine; `C` where the system knows no `C.UTF-8`.
const LOCALES: [&str; 2] = ["C.UTF-8", "C"];

/// 192 random bits as hexadecimal: no character of it needs quoting anywhere.
pub(crate) fn new_password() -> String {
    let bytes: [u8; 24] = rand::random();
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Runs `initdb` beside `data` and renames, so that a cluster is there completely or not at all.
pub(crate) fn initialise(
    place: &Place,
    binaries: &Binaries,
    data: &Path,
    password: &str,
) -> Result<(), EmbeddedError> {
    let staging = data.with_extension("new");
    let password_file = data.with_extension("pw");
    write_secret(&password_file, password)?;
    place.give_to_server(&password_file)?;
    let result = LOCALES.iter().find_map(|locale| {
        match run(place, binaries, &staging, &password_file, locale) {
            Ok(output) if output.status.success() => Some(Ok(())),
            Ok(output) if complains_of_locale(&output) => None,
            Ok(output) => Some(Err(failed(&output))),
            Err(error) => Some(Err(error)),
        }
    });
    fs::remove_file(&password_file).map_err(file_error("remove", &password_file))?;
    result.unwrap_or_else(|| {
        Err(EmbeddedError::InitdbFailed {
            line: "the locales C.UTF-8 and C are unknown".into(),
        })
    })?;
    fs::rename(&staging, data).map_err(file_error("rename", &staging))
}

fn run(
    place: &Place,
    binaries: &Binaries,
    staging: &Path,
    password_file: &Path,
    locale: &str,
) -> Result<Output, EmbeddedError> {
    if staging.exists() {
        fs::remove_dir_all(staging).map_err(file_error("remove", staging))?;
    }
    place.create_server_folder(staging)?;
    let initdb = binaries.folder.join("initdb");
    place
        .command(&initdb)
        .arg("--pgdata")
        .arg(staging)
        .arg("--pwfile")
        .arg(password_file)
        .args(["--username", SUPERUSER, "--encoding", "UTF8", "--locale", locale])
        .args(["--auth", "scram-sha-256", "--no-instructions"])
        // What is written is flushed by the checkpoint of the first clean stop at the latest.
        .arg("--no-sync")
        .stdin(Stdio::null())
        .output()
        .map_err(file_error("run", &initdb))
}

fn complains_of_locale(output: &Output) -> bool {
    String::from_utf8_lossy(&output.stderr).contains("locale")
}

fn failed(output: &Output) -> EmbeddedError {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said
        .lines()
        .rfind(|line| line.contains("error:") || line.contains("FATAL"));
    let line = line
        .or_else(|| said.lines().last())
        .unwrap_or("it gave no reason");
    EmbeddedError::InitdbFailed {
        line: line.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_plain_and_never_the_same() {
        let password = new_password();
        assert_eq!(password.len(), 48);
        assert!(password.chars().all(|c| c.is_ascii_hexdigit()));
        assert_ne!(password, new_password());
    }
}
