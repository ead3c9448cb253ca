//! What crosses from one tenant into another goes through the delivery functions and nothing else.
use testkit::World;

use super::TENANT_ROLES;

/// Tables that are written by delivery alone; the applicant's own timeline is the exception.
const DELIVERED: [&str; 4] = [
    "submissions",
    "received_submissions",
    "submission_shares",
    "award_ledger",
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
