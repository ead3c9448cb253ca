//! Many rows, uneven origins.

use std::time::Instant;

use jobs::{Bell, Options};
use uuid::Uuid;

use crate::support::{Counting, World, eventually, options, well, work};

const BIG: usize = 10_000;
const SMALL: usize = 1_000;
const SMALL_ORIGINS: usize = 10;

/// Nobody dies here: a lease as it is in use, so that a busy machine takes no row from a worker that goes on.
fn patient() -> Options {
    Options {
        batch: 16,
        lease: Options::default().lease,
        ..options()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_34_work_queued_while_no_worker_runs_is_done_once_and_no_origin_waits_for_a_bigger_one()
 {
    // Given one origin with ten times the rows of each of ten others, written down first.
    let world = World::new().await;
    let big = Uuid::now_v7();
    let mut rows: Vec<_> = (0..BIG).map(|_| work(big)).collect();
    for _ in 0..SMALL_ORIGINS {
        let small = Uuid::now_v7();
        rows.extend((0..SMALL).map(|_| work(small)));
    }
    assert_eq!(world.ledger.enqueue(&rows).await.unwrap(), 20_000);

    // When two processes work.
    let started = Instant::now();
    let handler = Counting::new(well);
    let bell = Bell::in_process();
    let one = world.start(&bell, &handler, patient());
    let two = world.start(&bell, &handler, patient());
    handler.reached(rows.len()).await;
    eventually(async || world.count("done").await == 20_000).await;
    let seconds = started.elapsed().as_secs_f32();
    one.stop().await;
    two.stop().await;

    // Then each row ran once, and the small origins were through when half the work was.
    let runs = handler.runs();
    assert_eq!(runs.len(), 20_000);
    assert!(runs.values().all(|runs| *runs == 1));
    let order = handler.order();
    let last_small = order.iter().rposition(|origin| origin.0 != big).unwrap();
    let fair = (SMALL_ORIGINS + 1) * SMALL;
    assert!(
        last_small < fair + fair / 10,
        "the last small row was number {last_small}"
    );
    println!("trust-34 pass 20000 rows in {seconds:.1} s, small origins through at {last_small}");
}

#[tokio::test(flavor = "multi_thread")]
async fn within_an_origin_the_higher_priority_goes_first_and_the_ring_goes_on_where_it_stopped() {
    let world = World::new().await;
    let mut origins = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
    origins.sort();
    let mut rows = Vec::new();
    for origin in origins {
        rows.push(work(origin));
        rows.push(store::work::NewWork {
            priority: 5,
            ..work(origin)
        });
    }
    world.ledger.enqueue(&rows).await.unwrap();

    let handler = Counting::new(well);
    let one_by_one = Options {
        concurrency: 1,
        batch: 1,
        ..options()
    };
    let workers = world.start(&Bell::in_process(), &handler, one_by_one);
    handler.reached(6).await;
    workers.stop().await;

    let order: Vec<Uuid> = handler.order().iter().map(|origin| origin.0).collect();
    assert_eq!(order, [origins, origins].concat());
    let urgent_first: bool = sqlx::query_scalar(
        "select max(started_at) filter (where priority = 5)
             < min(started_at) filter (where priority = 0) from system.work",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert!(urgent_first);
}
