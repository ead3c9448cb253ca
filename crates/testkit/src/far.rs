//! The database at the end of a line: a message is under way for a while. Beside it an answer is often there before
//! anybody waits for it, and who never waits cannot be dropped waiting.
use store::Databases;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::World;

impl World {
    /// The product's pools once more, each with at most so many connections, over such a line.
    pub async fn connect_far(&self, connections_max: u32) -> Databases {
        let mut settings = self.settings.clone();
        settings.connections_max = connections_max;
        let near = (settings.host.clone(), settings.port);
        let line = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let end = line.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((client, _)) = line.accept().await {
                let database = TcpStream::connect(&near).await.unwrap();
                client.set_nodelay(true).unwrap();
                database.set_nodelay(true).unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_database, to_database) = database.into_split();
                tokio::spawn(carry(from_client, to_database));
                tokio::spawn(carry(from_database, to_client));
            }
        });
        settings.host = end.ip().to_string();
        settings.port = end.port();
        settings.connect().await.unwrap()
    }
}

/// Carries what is said until one side hangs up.
async fn carry(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        // Whoever waits for this has begun to wait by then.
        tokio::task::yield_now().await;
        if to.write_all(&bytes[..length]).await.is_err() {
            break;
        }
    }
}
