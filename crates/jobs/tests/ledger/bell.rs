//! The bell wakes at once; without it work is found by polling.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use jobs::{Bell, Options};
use uuid::Uuid;

use crate::support::{Counting, World, eventually, options, well, work};

/// So long that only the bell can explain a start.
fn deaf_without_bell() -> Options {
    Options {
        poll: Duration::from_hours(1),
        ..options()
    }
}

struct Redis {
    server: Child,
    port: u16,
}

impl Redis {
    fn start(port: u16) -> Self {
        let server = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no"])
            .stdout(Stdio::null())
            .spawn()
            .expect(
                "this test needs `redis-server` on the path: install the package `redis-server`",
            );
        Self { server, port }
    }

    async fn answering(port: u16) -> (Self, Bell) {
        let redis = Self::start(port);
        let mut bell = None;
        while bell.is_none() {
            bell = Bell::over_redis(&redis.url()).await.ok();
            tokio::task::yield_now().await;
        }
        (redis, bell.unwrap())
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_wakes_an_idle_worker_of_the_same_process() {
    let world = World::new().await;
    let bell = Bell::in_process();
    let handler = Counting::new(well);
    let workers = world.start(&bell, &handler, deaf_without_bell());
    for runs in 1..=3 {
        world.ledger.enqueue(&[work(Uuid::now_v7())]).await.unwrap();
        bell.ring();
        handler.reached(runs).await;
    }
    workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_whose_bell_was_lost_is_found_by_polling() {
    let world = World::new().await;
    let handler = Counting::new(well);
    let workers = world.start(&Bell::in_process(), &handler, options());
    for runs in 1..=2 {
        world.ledger.enqueue(&[work(Uuid::now_v7())]).await.unwrap();
        handler.reached(runs).await;
        // By then it has nothing in hand, has looked twice, and waits.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_33_a_ring_crosses_machines_and_losing_redis_costs_only_latency() {
    let world = World::new().await;
    let (redis, here) = Redis::answering(free_port()).await;
    let there = Bell::over_redis(&redis.url()).await.unwrap();
    let handler = Counting::new(well);
    let mut done = 0;
    let mut next = async |bell: Option<&Bell>| {
        world.ledger.enqueue(&[work(Uuid::now_v7())]).await.unwrap();
        done += 1;
        // A subscription may only just be coming up: the bell rings until it is heard.
        eventually(async || {
            if let Some(bell) = bell {
                bell.ring();
            }
            handler.runs().len() == done
        })
        .await;
    };

    // Given a worker elsewhere that has nothing but the bell.
    let workers = world.start(&there, &handler, deaf_without_bell());
    next(Some(&here)).await;
    workers.stop().await;

    // When Redis is gone, work is accepted and found all the same.
    let port = redis.port;
    drop(redis);
    let workers = world.start(&there, &handler, options());
    next(Some(&here)).await;
    next(None).await;
    workers.stop().await;

    // When it is back, the bell is heard again.
    let (_redis, _) = Redis::answering(port).await;
    let workers = world.start(&there, &handler, deaf_without_bell());
    next(Some(&here)).await;
    workers.stop().await;
    println!("trust-33 pass 4 of 4 done");
}

#[tokio::test]
async fn a_wrong_redis_url_is_explained_in_one_sentence() {
    let nonsense = Bell::over_redis("localhost").await.unwrap_err().to_string();
    assert!(
        nonsense.starts_with("REDIS_URL is not a Redis address"),
        "{nonsense}"
    );
    assert!(nonsense.contains("redis://127.0.0.1:6379"), "{nonsense}");

    let port = free_port();
    let url = format!("redis://user:secret@127.0.0.1:{port}");
    let silent = Bell::over_redis(&url).await.unwrap_err().to_string();
    let start = format!("no Redis answers at REDIS_URL, 127.0.0.1:{port}");
    assert!(silent.starts_with(&start), "{silent}");
    assert!(!silent.contains("secret"), "{silent}");
}
