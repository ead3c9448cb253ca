//! Asks a port whether a PostgreSQL server there accepts sessions, by speaking the first message of
//! the wire protocol. A library client would bring an async runtime into a crate that needs none.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// A server on the same machine answers at once or not at all.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(2);

/// Protocol 3.0: length 41, version, user and database `postgres`, each text ended by a zero.
const STARTUP: &[u8] = b"\0\0\0\x29\0\x03\0\0user\0postgres\0database\0postgres\0\0";

/// True once the server asks for the password; while starting it answers with an error instead.
pub(crate) fn accepts_sessions(port: u16) -> bool {
    first_byte(port) == Some(b'R')
}

fn first_byte(port: u16) -> Option<u8> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIME_MAX).ok()?;
    stream.set_read_timeout(Some(ANSWER_TIME_MAX)).ok()?;
    stream.set_write_timeout(Some(ANSWER_TIME_MAX)).ok()?;
    stream.write_all(STARTUP).ok()?;
    let mut answer = [0];
    stream.read_exact(&mut answer).ok()?;
    Some(answer[0])
}

/// True when nobody listens on the port.
pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// A port the system says is free; another program may take it before we do.
pub(crate) fn free_port() -> Option<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    Some(listener.local_addr().ok()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_startup_message_states_its_own_length() {
        let length: [u8; 4] = STARTUP[..4].try_into().unwrap();
        assert_eq!(
            usize::try_from(u32::from_be_bytes(length)).unwrap(),
            STARTUP.len()
        );
    }

    #[test]
    fn a_taken_port_is_not_free_and_a_silent_one_accepts_no_sessions() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(port));
        drop(listener);
        assert!(!accepts_sessions(port));
    }
}
