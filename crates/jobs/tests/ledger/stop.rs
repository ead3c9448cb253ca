//! The end of a worker that is asked to stop.

use std::{future::pending, sync::Arc, time::Duration};

use jobs::{Bell, Options};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::support::{Counting, World, eventually, options, work};

#[tokio::test(flavor = "multi_thread")]
async fn trust_39_a_worker_asked_to_stop_ends_its_job_and_gives_the_rest_back_uncounted() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    let rows: Vec<_> = (0..8).map(|_| work(origin)).collect();
    world.ledger.enqueue(&rows).await.unwrap();

    // Given a worker that holds eight rows and runs one of them.
    let gate = Arc::new(Semaphore::new(0));
    let behind = Arc::clone(&gate);
    let handler = Counting::new(move |_| {
        let gate = Arc::clone(&behind);
        async move {
            gate.acquire().await.unwrap().forget();
            Ok(())
        }
    });
    let workers = world.start(
        &Bell::in_process(),
        &handler,
        Options {
            concurrency: 1,
            ..options()
        },
    );
    handler.reached(1).await;
    assert_eq!(world.count("running").await, 8);

    // When it is asked to stop while the job goes on.
    let (ended, ()) = tokio::join!(workers.stop(), async { gate.add_permits(1) });

    // Then that job is done and the others wait as if nothing had been.
    let () = ended;
    assert_eq!(
        (world.count("done").await, world.count("queued").await),
        (1, 7)
    );
    let attempts: i64 =
        sqlx::query_scalar("select sum(attempt) from system.work where state = 'queued'")
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert_eq!(attempts, 0);
    println!("trust-39 pass 1 done, 7 given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_outlasts_the_drain_is_stopped_and_given_back() {
    let world = World::new().await;
    world.ledger.enqueue(&[work(Uuid::now_v7())]).await.unwrap();

    let handler = Counting::new(|_| pending());
    let impatient = Options {
        drain: Duration::from_millis(50),
        ..options()
    };
    let workers = world.start(&Bell::in_process(), &handler, impatient);
    handler.reached(1).await;
    workers.stop().await;

    assert_eq!(world.count("queued").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_waited_for() {
    let world = World::new().await;
    let handler = Counting::new(crate::support::well);
    let workers = world.start(&Bell::in_process(), &handler, options());
    world.ledger.enqueue(&[work(Uuid::now_v7())]).await.unwrap();
    handler.reached(1).await;

    // Every connection but the test's own is cut, as a restart of the server does.
    for _ in 0..5 {
        let _ = sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()",
        )
        .execute(world.sql())
        .await;
    }
    eventually(async || world.ledger.enqueue(&[work(Uuid::now_v7())]).await.is_ok()).await;
    handler.reached(2).await;
    workers.stop().await;
}
