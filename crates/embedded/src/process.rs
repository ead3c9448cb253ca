//! The running server: starts it, waits until it accepts sessions, stops it within four seconds.
//! A watcher shell holds the other end of a pipe, so that the server also stops when its owner is
//! killed and can run no code of its own.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::EmbeddedError;
use crate::binaries::Binaries;
use crate::error::file_error;
use crate::place::Place;
use crate::probe;

/// Crash recovery of a development database takes seconds; a minute means something is wrong.
const READY_SECONDS_MAX: u64 = 60;
/// Sessions are cut and a checkpoint written; then there is a second left for the hard way.
pub(crate) const FAST_STOP_MAX: Duration = Duration::from_secs(3);
const HARD_STOP_MAX: Duration = Duration::from_millis(700);
const POLL: Duration = Duration::from_millis(10);

/// Reads one line. `stopped` means the owner has done the work; the end of the pipe means the
/// owner is gone: stop the server fast, then hard, and remove a throw-away folder.
const WATCHER: &str = r#"
read -r word
[ "$word" = stopped ] && exit 0
kill -INT "$1" 2>/dev/null
i=0
while [ $i -lt 30 ] && kill -0 "$1" 2>/dev/null; do sleep 0.1; i=$((i + 1)); done
kill -QUIT "$1" 2>/dev/null
[ -n "$2" ] && rm -rf -- "$2"
"#;

/// What a server is started with.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    pub(crate) binaries: Binaries,
    pub(crate) data: PathBuf,
    pub(crate) log: PathBuf,
    pub(crate) port: u16,
    /// A throw-away cluster may lose its data in a power cut and is removed with its owner.
    pub(crate) throw_away: bool,
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    watcher: Child,
}

impl Server {
    pub(crate) fn start(place: &Place, launch: &Launch) -> Result<Self, EmbeddedError> {
        let log = File::create(&launch.log).map_err(file_error("create", &launch.log))?;
        let postgres = launch.binaries.folder.join("postgres");
        let mut child = place
            .command(&postgres)
            .arg("-D")
            .arg(&launch.data)
            .args(settings(launch).iter().flat_map(|setting| ["-c", setting]))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            // A Ctrl-C in the terminal is ours to pass on, in order.
            .process_group(0)
            .spawn()
            .map_err(file_error("run", &postgres))?;
        let watcher = match watch(&child, launch) {
            Ok(watcher) => watcher,
            Err(error) => {
                stop(&mut child);
                return Err(error);
            }
        };
        let mut server = Self { child, watcher };
        server.wait_until_ready(launch)?;
        Ok(server)
    }

    fn wait_until_ready(&mut self, launch: &Launch) -> Result<(), EmbeddedError> {
        let pid_file = launch.data.join("postmaster.pid");
        let own = self.child.id().to_string();
        let mut ended = false;
        wait_until(Duration::from_secs(READY_SECONDS_MAX), || {
            ended = !self.is_running();
            ended || (says_ready(&pid_file, &own) && probe::accepts_sessions(launch.port))
        })
        .then_some(())
        .ok_or_else(|| EmbeddedError::StartTooSlow {
            seconds: READY_SECONDS_MAX,
            log: launch.log.clone(),
        })?;
        if !ended {
            return Ok(());
        }
        let said = fs::read_to_string(&launch.log).unwrap_or_default();
        // The second is all that it says of a port taken between its looking and its binding.
        let taken = ["could not bind", "could not create any TCP/IP sockets"];
        if taken.iter().any(|words| said.contains(words)) {
            return Err(EmbeddedError::PortTaken { port: launch.port });
        }
        Err(EmbeddedError::StartFailed {
            line: complaint(&said),
            log: launch.log.clone(),
        })
    }

    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the server without a checkpoint, as a power cut would.
    pub(crate) fn crash(&mut self) {
        signal(&self.child, Signal::QUIT);
        if !wait_until(FAST_STOP_MAX, || !self.is_running()) {
            // `stop` and `start` would otherwise meet the old server.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&mut self.child);
        if let Some(mut pipe) = self.watcher.stdin.take() {
            // A watcher that is gone already needs no word.
            let _ = pipe.write_all(b"stopped\n");
        }
        let _ = self.watcher.wait();
    }
}

fn stop(child: &mut Child) {
    for (how, time_max) in [(Signal::INT, FAST_STOP_MAX), (Signal::QUIT, HARD_STOP_MAX)] {
        signal(child, how);
        if wait_until(time_max, || !matches!(child.try_wait(), Ok(None))) {
            return;
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn signal(child: &Child, how: Signal) {
    // Only a child that was reaped already cannot be signalled, and that one has stopped.
    let _ = kill_process(Pid::from_child(child), how);
}

fn watch(server: &Child, launch: &Launch) -> Result<Child, EmbeddedError> {
    let remove = if launch.throw_away {
        launch.data.as_path()
    } else {
        Path::new("")
    };
    Command::new("sh")
        .args(["-c", WATCHER, "watcher"])
        .arg(server.id().to_string())
        .arg(remove)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .map_err(file_error("run", Path::new("sh")))
}

fn settings(launch: &Launch) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={}", launch.port),
        // A socket path may be too long, and nothing of ours uses one.
        "unix_socket_directories=".to_owned(),
        "shared_buffers=128MB".to_owned(),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
        "lc_messages=C".to_owned(),
    ];
    let rest: &[&str] = if launch.throw_away {
        &[
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=300",
        ]
    } else {
        &["fsync=on", "max_connections=100"]
    };
    if cfg!(target_os = "linux") {
        // One call instead of a thousand: after a crash the data are on the disk in 1 s, not in 3.
        settings.push("recovery_init_sync_method=syncfs".to_owned());
    }
    settings.extend(rest.iter().map(|setting| (*setting).to_owned()));
    settings
}

/// The eighth line of `postmaster.pid` is the server's own word; the first says whose word it is.
fn says_ready(pid_file: &Path, own: &str) -> bool {
    let text = fs::read_to_string(pid_file).unwrap_or_default();
    let mut lines = text.lines();
    lines.next() == Some(own) && lines.nth(6).is_some_and(|line| line.trim() == "ready")
}

fn complaint(log: &str) -> String {
    let line = log
        .lines()
        .rfind(|line| line.contains("FATAL:") || line.contains("PANIC:"));
    let line = line
        .or_else(|| log.lines().last())
        .unwrap_or("it gave no reason");
    let from = line
        .find("FATAL:")
        .or_else(|| line.find("PANIC:"))
        .unwrap_or_default();
    line.get(from..).unwrap_or(line).trim().to_owned()
}

/// Polls until `done`, at most `time_max`; says whether it was done in time.
pub(crate) fn wait_until(time_max: Duration, mut done: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    loop {
        if done() {
            return true;
        }
        if begun.elapsed() >= time_max {
            return false;
        }
        thread::sleep(POLL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_complaint_is_the_last_fatal_line_without_its_time() {
        let log = "2026 UTC [7] LOG:  starting\n2026 UTC [7] FATAL:  no space left\n2026 LOG:  end";
        assert_eq!(complaint(log), "FATAL:  no space left");
        assert_eq!(complaint(""), "it gave no reason");
    }
}
