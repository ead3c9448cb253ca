//! Connections from outside. Whoever opens one and then says nothing, or a byte at a time, must not keep it: a few
//! thousand such lines would leave none for people. Bodies have their own limits (`api`'s guard).
use std::{pin::pin, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::watch};
use tower::ServiceExt as _;

/// How long the head of a request may take, and how long a line may stay open without one: longer than the minute for
/// which proxies keep an idle line, so that none sends on a line that is just being closed.
pub(crate) const HEAD_WAIT: Duration = Duration::from_secs(65);

/// Serves until `stop` is done, then finishes what is under way.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    head_wait: Duration,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_wait);
    // Each line holds a receiver until it has ended.
    let (ending, _) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        // What cannot be accepted is tried again by the listener itself.
        let (stream, from) = tokio::select! {
            () = &mut stop => break,
            accepted = Listener::accept(&mut listener) => accepted,
        };
        let router = router.clone();
        let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(from));
            router.clone().oneshot(request.map(Body::new))
        });
        let line = http
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades();
        let mut end = ending.subscribe();
        tokio::spawn(async move {
            let mut line = pin!(line);
            let ended = tokio::select! {
                ended = &mut line => Some(ended),
                _ = end.changed() => None,
            };
            let ended = if let Some(ended) = ended {
                ended
            } else {
                line.as_mut().graceful_shutdown();
                line.await
            };
            // A line that breaks is its sender's; what is wrong with an answer is logged where it is made.
            if let Err(error) = ended {
                tracing::trace!(%from, %error, "a connection ended");
            }
        });
    }
    drop(listener);
    ending.send_replace(());
    ending.closed().await;
}

#[cfg(test)]
mod tests {
    use std::{net::SocketAddr, time::Instant};

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        sync::oneshot,
    };

    use super::*;

    const WAIT: Duration = Duration::from_millis(300);

    async fn served() -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let told = |from: ConnectInfo<SocketAddr>| async move { from.0.ip().to_string() };
        let slowly = || async {
            tokio::time::sleep(WAIT * 2).await;
            "done"
        };
        let router = Router::new()
            .route("/who", get(told))
            .route("/slowly", get(slowly));
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve(listener, router, WAIT, async move {
            let _ = stopped.await;
        });
        (address, stop, tokio::spawn(serving))
    }

    async fn said(line: &mut TcpStream) -> String {
        let mut all = Vec::new();
        let _ = line.read_to_end(&mut all).await;
        String::from_utf8(all).unwrap()
    }

    #[tokio::test]
    async fn a_head_that_comes_a_byte_at_a_time_is_cut_off() {
        let (address, _stop, _serving) = served().await;
        for first in ["", "GET /who HTTP/1.1\r\nhost: x\r\nx: "] {
            let mut line = TcpStream::connect(address).await.unwrap();
            let began = Instant::now();
            line.write_all(first.as_bytes()).await.unwrap();
            let mut broken = false;
            while !broken && began.elapsed() < WAIT * 20 {
                tokio::time::sleep(WAIT / 10).await;
                let mut answer = [0; 512];
                if !first.is_empty() {
                    broken = line.write_all(b"y").await.is_err();
                }
                broken |= matches!(line.try_read(&mut answer), Ok(0));
            }
            assert!(broken, "still open after {:?}", began.elapsed());
            assert!(began.elapsed() >= WAIT / 2, "cut off at once");
        }
    }

    #[tokio::test]
    async fn an_answer_may_take_longer_than_a_head_and_is_finished_when_told_to_stop() {
        let (address, stop, serving) = served().await;
        let mut line = TcpStream::connect(address).await.unwrap();
        line.write_all(b"GET /who HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        assert!(said(&mut line).await.ends_with("127.0.0.1"));
        let mut line = TcpStream::connect(address).await.unwrap();
        line.write_all(b"GET /slowly HTTP/1.1\r\nhost: x\r\n\r\n")
            .await
            .unwrap();
        tokio::time::sleep(WAIT / 2).await;
        stop.send(()).unwrap();
        assert!(said(&mut line).await.ends_with("done"));
        serving.await.unwrap();
    }
}
