//! What crosses from one tenant into another goes through the delivery functions and nothing else.
use testkit::World;

use super::TENANT_ROLES;

/// Tables that are written by delivery alone; the applicant's own timeline is the exception.
const DELIVERED: [&str; 14] = [
    "submissions",
    "received_submissions",
    "submission_shares",
    "award_ledger",
    "received_outturns",
    "received_files",
    "received_proxy_proposals",
    "delivered_proxy_decisions",
    "letters",
    "delivered_letters",
    "appeals",
    "received_appeals",
    "appeal_decisions",
    "delivered_appeal_decisions",
];

#[tokio::test]
async fn what_is_delivered_can_be_inserted_by_no_role_of_the_product() {
    let world = World::empty().await;
    for role in TENANT_ROLES {
        for table in DELIVERED {
            let may: bool = sqlx::query_scalar("select has_table_privilege($1, $2, 'insert')")
                .bind(role)
                .bind(format!("tenant.{table}"))
                .fetch_one(world.sql())
                .await
                .unwrap();
            assert!(!may, "{role} inserts into {table}");
        }
    }
}

#[tokio::test]
async fn a_version_with_a_date_of_ones_own_choice_can_be_recorded_by_no_role_of_the_product() {
    let world = World::empty().await;
    for role in TENANT_ROLES {
        let pool = world.sql_as(role).await;
        let refused = sqlx::query(
            "select tenant.submission_record(now(), gen_random_uuid(), gen_random_uuid(),
                 gen_random_uuid(), 1, '{}', '', gen_random_uuid(), '', '', 'small', '', '', 0, 0,
                 '[]'::jsonb, '[]'::jsonb)",
        )
        .execute(&pool)
        .await
        .unwrap_err();
        let code = refused
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        assert_eq!(code.as_deref(), Some("42501"), "{role}: {refused}");
    }
}

#[tokio::test]
async fn the_library_grows_by_a_decision_of_its_keeper_alone() {
    let world = World::seeded().await;
    for role in TENANT_ROLES {
        for table in ["published.proxies", "published.proxy_library"] {
            let may: bool = sqlx::query_scalar(
                "select has_table_privilege($1, $2, 'insert, update, delete, truncate')",
            )
            .bind(role)
            .bind(table)
            .fetch_one(world.sql())
            .await
            .unwrap();
            assert!(!may, "{role} writes {table}");
        }
    }
    // Another tenant that has got hold of a proposal, and even recorded a decision on it.
    let app = world.sql_as("plumbline_app").await;
    let mut tx = app.begin().await.unwrap();
    sqlx::query("select set_config('app.tenant', gen_random_uuid()::text, true)")
        .execute(&mut *tx)
        .await
        .unwrap();
    let proposal: uuid::Uuid =
        sqlx::query_scalar("select proposal_id from tenant.received_proxy_proposals limit 1")
            .fetch_one(world.sql())
            .await
            .unwrap();
    let refused = sqlx::query("select tenant.proxy_decision_deliver($1)")
        .bind(proposal)
        .execute(&mut *tx)
        .await
        .unwrap_err();
    let code = refused
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    // P0002: in that tenant there is no such decision.
    assert_eq!(code.as_deref(), Some("P0002"), "{refused}");
}
