//! Which role reaches which schema, and why; and which functions a role may call.
use std::collections::BTreeSet;

use testkit::World;

use super::ROLES;

/// Schema, roles, reason. Whoever is not listed cannot even name what is inside.
const REACH: [(&str, &[&str], &str); 6] = [
    (
        "tenant",
        &["plumbline_app", "plumbline_worker"],
        "requests and jobs work on one tenant's rows at a time",
    ),
    (
        "identity",
        &["plumbline_identity"],
        "sign-in happens before a tenant is known; no request for content can read a password hash",
    ),
    (
        "system",
        &["plumbline_app", "plumbline_worker"],
        "requests promise work and workers do it; the rows hold ids only",
    ),
    (
        "published",
        &[
            "plumbline_app",
            "plumbline_worker",
            "plumbline_identity",
            "plumbline_report",
        ],
        "open programmes, rounds and rules are for everybody",
    ),
    (
        "sector",
        &["plumbline_app", "plumbline_worker", "plumbline_report"],
        "funders contribute through a function, one role counts, requests read suppressed cells",
    ),
    ("public", &[], "nothing lives there"),
];

/// Functions that run with the owner's rights, with the roles that may call each.
const DOORS: [(&str, &[&str]); 22] = [
    ("identity.organisation_open", &["plumbline_identity"]),
    ("identity.record", &["plumbline_identity"]),
    ("identity.record_on", &["plumbline_identity"]),
    ("published.programme_publish", &["plumbline_app"]),
    ("published.round_advance", &["plumbline_app"]),
    ("published.round_rules_change", &["plumbline_app"]),
    ("sector.contribute", &["plumbline_app", "plumbline_worker"]),
    ("sector.retract", &["plumbline_app"]),
    ("tenant.appeal_answer", &["plumbline_app"]),
    ("tenant.appeal_deliver", &["plumbline_app"]),
    ("tenant.audit_await_seal", &[]),
    ("tenant.award_deliver", &["plumbline_app"]),
    ("tenant.file_state_deliver", &["plumbline_worker"]),
    ("tenant.letter_deliver", &["plumbline_app"]),
    ("tenant.outturn_deliver", &["plumbline_app"]),
    ("tenant.proxy_decision_deliver", &["plumbline_app"]),
    ("tenant.proxy_proposal_deliver", &["plumbline_app"]),
    (
        "tenant.status_deliver",
        &["plumbline_app", "plumbline_worker"],
    ),
    ("tenant.submission_deliver", &["plumbline_app"]),
    ("tenant.submission_record", &[]),
    ("tenant.took_part", &["plumbline_app"]),
    ("tenant.withdrawal_deliver", &["plumbline_app"]),
];

#[tokio::test]
async fn trust_05_each_schema_is_reachable_by_its_listed_roles_only() {
    let world = World::empty().await;
    let schemas: Vec<String> = sqlx::query_scalar(
        "select nspname::text from pg_namespace
         where nspname not like 'pg\\_%' and nspname <> 'information_schema'",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let listed: BTreeSet<&str> = REACH.iter().map(|(schema, ..)| *schema).collect();
    let found: BTreeSet<&str> = schemas.iter().map(String::as_str).collect();
    assert_eq!(
        found, listed,
        "a schema without a reason, or a reason without a schema"
    );
    for (schema, roles, reason) in REACH {
        for role in ROLES {
            let (reaches, creates): (bool, bool) = sqlx::query_as(
                "select has_schema_privilege($1, $2, 'usage'), has_schema_privilege($1, $2, 'create')",
            )
            .bind(role)
            .bind(schema)
            .fetch_one(world.sql())
            .await
            .unwrap();
            assert_eq!(
                reaches,
                roles.contains(&role),
                "{role} and {schema}: {reason}"
            );
            assert!(!creates, "{role} makes things in {schema}");
        }
    }
    println!("trust-05 pass {} schemas", REACH.len());
}

#[tokio::test]
async fn trust_05_only_the_report_role_reads_contributions_and_only_identity_reads_people() {
    let world = World::seeded().await;
    let closed = [
        ("plumbline_app", "select count(*) from sector.contributions"),
        (
            "plumbline_worker",
            "select count(*) from sector.contributions",
        ),
        ("plumbline_worker", "select count(*) from sector.cells"),
        ("plumbline_report", "select count(*) from tenant.runs"),
        ("plumbline_report", "select count(*) from system.work"),
        ("plumbline_app", "select count(*) from identity.users"),
        ("plumbline_worker", "select count(*) from identity.sessions"),
        (
            "plumbline_identity",
            "select count(*) from tenant.applications",
        ),
        ("plumbline_identity", "select count(*) from system.work"),
    ];
    for (role, statement) in closed {
        let pool = world.sql_as(role).await;
        let refused = sqlx::query(statement).execute(&pool).await.unwrap_err();
        let code = refused
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        assert_eq!(
            code.as_deref(),
            Some("42501"),
            "{role}: {statement}: {refused}"
        );
    }
    let report = world.sql_as("plumbline_report").await;
    let counted: i64 = sqlx::query_scalar("select count(*) from sector.contributions")
        .fetch_one(&report)
        .await
        .unwrap();
    assert!(counted > 0);
}

#[tokio::test]
async fn functions_with_the_owners_rights_are_listed_with_their_callers() {
    let world = World::empty().await;
    let functions: Vec<(String, bool, Vec<String>)> = sqlx::query_as(
        "select p.pronamespace::regnamespace || '.' || p.proname,
                p.prosecdef and not coalesce(p.proconfig, '{}') @> array['search_path=pg_catalog'],
                array(select r.rolname::text from pg_roles r
                      where r.rolname like 'plumbline%' and r.rolname <> 'plumbline_owner'
                        and has_function_privilege(r.oid, p.oid, 'execute') order by 1)
         from pg_proc p
         where p.pronamespace::regnamespace::text in ('tenant', 'published', 'sector', 'identity')
            or (p.prosecdef and p.pronamespace::regnamespace::text = 'system')
         order by 1",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let found: Vec<(&str, Vec<&str>)> = functions
        .iter()
        .map(|(name, _, roles)| (name.as_str(), roles.iter().map(String::as_str).collect()))
        .collect();
    let listed: Vec<(&str, Vec<&str>)> = DOORS
        .iter()
        .map(|(name, roles)| (*name, roles.to_vec()))
        .collect();
    assert_eq!(found, listed);
    for (name, loose, _) in &functions {
        assert!(!loose, "{name} can be led astray by a search path");
    }
}
