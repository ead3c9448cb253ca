//! Where the cluster's files go and as whom the server runs. PostgreSQL refuses root, and the
//! unprivileged user root hands it to cannot traverse a checkout below a 0700 folder (a root home,
//! a temporary folder); then the files go to a traversable folder which `location` records.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::EmbeddedError;
use crate::error::file_error;

/// Sticky, world-traversable and kept across restarts, on Linux and macOS alike.
const TRAVERSABLE: &str = "/var/tmp";

/// The unprivileged user who runs the server when we are root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RunAs {
    uid: u32,
    gid: u32,
}

/// The folders of one private cluster.
#[derive(Debug)]
pub(crate) struct Place {
    /// Ours alone: password, remembered port, log.
    pub(crate) root: PathBuf,
    /// Reachable for the server: programs, data, lock. Usually the same folder.
    pub(crate) home: PathBuf,
    run_as: Option<RunAs>,
}

impl Place {
    pub(crate) fn prepare(root: &Path) -> Result<Self, EmbeddedError> {
        fs::create_dir_all(root).map_err(file_error("create the folder", root))?;
        let root = root.canonicalize().map_err(file_error("resolve", root))?;
        if !rustix::process::geteuid().is_root() {
            return Ok(Self {
                home: root.clone(),
                root,
                run_as: None,
            });
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let run_as = nobody(&passwd).ok_or(EmbeddedError::NoUnprivilegedUser)?;
        let home = home_for_root(&root)?;
        Ok(Self {
            root,
            home,
            run_as: Some(run_as),
        })
    }

    /// A command that runs unprivileged, inside `home`, without the caller's `PG*` variables.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.home)
            .env_clear()
            .env("LC_ALL", "C");
        for name in ["PATH", "LD_LIBRARY_PATH", "TMPDIR"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        if let Some(RunAs { uid, gid }) = self.run_as {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Makes an empty 0700 folder that belongs to the server's user.
    pub(crate) fn create_server_folder(&self, path: &Path) -> Result<(), EmbeddedError> {
        fs::DirBuilder::new()
            .mode(0o700)
            .create(path)
            .map_err(file_error("create the folder", path))?;
        self.give_to_server(path)
    }

    pub(crate) fn give_to_server(&self, path: &Path) -> Result<(), EmbeddedError> {
        if let Some(RunAs { uid, gid }) = self.run_as {
            chown(path, Some(uid), Some(gid)).map_err(file_error("change the owner of", path))?;
        }
        Ok(())
    }

    /// Takes the cluster for this process until the returned file is dropped.
    pub(crate) fn lock(&self) -> Result<File, EmbeddedError> {
        let path = self.home.join("lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(file_error("open", &path))?;
        if file.try_lock().is_err() {
            let owner = fs::read_to_string(&path).unwrap_or_default();
            let owner = if owner.is_empty() {
                "unknown".to_owned()
            } else {
                owner
            };
            return Err(EmbeddedError::InUse {
                home: self.home.clone(),
                owner,
            });
        }
        file.set_len(0)
            .and_then(|()| file.write_all(std::process::id().to_string().as_bytes()))
            .map_err(file_error("write", &path))?;
        Ok(file)
    }
}

/// Writes a file only its owner can read, from the first byte on.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<(), EmbeddedError> {
    let mut file = File::options()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(file_error("create", path))?;
    file.write_all(text.as_bytes())
        .map_err(file_error("write", path))
}

fn home_for_root(root: &Path) -> Result<PathBuf, EmbeddedError> {
    let record = root.join("location");
    let recorded = fs::read_to_string(&record)
        .map(|text| PathBuf::from(text.trim()))
        .ok();
    if recorded.is_none() {
        open_to_traversal(root)?;
        if root.ancestors().all(is_traversable) {
            return Ok(root.to_path_buf());
        }
    }
    let home = recorded.unwrap_or_else(|| outside(root));
    let exists = fs::symlink_metadata(&home);
    match exists {
        Ok(found) if !found.is_dir() || found.uid() != 0 => {
            return Err(EmbeddedError::FolderNotOurs { folder: home });
        }
        Ok(_) => {}
        Err(_) => fs::create_dir(&home).map_err(file_error("create the folder", &home))?,
    }
    open_to_traversal(&home)?;
    fs::write(&record, format!("{}\n", home.display())).map_err(file_error("write", &record))?;
    Ok(home)
}

/// One folder per checkout: the name is a digest of the checkout's own path.
fn outside(root: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    Path::new(TRAVERSABLE).join(format!("plumbline-{:016x}", hasher.finish()))
}

fn is_traversable(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|found| found.mode() & 0o001 != 0)
}

fn open_to_traversal(folder: &Path) -> Result<(), EmbeddedError> {
    fs::set_permissions(folder, Permissions::from_mode(0o755))
        .map_err(file_error("change the permissions of", folder))
}

/// `initdb` insists on a user the password file knows.
fn nobody(passwd: &str) -> Option<RunAs> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some("nobody") {
            return None;
        }
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(RunAs { uid, gid })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unprivileged_user_is_read_from_the_password_file() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n";
        assert_eq!(
            nobody(passwd),
            Some(RunAs {
                uid: 65534,
                gid: 65533
            })
        );
        assert_eq!(nobody("root:x:0:0::/:/bin/sh\n"), None);
    }

    #[test]
    fn two_checkouts_never_share_a_folder_outside() {
        assert_ne!(
            outside(Path::new("/a/.plumbline")),
            outside(Path::new("/b/.plumbline"))
        );
        assert_eq!(
            outside(Path::new("/a/.plumbline")),
            outside(Path::new("/a/.plumbline"))
        );
    }
}
