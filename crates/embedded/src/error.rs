//! Everything that can keep the private cluster from running, each as one sentence that says what
//! happened and what to do about it: the reader is a developer who wanted to see the product.

use std::io;
use std::path::{Path, PathBuf};

use crate::VERSION_MIN;

/// Why the private cluster could not be found, made, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// Neither PostgreSQL nor npm is on the machine.
    #[error(
        "no PostgreSQL {VERSION_MIN} or newer was found and npm is not there to fetch one: install \
         PostgreSQL or npm with the system's package manager, or set PG_BIN to the folder that \
         holds `postgres` and `initdb`"
    )]
    NoBinaries,
    /// The folder that was named explicitly is of no use.
    #[error(
        "PG_BIN is {}, which holds no working `postgres` and `initdb` of version {VERSION_MIN} or \
         newer: correct PG_BIN or unset it", .folder.display()
    )]
    BadFolder {
        /// The folder as given.
        folder: PathBuf,
    },
    /// There is no npm package of PostgreSQL for this machine.
    #[error(
        "no PostgreSQL {VERSION_MIN} or newer was found and npm carries none for {platform}: \
         install PostgreSQL with the system's package manager"
    )]
    UnknownPlatform {
        /// Operating system and processor.
        platform: String,
    },
    /// npm ran and failed.
    #[error(
        "npm could not install {package}: {line}: check the network and npm's settings, or \
         install PostgreSQL with the system's package manager"
    )]
    NpmFailed {
        /// Name and version of the package.
        package: String,
        /// The last line npm said.
        line: String,
    },
    /// Root has nobody to hand the server to.
    #[error(
        "PostgreSQL refuses to run as root and /etc/passwd names no user `nobody` to run it as: \
         run this as an ordinary user"
    )]
    NoUnprivilegedUser,
    /// The traversable folder is someone else's.
    #[error(
        "the folder {} for PostgreSQL's files exists but does not belong to root: remove it, or \
         run this as an ordinary user", .folder.display()
    )]
    FolderNotOurs {
        /// The folder outside the checkout.
        folder: PathBuf,
    },
    /// A living process owns the cluster.
    #[error(
        "the private cluster in {} is in use by process {owner}: stop that process first",
        .home.display()
    )]
    InUse {
        /// Where the cluster lives.
        home: PathBuf,
        /// Process number of the owner, or `unknown`.
        owner: String,
    },
    /// An orphan server did not go away.
    #[error(
        "the PostgreSQL server left behind as process {pid} does not stop: end it with \
         `kill -QUIT {pid}` and start again"
    )]
    DoesNotStop {
        /// Process number of the server.
        pid: i32,
    },
    /// The asked port, or every tried port, is occupied.
    #[error(
        "port {port} on 127.0.0.1 is taken by another program: stop that program or choose \
         another port"
    )]
    PortTaken {
        /// The occupied port.
        port: u16,
    },
    /// `initdb` failed.
    #[error(
        "initdb could not make the cluster: {line}: free disk space or correct the folder's \
         permissions, then start again"
    )]
    InitdbFailed {
        /// The last line `initdb` said.
        line: String,
    },
    /// The data need programs of another major version.
    #[error(
        "the data in {} were made by PostgreSQL {made_by}, which is not on this machine: set \
         PG_BIN to its programs, or delete that folder to begin with empty data", .data.display()
    )]
    OtherVersion {
        /// The data folder.
        data: PathBuf,
        /// Major version that made the data.
        made_by: u32,
    },
    /// Data without their password.
    #[error(
        "the password file {} of the private cluster is missing: restore it, or delete {} to \
         begin with empty data", .password.display(), .data.display()
    )]
    PasswordMissing {
        /// Where the password should be.
        password: PathBuf,
        /// The data folder it belongs to.
        data: PathBuf,
    },
    /// The server ended while starting.
    #[error(
        "PostgreSQL did not start: {line}: see {} for the whole story", .log.display()
    )]
    StartFailed {
        /// The last complaint in the log.
        line: String,
        /// The server's log.
        log: PathBuf,
    },
    /// The server neither ended nor became ready.
    #[error(
        "PostgreSQL was not ready after {seconds} s: see {} and start again", .log.display()
    )]
    StartTooSlow {
        /// How long we waited.
        seconds: u64,
        /// The server's log.
        log: PathBuf,
    },
    /// A file or program could not be used.
    #[error("could not {doing} {}: {source}: check its permissions and the free disk space", .path.display())]
    File {
        /// What was attempted.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// For `map_err`: names the attempt and the path beside what the system said.
pub(crate) fn file_error(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.to_path_buf();
    move |source| EmbeddedError::File {
        doing,
        path,
        source,
    }
}
