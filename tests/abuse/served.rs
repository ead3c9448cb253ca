//! The shipped binary, serving, and requests to it as they go over a wire.
use std::{fs::File, net::TcpListener, path::Path, process::Command};

use testkit::World;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::work::{Process, eventually};

/// A server process that dies with the test.
pub(crate) struct Served {
    _process: Process,
    port: u16,
}

/// Status, headers in lower case, and body.
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Served {
    /// `plumbline serve` on this world's database, with these further arguments.
    pub(crate) async fn start(
        world: &World,
        web: &Path,
        more: &[&str],
        redis: Option<&str>,
    ) -> Self {
        let mut command = world.plumbline(&[]);
        if let Some(url) = redis {
            command.env("REDIS_URL", url);
        }
        Self::begin(command, web, more).await
    }

    /// The same with Redis, every line that it can log written into a file.
    pub(crate) async fn logging(world: &World, web: &Path, redis: &str, log: File) -> Self {
        let mut command = world.plumbline(&[]);
        command.env("REDIS_URL", redis).env("RUST_LOG", "trace");
        command.stderr(log);
        Self::begin(command, web, &[]).await
    }

    async fn begin(mut command: Command, web: &Path, more: &[&str]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let listen = format!("127.0.0.1:{port}");
        command
            .args(["serve", "--no-workers", "--listen", &listen, "--web"])
            .arg(web)
            .args(more);
        let served = Self {
            _process: Process::start(command),
            port,
        };
        eventually(async || {
            served
                .get("/readyz")
                .await
                .is_some_and(|received| received.status == 200)
        })
        .await;
        served
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) async fn get(&self, path: &str) -> Option<Heard> {
        let text = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        self.send(&text).await
    }

    /// JSON to `/graphql`, with these further header lines.
    pub(crate) async fn post(&self, path: &str, lines: &str, body: &str) -> Heard {
        let length = body.len();
        let text = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n{lines}\r\n{body}"
        );
        self.send(&text).await.unwrap()
    }

    async fn send(&self, text: &str) -> Option<Heard> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        stream.write_all(text.as_bytes()).await.ok()?;
        let mut received = Vec::new();
        stream.read_to_end(&mut received).await.ok()?;
        let received = String::from_utf8(received).ok()?;
        let (head, body) = received.split_once("\r\n\r\n")?;
        Some(Heard {
            status: head.split(' ').nth(1)?.parse().ok()?,
            head: head.to_lowercase(),
            body: body.to_owned(),
        })
    }
}
