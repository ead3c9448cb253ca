//! Work that harms whoever takes it.

use std::future::pending;

use jobs::{Bell, JobError};
use store::work::{ClaimedWork, NewWork};
use uuid::Uuid;

use crate::support::{Counting, World, eventually, options, work};

fn poison_among(others: usize) -> (NewWork, Vec<NewWork>) {
    let origin = Uuid::now_v7();
    let poison = NewWork {
        priority: 9,
        attempt_max: 4,
        ..work(origin)
    };
    let mut rows: Vec<_> = (0..others).map(|_| work(origin)).collect();
    rows.push(poison.clone());
    (poison, rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_38_a_job_that_panics_is_dead_after_exactly_its_attempts_and_can_be_replayed() {
    let world = World::new().await;
    let (poison, rows) = poison_among(50);
    world.ledger.enqueue(&rows).await.unwrap();

    let bad = poison.work_id;
    let handler = Counting::new(move |work: ClaimedWork| async move {
        assert!(work.work_id != bad, "poison");
        Ok(())
    });
    let workers = world.start(&Bell::in_process(), &handler, options());
    eventually(async || world.count("dead").await == 1 && world.count("done").await == 50).await;

    assert_eq!(handler.runs()[&bad], 4);
    assert_eq!(
        world.row(bad).await,
        ("dead".to_owned(), 4, Some("panicked".to_owned()))
    );
    let stats = world.ledger.stats().await.unwrap();
    assert_eq!(
        (stats.queued, stats.running, stats.failed, stats.dead),
        (0, 0, 0, 1)
    );

    // Replayed by a person, it has all its attempts again.
    assert!(world.ledger.replay(bad).await.unwrap());
    eventually(async || world.count("dead").await == 1).await;
    assert_eq!(handler.runs()[&bad], 8);
    workers.stop().await;
    println!("trust-38 pass dead after 4 of 4, 50 others done");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_38_a_job_that_kills_its_process_is_dead_after_exactly_its_attempts_alone() {
    let world = World::new().await;
    let (poison, rows) = poison_among(50);
    world.ledger.enqueue(&rows).await.unwrap();

    // Every process that takes it is killed, with all it holds.
    let bad = poison.work_id;
    let handler = Counting::new(move |work: ClaimedWork| async move {
        if work.work_id == bad {
            pending().await
        } else {
            Ok(())
        }
    });
    for attempt in 1..=4 {
        let workers = world.start(&Bell::in_process(), &handler, options());
        eventually(async || handler.runs().get(&bad) == Some(&attempt)).await;
        workers.kill().await;
    }
    let workers = world.start(&Bell::in_process(), &handler, options());
    eventually(async || world.count("dead").await == 1 && world.count("done").await == 50).await;
    workers.stop().await;

    assert_eq!(handler.runs()[&bad], 4);
    assert_eq!(
        world.row(bad).await,
        ("dead".to_owned(), 4, Some("lease_expired".to_owned()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_may_have_killed_its_workers_is_claimed_one_at_a_time() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    let rows: Vec<_> = (0..3).map(|_| work(origin)).collect();
    world.ledger.enqueue(&rows).await.unwrap();
    sqlx::query("update system.work set expiries = 2")
        .execute(world.sql())
        .await
        .unwrap();

    let handler = Counting::new(|_| pending());
    let workers = world.start(&Bell::in_process(), &handler, options());
    handler.reached(1).await;
    world.ledger.enqueue(&[work(origin)]).await.unwrap();
    handler.reached(2).await;
    assert_eq!(world.count("queued").await, 2);
    workers.kill().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_cannot_succeed_is_failed_at_once_and_one_that_may_is_tried_again() {
    let world = World::new().await;
    let (hopeless, hopeful) = (work(Uuid::now_v7()), work(Uuid::now_v7()));
    world
        .ledger
        .enqueue(&[hopeless.clone(), hopeful.clone()])
        .await
        .unwrap();

    let lost = hopeless.work_id;
    let handler = Counting::new(move |work: ClaimedWork| async move {
        match work.attempt {
            _ if work.work_id == lost => Err(JobError::Fail {
                code: "no_such_round",
            }),
            1 | 2 => Err(JobError::Retry { code: "busy" }),
            _ => Ok(()),
        }
    });
    let workers = world.start(&Bell::in_process(), &handler, options());
    eventually(async || world.count("failed").await == 1 && world.count("done").await == 1).await;
    workers.stop().await;

    let failed = ("failed".to_owned(), 1, Some("no_such_round".to_owned()));
    assert_eq!(world.row(lost).await, failed);
    assert_eq!(
        world.row(hopeful.work_id).await,
        ("done".to_owned(), 3, None)
    );
}
