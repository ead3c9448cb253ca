//! Stops a server that outlived its owner. We hold the cluster's lock, so a server that still runs
//! on these data belongs to nobody.

use std::fs;
use std::path::Path;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::EmbeddedError;
use crate::error::file_error;
use crate::probe;
use crate::process::{FAST_STOP_MAX, wait_until};

/// Leaves the data folder without a server and without a stale `postmaster.pid`.
pub(crate) fn stop(data: &Path) -> Result<(), EmbeddedError> {
    let pid_file = data.join("postmaster.pid");
    let Ok(text) = fs::read_to_string(&pid_file) else {
        return Ok(());
    };
    let Some((raw, pid, port)) = read(&text) else {
        return Ok(());
    };
    if !is_alive(raw) {
        // PostgreSQL itself clears the file of a dead server after checking its shared memory.
        return Ok(());
    }
    if !is_server_of(raw, port, data) {
        // The number was given to another process: PostgreSQL would refuse to start beside it.
        return fs::remove_file(&pid_file).map_err(file_error("remove", &pid_file));
    }
    for how in [Signal::INT, Signal::QUIT] {
        // The server may end by itself between the check and the signal.
        let _ = kill_process(pid, how);
        if wait_until(FAST_STOP_MAX, || !pid_file.exists() || !is_alive(raw)) {
            return Ok(());
        }
    }
    Err(EmbeddedError::DoesNotStop { pid: raw })
}

/// First line: process number (negative for a single-user server). Fourth line: port.
fn read(text: &str) -> Option<(i32, Pid, u16)> {
    let mut lines = text.lines();
    let raw: i32 = lines.next()?.trim().parse().ok()?;
    let raw = raw.checked_abs()?;
    let port = lines.nth(2)?.trim().parse().ok()?;
    Some((raw, Pid::from_raw(raw)?, port))
}

/// A zombie whose parent does not reap still has a number but no longer a life.
pub(crate) fn is_alive(raw: i32) -> bool {
    let exists = Pid::from_raw(raw).is_some_and(|pid| test_kill_process(pid).is_ok());
    let status = fs::read_to_string(format!("/proc/{raw}/stat")).unwrap_or_default();
    let zombie = status
        .rsplit_once(") ")
        .is_some_and(|(_, rest)| rest.starts_with('Z'));
    exists && !zombie
}

fn is_server_of(raw: i32, port: u16, data: &Path) -> bool {
    match fs::read(format!("/proc/{raw}/cmdline")) {
        Ok(line) => {
            let data = data.as_os_str().as_encoded_bytes();
            line.split(|byte| *byte == 0).any(|word| word == data)
        }
        // No /proc (macOS): the recorded port answers as PostgreSQL does.
        Err(_) => probe::accepts_sessions(port),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_taken_over_by_another_process_is_not_mistaken_for_the_server() {
        let data = tempfile::tempdir().unwrap();
        let pid_file = data.path().join("postmaster.pid");
        let own = std::process::id();
        fs::write(
            &pid_file,
            format!("{own}\n/data\n0\n1\n\n127.0.0.1\n\nready\n"),
        )
        .unwrap();
        stop(data.path()).unwrap();
        assert!(!pid_file.exists());
    }

    #[test]
    fn the_file_of_a_dead_server_is_left_to_postgresql() {
        let data = tempfile::tempdir().unwrap();
        let pid_file = data.path().join("postmaster.pid");
        let mut ended = std::process::Command::new("true").spawn().unwrap();
        let number = ended.id();
        ended.wait().unwrap();
        fs::write(&pid_file, format!("{number}\n/data\n0\n1\n")).unwrap();
        stop(data.path()).unwrap();
        assert!(pid_file.exists());
    }
}
