//! Finds `postgres` and `initdb`: in the folder the developer names, on the system, or else in the
//! npm package. Data already there decide the major version, so that an upgrade of the system does
//! not make a developer's data unreadable.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::place::Place;
use crate::{EmbeddedError, npm};

/// Oldest major version the product's SQL is tested with.
pub const VERSION_MIN: u32 = 15;

/// Folders in which Debian, Red Hat and Homebrew put one subfolder per version.
const VERSIONED: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local/opt", "postgresql"),
];

/// Where to take the PostgreSQL programs from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BinarySource {
    /// The newest on the system, else the npm package.
    #[default]
    Search,
    /// This folder and no other.
    Folder(PathBuf),
    /// The npm package and no other.
    Npm,
}

impl BinarySource {
    /// Reads `PG_BIN`: a folder, the word `npm`, or unset for a search.
    pub fn from_env() -> Self {
        Self::from_value(std::env::var_os("PG_BIN"))
    }

    fn from_value(value: Option<OsString>) -> Self {
        match value {
            None => Self::Search,
            Some(value) if value.is_empty() => Self::Search,
            Some(value) if value == "npm" => Self::Npm,
            Some(value) => Self::Folder(PathBuf::from(value)),
        }
    }
}

/// A folder with working programs and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binaries {
    pub(crate) folder: PathBuf,
    pub(crate) major: u32,
}

impl Binaries {
    /// Asks the program itself, as the user who will run it: this also proves it can be reached.
    pub(crate) fn try_new(folder: &Path, place: &Place) -> Option<Self> {
        let folder = folder
            .join("postgres")
            .canonicalize()
            .ok()?
            .parent()?
            .to_path_buf();
        if !folder.join("initdb").exists() {
            return None;
        }
        let output = place
            .command(folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let major = major_version(&String::from_utf8_lossy(&output.stdout))?;
        (major >= VERSION_MIN).then_some(Self { folder, major })
    }
}

/// Chooses the programs for `data`, fetching them where the system has none that fit.
pub(crate) fn find(
    source: &BinarySource,
    place: &Place,
    data: &Path,
) -> Result<Binaries, EmbeddedError> {
    let made_by = data_version(data);
    let found = match source {
        BinarySource::Folder(folder) => {
            Binaries::try_new(folder, place).ok_or_else(|| EmbeddedError::BadFolder {
                folder: folder.clone(),
            })?
        }
        BinarySource::Npm => npm::install(place)?,
        BinarySource::Search => match newest_on_system(place, made_by) {
            Some(found) => found,
            None if made_by.is_some_and(|major| major != npm::MAJOR) => {
                return Err(other_version(data, made_by.unwrap_or_default()));
            }
            None => npm::install(place)?,
        },
    };
    match made_by {
        Some(major) if major != found.major => Err(other_version(data, major)),
        Some(_) | None => Ok(found),
    }
}

fn other_version(data: &Path, made_by: u32) -> EmbeddedError {
    EmbeddedError::OtherVersion {
        data: data.to_path_buf(),
        made_by,
    }
}

fn newest_on_system(place: &Place, made_by: Option<u32>) -> Option<Binaries> {
    system_folders()
        .iter()
        .filter_map(|folder| Binaries::try_new(folder, place))
        .filter(|found| made_by.is_none_or(|major| major == found.major))
        .reduce(|best, next| if next.major > best.major { next } else { best })
}

fn system_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, prefix) in VERSIONED {
        let Ok(entries) = fs::read_dir(parent) else {
            continue;
        };
        folders.extend(
            entries
                .flatten()
                .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
                .map(|entry| entry.path().join("bin")),
        );
    }
    folders.sort();
    folders.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    folders.retain(|folder| folder.join("postgres").exists());
    folders
}

/// Major version that made the data, if there are data.
fn data_version(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION"))
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` gives 15.
fn major_version(text: &str) -> Option<u32> {
    let number = text
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let digits: String = number?.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_release_beta_and_packaged_builds() {
        assert_eq!(major_version("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0)\n"),
            Some(15)
        );
        assert_eq!(major_version("no such program"), None);
    }

    #[test]
    fn pg_bin_names_a_folder_or_npm_or_nothing() {
        assert_eq!(BinarySource::from_value(None), BinarySource::Search);
        assert_eq!(
            BinarySource::from_value(Some("".into())),
            BinarySource::Search
        );
        assert_eq!(
            BinarySource::from_value(Some("npm".into())),
            BinarySource::Npm
        );
        let folder = BinarySource::Folder(PathBuf::from("/opt/pg/bin"));
        assert_eq!(BinarySource::from_value(Some("/opt/pg/bin".into())), folder);
    }
}
