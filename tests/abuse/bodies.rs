//! Bodies that are too long or too slow, at every door that takes one (trust 20).
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use testkit::{World, root};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tower::ServiceExt as _;
use uuid::Uuid;

use super::served::Served;
use crate::drafting::EDITOR;

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MIB: usize = 1024 * 1024;
/// What may be read beyond a limit.
const BEYOND: usize = 64 * 1024;
const PIECE: usize = 16 * 1024;

/// Every path that takes a body, what kind of body and how much of it.
fn doors() -> Vec<(String, &'static str, usize)> {
    let routes = std::fs::read_to_string(root().join("crates/api/src/router.rs")).unwrap();
    let taking = routes.split(".route(").skip(1).filter(|route| {
        let own = route.split(';').next().unwrap();
        own.contains("post(")
    });
    taking
        .map(|route| {
            let path = route.split('"').nth(1).unwrap();
            let parts = path.split('/').map(|part| {
                if part.starts_with('{') {
                    Uuid::new_v4().to_string()
                } else {
                    part.to_owned()
                }
            });
            let (kind, limit) = match path.split('/').nth(2) {
                Some("upload") => (BYTES, attachments::FILE_BYTES_MAX),
                _ if path.starts_with("/files") => (WORKBOOK, 2 * MIB),
                _ => (JSON, MIB),
            };
            (parts.collect::<Vec<_>>().join("/"), kind, limit)
        })
        .collect()
}

/// Sends a body without an end; what was answered, and how much of it had been taken by then.
async fn endless(world: &World, cookie: &str, path: &str, kind: &str) -> (StatusCode, usize) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let pieces = std::iter::repeat_with(move || {
        counted.fetch_add(PIECE, Ordering::Relaxed);
        Ok::<_, std::io::Error>(vec![b' '; PIECE])
    });
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, kind)
        .header(header::COOKIE, cookie)
        .header("x-plumbline", "1")
        .body(body)
        .unwrap();
    let answer = world.router().clone().oneshot(request).await.unwrap();
    (answer.status(), taken.load(Ordering::Relaxed))
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_20_no_more_than_a_limit_and_64_kilobytes_is_read_of_any_body() {
    let world = World::seeded().await;
    let (mut read, mut most) = (0, 0);
    for (path, kind, limit) in doors() {
        // Some doors end the session that they are tried with.
        let client = world.graphql(Some(EDITOR)).await;
        let cookie = client.cookie().unwrap();
        let (status, taken) = endless(&world, cookie, &path, kind).await;
        assert!(taken <= limit + BEYOND, "{path}: {taken}");
        if taken > 0 {
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            read += 1;
        }
        most = most.max(taken.saturating_sub(limit));
    }
    assert!(read > 25, "only {read} doors read what is sent");
    println!(
        "trust-20 pass {read} doors refuse a body after at most {most} bytes beyond their limit"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_20_a_byte_a_second_is_cut_off_after_thirty_seconds() {
    let world = World::empty().await;
    let web = world.plumbline_folder().join("web");
    std::fs::create_dir_all(&web).unwrap();
    let served = Served::start(&world, &web, &[], None).await;
    let mut stream = TcpStream::connect(("127.0.0.1", served.port()))
        .await
        .unwrap();
    let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                x-plumbline: 1\r\ncontent-length: 1000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let started = Instant::now();
    let mut answer = Vec::new();
    let mut piece = [0; 1024];
    loop {
        let waited = tokio::time::timeout(Duration::from_secs(1), stream.read(&mut piece)).await;
        match waited {
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(length)) => answer.extend_from_slice(&piece[..length]),
            // The end of the connection is looked for by writing as well.
            Err(_) if stream.write_all(b" ").await.is_err() => break,
            Err(_) => {}
        }
        assert!(started.elapsed() < Duration::from_mins(1), "still taken");
    }
    let took = started.elapsed();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(took >= Duration::from_secs(29), "cut off after {took:?}");
    println!(
        "trust-20 pass a byte a second: cut off after {:.1} s",
        took.as_secs_f64()
    );
}
