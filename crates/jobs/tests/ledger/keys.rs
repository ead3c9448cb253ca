//! Work asked for more than once, and what operators see.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::{slice::from_ref, time::Duration};

use access::TenantId;
use store::work::{ClaimRequest, ClaimedWork, NewWork, WorkKind, WorkState};
use uuid::Uuid;

use crate::support::{World, work};

fn same_key(origin: Uuid) -> NewWork {
    NewWork {
        dedup_key: "round".to_owned(),
        ..work(origin)
    }
}

async fn claim(world: &World, lease: Duration) -> Vec<ClaimedWork> {
    let request = ClaimRequest {
        kinds: WorkKind::ALL.to_vec(),
        worker: "test".to_owned(),
        batch: 16,
        lease,
        after: TenantId(Uuid::nil()),
        suspect: true,
    };
    world.ledger.claim(&request).await.unwrap()
}

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn work_asked_for_twice_while_it_waits_is_one_row_at_the_earlier_time_and_higher_priority() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    assert_eq!(world.ledger.next_due().await.unwrap(), None);
    let later = NewWork {
        delay: MINUTE,
        ..same_key(origin)
    };
    let urgent = NewWork {
        priority: 3,
        ..same_key(origin)
    };

    assert_eq!(world.ledger.enqueue(from_ref(&later)).await.unwrap(), 1);
    assert!(claim(&world, MINUTE).await.is_empty());
    assert!(world.ledger.next_due().await.unwrap().unwrap() > Duration::from_secs(50));
    assert_eq!(
        world
            .ledger
            .enqueue(&[urgent.clone(), urgent])
            .await
            .unwrap(),
        0
    );

    assert_eq!(world.ledger.next_due().await.unwrap(), Some(Duration::ZERO));
    let claimed = claim(&world, MINUTE).await;
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].work_id, later.work_id);
    // While it runs, the same work can be asked for again: what it reads may have changed.
    assert_eq!(world.ledger.enqueue(&[same_key(origin)]).await.unwrap(), 1);
}

#[tokio::test]
async fn a_failed_attempt_gives_way_to_the_same_work_queued_meanwhile() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    world.ledger.enqueue(&[same_key(origin)]).await.unwrap();
    let held = claim(&world, MINUTE).await.remove(0);
    let newer = same_key(origin);
    world.ledger.enqueue(from_ref(&newer)).await.unwrap();

    let verdict = world
        .ledger
        .retry(held.work_id, held.fence, "busy", MINUTE)
        .await
        .unwrap();

    assert_eq!(verdict, Some(WorkState::Done));
    assert_eq!(
        world.row(held.work_id).await,
        ("done".into(), 1, Some("superseded".into()))
    );
    assert_eq!(claim(&world, MINUTE).await[0].work_id, newer.work_id);
}

#[tokio::test]
async fn of_two_dropped_rows_with_one_key_one_is_queued_again() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    for _ in 0..2 {
        world.ledger.enqueue(&[same_key(origin)]).await.unwrap();
        assert_eq!(claim(&world, Duration::ZERO).await.len(), 1);
    }

    assert_eq!(world.ledger.sweep().await.unwrap(), 2);

    assert_eq!(
        (world.count("queued").await, world.count("done").await),
        (1, 1)
    );
}

#[tokio::test]
async fn dead_work_is_replayed_unless_the_same_work_waits_already() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    world
        .ledger
        .enqueue(&[NewWork {
            attempt_max: 1,
            ..same_key(origin)
        }])
        .await
        .unwrap();
    let held = claim(&world, MINUTE).await.remove(0);
    assert!(!world.ledger.replay(held.work_id).await.unwrap());
    let verdict = world
        .ledger
        .retry(held.work_id, held.fence, "busy", MINUTE)
        .await
        .unwrap();
    assert_eq!(verdict, Some(WorkState::Dead));

    let twin = same_key(origin);
    world.ledger.enqueue(&[twin]).await.unwrap();
    assert!(!world.ledger.replay(held.work_id).await.unwrap());
    let twin = claim(&world, MINUTE).await.remove(0);
    assert!(world.ledger.replay(held.work_id).await.unwrap());
    assert!(world.ledger.finish(twin.work_id, twin.fence).await.unwrap());

    let stats = world.ledger.stats().await.unwrap();
    assert_eq!(
        (stats.queued, stats.due, stats.running, stats.dead),
        (1, 1, 0, 0)
    );
    assert_eq!(
        (stats.oldest_due_seconds, stats.oldest_running_seconds),
        (Some(0), None)
    );
}

#[tokio::test]
async fn a_kind_that_only_newer_workers_know_is_left_to_them() {
    let world = World::new().await;
    let origin = Uuid::now_v7();
    world
        .ledger
        .enqueue(&[work(origin), work(origin)])
        .await
        .unwrap();
    sqlx::query(
        "update system.work set kind = 'of_tomorrow'
         where work_id = (select min(work_id::text)::uuid from system.work)",
    )
    .execute(world.sql())
    .await
    .unwrap();

    assert_eq!(claim(&world, MINUTE).await.len(), 1);
    assert_eq!(world.count("queued").await, 1);
}
