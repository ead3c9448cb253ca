//! Retention: rows made old go, young ones stay, evidence stays however old.
use std::collections::BTreeMap;

use casework::personal_data_expire;
use serde_json::json;
use testkit::{PASSWORD, World};

use super::{id_of, post};

const PERSON: &str = "viewer@kestrel.example";

/// Moves every moment of a table so many days into the past.
async fn aged(world: &World, table: &str, columns: &[&str], days: i32) {
    let sets: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} = {column} - make_interval(days => {days})"))
        .collect();
    let statement = format!(
        "set session_replication_role = replica; update {table} set {}; set session_replication_role = default",
        sets.join(", ")
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
        .execute(world.sql())
        .await
        .unwrap();
}

/// Rows of every class that ages, as the product makes them.
async fn arranged(world: &World) {
    let client = world.graphql(Some(PERSON)).await;
    let user = id_of(world, PERSON).await;
    let endorser = world.actor("endorser@kestrel.example").await;
    post(&client, "/auth/reset/ask", json!({"email": PERSON})).await;
    post(
        &client,
        "/auth/second-step/begin",
        json!({"password": PASSWORD}),
    )
    .await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "insert into identity.password_resets (token_hash, user_id, expires_at)
             values (sha256('reset'), '{user}', clock_timestamp());
         insert into identity.invitations (invitation_id, tenant_id, email, roles, invited_by, expires_at, waits)
             values (gen_random_uuid(), '{tenant}', 'guest@example.org', '{{ngo_viewer}}', '{endorser}', clock_timestamp(), false);
         insert into identity.role_changes
             (change_id, tenant_id, user_id, roles, asked_by, answered_by, answered_at, confirmed)
             values (gen_random_uuid(), '{tenant}', '{user}', '{{ngo_viewer}}', '{endorser}', '{user}', clock_timestamp(), true);
         insert into identity.api_tokens
             (token_id, secret_hash, prefix, user_id, tenant_id, name, scopes, expires_at)
             values (gen_random_uuid(), sha256('token'), 'plt_00000000', '{user}', '{tenant}', 'program', '{{a}}', clock_timestamp());
         insert into tenant.file_grants (tenant_id, grant_hash, deed, granted_to, file_id, expires_at)
             values ('{tenant}', repeat('0', 64), 'download', '{user}', gen_random_uuid(), clock_timestamp());
         insert into tenant.idempotency_keys (tenant_id, actor_id, operation, key, body_hash, answer)
             values ('{tenant}', '{user}', 'test', 'a key of it', '', gen_random_uuid());
         insert into identity.provider_visits (state_hash, browser_hash, expires_at)
             values (sha256('state'), sha256('browser'), clock_timestamp());
         insert into identity.passkey_questions (question_id, state, expires_at)
             values (gen_random_uuid(), '{{}}', clock_timestamp());
         update identity.registrations set decided_at = clock_timestamp(), approved = false, password_hash = null
             where confirmed_at is not null;
         insert into identity.registrations (registration_id, content_sha256, kind, name_en, name_zh, person, email,
             notice_version, expires_at)
             values (gen_random_uuid(), '', 'ngo', 'Reed', '蘆葦', 'HO', 'ho@reed.example', '1', clock_timestamp() + interval '1 day')",
        tenant = endorser.tenant.0,
        endorser = endorser.user.0,
    )))
    .execute(world.sql())
    .await
    .unwrap();
}

const AGEING: [(&str, &[&str]); 15] = [
    (
        "identity.sessions",
        &["created_at", "last_seen_at", "expires_at", "revoked_at"],
    ),
    ("identity.known_devices", &["created_at", "last_used_at"]),
    ("identity.sign_in_attempts", &["at"]),
    ("identity.password_resets", &["created_at", "expires_at"]),
    ("identity.second_factors", &["created_at"]),
    ("identity.provider_visits", &["created_at", "expires_at"]),
    ("identity.passkey_questions", &["created_at", "expires_at"]),
    ("identity.mail_queue", &["created_at"]),
    ("identity.invitations", &["created_at", "expires_at"]),
    ("identity.role_changes", &["asked_at", "answered_at"]),
    ("identity.api_tokens", &["created_at", "expires_at"]),
    ("system.work", &["finished_at"]),
    ("system.progress", &["at"]),
    ("tenant.file_grants", &["granted_at", "expires_at"]),
    ("tenant.idempotency_keys", &["created_at"]),
];

async fn rows(world: &World, tables: &[&str]) -> BTreeMap<String, i64> {
    let mut counted = BTreeMap::new();
    for table in tables {
        let statement = format!("select count(*) from {table}");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
            .fetch_one(world.sql())
            .await
            .unwrap();
        counted.insert((*table).to_owned(), rows);
    }
    counted
}

const EVIDENCE: [&str; 7] = [
    "tenant.submissions",
    "tenant.received_submissions",
    "tenant.runs",
    "tenant.decisions",
    "tenant.audit_entries",
    "tenant.audit_links",
    "tenant.purchase_acts",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_has_aged_goes_by_its_class_and_evidence_stays() {
    let world = World::seeded().await;
    arranged(&world).await;
    let tables: Vec<&str> = AGEING.iter().map(|(table, _)| *table).collect();
    let evidence = rows(&world, &EVIDENCE).await;
    let before = rows(&world, &tables).await;
    assert!(before.values().all(|rows| *rows > 0), "{before:?}");
    let young = personal_data_expire(world.casework()).await.unwrap();
    assert!(young.values().all(|rows| *rows == 0), "{young:?}");
    for (table, columns) in AGEING {
        aged(&world, table, columns, 800).await;
    }
    aged(
        &world,
        "identity.registrations",
        &["decided_at", "expires_at"],
        800,
    )
    .await;
    aged(&world, "tenant.audit_entries", &["at"], 8_000).await;
    aged(&world, "tenant.submissions", &["received_at"], 8_000).await;
    let gone = personal_data_expire(world.casework()).await.unwrap();
    let least = gone.values().min().copied();
    assert!(least > Some(0), "{gone:?}");
    let left = rows(&world, &tables).await;
    let kept: Vec<_> = left
        .iter()
        .filter(|(table, rows)| **rows > 0 && *table != "system.work")
        .collect();
    assert!(kept.is_empty(), "{kept:?}");
    assert_eq!(rows(&world, &EVIDENCE).await, evidence);
    println!(
        "{} rows of {} classes went",
        gone.values().sum::<u64>(),
        gone.len()
    );
}
