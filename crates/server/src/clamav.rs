//! The virus scanner: the daemon of `ClamAV` over its socket (`INSTREAM`). An answer that is neither clean nor found is no
//! verdict, and no verdict leaves a file in quarantine.
use std::{net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use async_trait::async_trait;
use casework::{NoVerdict, Scanned, Scanner};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
};

/// Bytes of one piece on the wire.
const PIECE_BYTES: usize = 64 * 1024;
/// No scan may take longer; the job that asks is given up after twice that.
const SCAN_WAIT: Duration = Duration::from_mins(1);
/// Longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 1024;

#[derive(Debug, Clone)]
enum Address {
    Unix(PathBuf),
    Tcp(SocketAddr),
}

/// A daemon of `ClamAV`.
#[derive(Debug, Clone)]
pub struct Clamav {
    address: Address,
    wait: Duration,
}

impl Clamav {
    /// Gives up on a scan sooner or later than after a minute.
    #[must_use]
    pub fn waiting(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    async fn ask(&self, bytes: &[u8]) -> std::io::Result<String> {
        match &self.address {
            Address::Unix(path) => instream(UnixStream::connect(path).await?, bytes).await,
            Address::Tcp(address) => instream(TcpStream::connect(address).await?, bytes).await,
        }
    }
}

impl FromStr for Clamav {
    type Err = String;

    /// `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.
    fn from_str(text: &str) -> Result<Self, String> {
        let address = match text.split_once(':') {
            Some(("unix", path)) if path.starts_with('/') => Address::Unix(path.into()),
            Some(("tcp", address)) => Address::Tcp(
                address
                    .parse()
                    .map_err(|_| format!("{address} is not an address like 127.0.0.1:3310"))?,
            ),
            _ => {
                return Err(format!(
                    "{text} is neither like unix:/run/clamav/clamd.ctl nor like tcp:127.0.0.1:3310"
                ));
            }
        };
        Ok(Self {
            address,
            wait: SCAN_WAIT,
        })
    }
}

#[async_trait]
impl Scanner for Clamav {
    fn name(&self) -> &'static str {
        "clamav"
    }

    async fn scan(&self, bytes: &[u8]) -> Result<Scanned, NoVerdict> {
        let asked = tokio::time::timeout(self.wait, self.ask(bytes)).await;
        let answer = asked
            .map_err(|_| NoVerdict(format!("no answer within {} s", self.wait.as_secs())))?
            .map_err(|error| NoVerdict(error.to_string()))?;
        verdict(&answer)
    }
}

/// Sends the bytes in pieces, each led by its length, and reads the answer to its end.
async fn instream<S>(mut stream: S, bytes: &[u8]) -> std::io::Result<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in bytes.chunks(PIECE_BYTES) {
        let length = u32::try_from(piece.len()).map_err(std::io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(piece).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream
        .take(ANSWER_BYTES_MAX)
        .read_to_end(&mut answer)
        .await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// `stream: OK`, `stream: Eicar-Test-Signature FOUND`; anything else is an error of the daemon.
fn verdict(answer: &str) -> Result<Scanned, NoVerdict> {
    let said = answer.trim_end_matches(['\0', '\n']);
    let said = said.strip_prefix("stream: ");
    if said == Some("OK") {
        return Ok(Scanned::Clean);
    }
    match said.and_then(|said| said.strip_suffix(" FOUND")) {
        Some(signature) if !signature.is_empty() => Ok(Scanned::Infected(signature.to_owned())),
        _ => Err(NoVerdict("an answer that is no verdict".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_verdicts_are_verdicts() {
        assert_eq!(verdict("stream: OK\0").unwrap(), Scanned::Clean);
        let found = verdict("stream: Eicar-Test-Signature FOUND\0").unwrap();
        assert_eq!(found, Scanned::Infected("Eicar-Test-Signature".to_owned()));
        for other in [
            "",
            "OK",
            "stream: OK\nstream: OK",
            "stream:  FOUND",
            "INSTREAM size limit exceeded. ERROR\0",
            "stream: lstat() failed ERROR\0",
        ] {
            assert!(verdict(other).is_err(), "{other:?}");
        }
    }

    #[test]
    fn an_address_says_which_kind_of_socket_it_is() {
        for good in [
            "unix:/run/clamav/clamd.ctl",
            "tcp:127.0.0.1:3310",
            "tcp:[::1]:3310",
        ] {
            assert!(good.parse::<Clamav>().is_ok(), "{good}");
        }
        for bad in ["", "/run/clamd", "tcp:clamd", "unix:clamd.ctl", "http://x"] {
            assert!(bad.parse::<Clamav>().is_err(), "{bad}");
        }
    }
}
