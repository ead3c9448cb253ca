//! Workers that die while they hold work.

use std::{future::pending, sync::Arc, time::Duration};

use jobs::{Bell, Options};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::support::{Counting, World, eventually, options, well, work};

#[tokio::test(flavor = "multi_thread")]
async fn trust_31_work_of_a_killed_worker_is_done_by_another_and_counted_once() {
    let world = World::new().await;
    let new = work(Uuid::now_v7());
    world
        .ledger
        .enqueue(std::slice::from_ref(&new))
        .await
        .unwrap();

    // Given a worker that is killed in the middle of the job.
    let stuck = Counting::new(|_| pending());
    let killed = world.start(&Bell::in_process(), &stuck, options());
    stuck.reached(1).await;
    killed.kill().await;

    // When another one runs.
    let handler = Counting::new(well);
    let workers = world.start(&Bell::in_process(), &handler, options());
    handler.reached(1).await;
    eventually(async || world.count("done").await == 1).await;

    // Then the dead one has no say any more, and the row was done once, at the second attempt.
    assert!(!world.ledger.finish(new.work_id, 1).await.unwrap());
    assert_eq!(
        world.ledger.fail(new.work_id, 1, "too_late").await.unwrap(),
        None
    );
    assert_eq!(world.row(new.work_id).await, ("done".to_owned(), 2, None));
    let story: Vec<String> =
        sqlx::query_scalar("select state from system.progress order by sequence")
            .fetch_all(world.sql())
            .await
            .unwrap();
    assert_eq!(story, ["queued", "running", "queued", "running", "done"]);
    workers.stop().await;
    println!("trust-31 pass 1 killed, 1 done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_job_keeps_its_row_longer_than_the_lease() {
    let world = World::new().await;
    let new = work(Uuid::now_v7());
    world
        .ledger
        .enqueue(std::slice::from_ref(&new))
        .await
        .unwrap();

    let gate = Arc::new(Semaphore::new(0));
    let behind = Arc::clone(&gate);
    let slow = Counting::new(move |_| {
        let gate = Arc::clone(&behind);
        async move {
            gate.acquire().await.unwrap().forget();
            Ok(())
        }
    });
    let workers = world.start(&Bell::in_process(), &slow, options());
    let rival = world.start(&Bell::in_process(), &slow, options());
    eventually(async || {
        sqlx::query_scalar(
            "select coalesce(max(lease_until - started_at) > $1, false) from system.work",
        )
        .bind(options().lease * 4)
        .fetch_one(world.sql())
        .await
        .unwrap()
    })
    .await;
    gate.add_permits(1);
    eventually(async || world.count("done").await == 1).await;

    assert_eq!(world.row(new.work_id).await, ("done".to_owned(), 1, None));
    workers.stop().await;
    rival.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_beyond_its_time_is_stopped_and_tried_again() {
    let world = World::new().await;
    let new = work(Uuid::now_v7());
    world
        .ledger
        .enqueue(std::slice::from_ref(&new))
        .await
        .unwrap();

    let endless = Counting::new(|_| pending());
    let short = Options {
        job_timeout: Duration::from_millis(50),
        ..options()
    };
    let workers = world.start(&Bell::in_process(), &endless, short);
    eventually(async || world.count("dead").await == 1).await;
    workers.stop().await;

    assert_eq!(
        world.row(new.work_id).await,
        ("dead".to_owned(), 5, Some("timeout".to_owned()))
    );
    assert_eq!(endless.runs()[&new.work_id], 5);
}
