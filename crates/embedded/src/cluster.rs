//! The private cluster as its users see it: start it, ask it for addresses, drop it.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

use crate::binaries::{self, BinarySource};
use crate::error::file_error;
use crate::initialise::{initialise, new_password};
use crate::place::{Place, write_secret};
use crate::process::{Launch, Server};
use crate::{EmbeddedError, orphan, probe};

/// The cluster's first user; the product's own roles are made by its migrations.
pub const SUPERUSER: &str = "postgres";

/// Another program can take a free port between our asking and PostgreSQL's taking it.
const PORT_ATTEMPTS_MAX: u32 = 3;

/// How to start a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// This port and no other; without it the remembered one, or any that is free.
    pub port: Option<u16>,
    /// Where the PostgreSQL programs come from.
    pub binaries: BinarySource,
}

impl Options {
    /// Any free port, programs as `PG_BIN` says.
    pub fn from_env() -> Self {
        Self {
            port: None,
            binaries: BinarySource::from_env(),
        }
    }
}

/// A running private cluster; dropping it stops the server within four seconds.
#[derive(Debug)]
pub struct Cluster {
    // Fields drop in this order: the server stops before the cluster is given up.
    server: Server,
    place: Place,
    launch: Launch,
    password: String,
    _lock: Option<File>,
}

impl Cluster {
    /// Starts the cluster below `root` (`.plumbline` of the checkout), making it the first time.
    /// Its data survive; a second owner at the same time is refused.
    pub fn start(root: &Path, options: &Options) -> Result<Self, EmbeddedError> {
        let place = Place::prepare(root)?;
        let lock = place.lock()?;
        let data = place.home.join("data");
        let binaries = binaries::find(&options.binaries, &place, &data)?;
        orphan::stop(&data)?;
        let password_file = place.root.join("password");
        if !data.exists() {
            let password = new_password();
            write_secret(&password_file, &password)?;
            initialise(&place, &binaries, &data, &password)?;
        }
        let password =
            fs::read_to_string(&password_file).map_err(|_| EmbeddedError::PasswordMissing {
                password: password_file,
                data: data.clone(),
            })?;
        let port_file = place.root.join("port");
        let remembered = fs::read_to_string(&port_file)
            .ok()
            .and_then(|text| text.parse().ok());
        let log = place.root.join("postgres.log");
        let mut launch = Launch {
            binaries,
            data,
            log,
            port: 0,
            throw_away: false,
        };
        let server = launch_on_some_port(&place, &mut launch, options.port, remembered)?;
        fs::write(&port_file, launch.port.to_string()).map_err(file_error("write", &port_file))?;
        Ok(Self {
            server,
            place,
            launch,
            password,
            _lock: Some(lock),
        })
    }

    /// Starts an empty cluster of its own that gives up durability for speed and leaves nothing
    /// behind. Any number may run at the same time; programs are shared with the cluster of `root`.
    pub fn throw_away(root: &Path, options: &Options) -> Result<Self, EmbeddedError> {
        let place = Place::prepare(root)?;
        let parent = place.home.join("throw-away");
        fs::create_dir_all(&parent).map_err(file_error("create the folder", &parent))?;
        remove_leftovers(&parent)?;
        let data = parent.join(format!(
            "{}-{:016x}",
            std::process::id(),
            rand::random::<u64>()
        ));
        let binaries = binaries::find(&options.binaries, &place, &data)?;
        let password = new_password();
        initialise(&place, &binaries, &data, &password)?;
        let log = data.join("postgres.log");
        let mut launch = Launch {
            binaries,
            data,
            log,
            port: 0,
            throw_away: true,
        };
        let server = launch_on_some_port(&place, &mut launch, options.port, None)?;
        Ok(Self {
            server,
            place,
            launch,
            password,
            _lock: None,
        })
    }

    /// The address of a database for a user of the cluster; user, password and database are quoted.
    pub fn url(&self, user: &str, password: &str, database: &str) -> String {
        let (user, password) = (percent_encoded(user), percent_encoded(password));
        let database = percent_encoded(database);
        format!(
            "postgres://{user}:{password}@127.0.0.1:{}/{database}",
            self.launch.port
        )
    }

    /// The address of a database for the superuser: to migrate and to make roles, not to serve.
    pub fn superuser_url(&self, database: &str) -> String {
        self.url(SUPERUSER, &self.password, database)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.launch.port
    }

    /// The folder with the data.
    pub fn data(&self) -> &Path {
        &self.launch.data
    }

    /// The folder with `postgres` and `initdb`.
    pub fn binaries(&self) -> &Path {
        &self.launch.binaries.folder
    }

    /// Major version of the server.
    pub fn version(&self) -> u32 {
        self.launch.binaries.major
    }

    /// The server's log, begun anew at each start.
    pub fn log(&self) -> &Path {
        &self.launch.log
    }

    /// False once the server has ended by itself.
    pub fn is_running(&mut self) -> bool {
        self.server.is_running()
    }

    /// Ends the server without a checkpoint and starts it again on the same port: what a power cut
    /// does, for the tests that promise to survive one.
    pub fn crash_and_restart(&mut self) -> Result<(), EmbeddedError> {
        self.server.crash();
        let server = Server::start(&self.place, &self.launch)?;
        self.server = server;
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.launch.throw_away {
            // Nothing here is worth a slow stop.
            self.server.crash();
            // A leftover folder is removed by the next throw-away cluster.
            let _ = fs::remove_dir_all(&self.launch.data);
        }
    }
}

fn launch_on_some_port(
    place: &Place,
    launch: &mut Launch,
    asked: Option<u16>,
    remembered: Option<u16>,
) -> Result<Server, EmbeddedError> {
    let mut preferred = asked.or(remembered.filter(|port| probe::is_free(*port)));
    let mut attempt = 1;
    loop {
        launch.port = preferred
            .take()
            .or_else(probe::free_port)
            .unwrap_or_default();
        match Server::start(place, launch) {
            Err(EmbeddedError::PortTaken { .. })
                if asked.is_none() && attempt < PORT_ATTEMPTS_MAX =>
            {
                attempt += 1;
            }
            result => return result,
        }
    }
}

/// A folder's name begins with its owner's process number; the folder of a dead owner is removed.
fn remove_leftovers(parent: &Path) -> Result<(), EmbeddedError> {
    let entries = fs::read_dir(parent).map_err(file_error("read", parent))?;
    let folders = entries.flatten().map(|entry| entry.path());
    for folder in folders.filter(|folder| !has_owner(folder)) {
        orphan::stop(&folder)?;
        // Another process may be removing the same leftover.
        let _ = if folder.is_dir() {
            fs::remove_dir_all(&folder)
        } else {
            fs::remove_file(&folder)
        };
    }
    Ok(())
}

fn has_owner(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let owner = name
        .split('-')
        .next()
        .and_then(|number| number.parse().ok());
    owner.is_some_and(orphan::is_alive)
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_quotes_what_would_change_its_meaning() {
        assert_eq!(percent_encoded("a-b_c.9"), "a-b_c.9");
        assert_eq!(
            percent_encoded("p@ss/w:rd 衡"),
            "p%40ss%2Fw%3Ard%20%E8%A1%A1"
        );
    }
}
