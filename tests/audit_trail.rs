//! The audit trail: one entry per deed, sealed at once, and nothing that somebody who may write every
//! table does to it afterwards goes unnoticed.
use audit::{FindingKind, SignedCheckpoint, SigningKey};
use casework::{AuditCheckView, audit_check_all, audit_seal};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{AUDIT_KEY, World};
use uuid::Uuid;

const APPROVER: &str = "approver@funder.example";

/// The key that worlds seal with.
fn key() -> SigningKey {
    SigningKey::from_hex(AUDIT_KEY).unwrap()
}

/// What an auditor has outside the database: every checkpoint that was signed so far.
async fn kept(world: &World) -> Vec<SignedCheckpoint> {
    let rows: Vec<(Value,)> = sqlx::query_as(
        "select jsonb_build_object('tenant', tenant_id, 'sequence', sequence, 'chain_sha256', chain_sha256,
             'signed_at', signed_at, 'key_id', key_id, 'signature', signature)
         from tenant.audit_checkpoints",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    rows.into_iter()
        .map(|(row,)| serde_json::from_value(row).unwrap())
        .collect()
}

async fn checked(world: &World, kept: &[SignedCheckpoint]) -> Vec<AuditCheckView> {
    let owner = world.owner().await;
    audit_check_all(&owner, kept, key().public()).await.unwrap()
}

/// The kinds of everything that was found, each once.
async fn kinds(world: &World, kept: &[SignedCheckpoint]) -> Vec<FindingKind> {
    let mut kinds: Vec<FindingKind> = checked(world, kept)
        .await
        .iter()
        .flat_map(|view| view.findings.iter().map(|finding| finding.kind))
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// A superuser who has switched every trigger off.
async fn behind_everything(world: &World, statements: &str) {
    let all = format!(
        "set session_replication_role = replica; {statements}; set session_replication_role = default"
    );
    sqlx::raw_sql(AssertSqlSafe(all))
        .execute(world.sql())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_29_whatever_a_superuser_does_to_the_trail_is_found() {
    use FindingKind::{
        ChainBroken, ChainCut, ChainDiffers, EntryChanged, EntryMissing, SequenceBroken,
    };
    let tampering: [(&str, &str, &[FindingKind]); 7] = [
        (
            "an entry is flipped",
            "update tenant.audit_entries set detail = '{\"amount\": \"1.00\"}' where entry_id =
                 (select entry_id from tenant.audit_entries where action = 'decision_record' limit 1)",
            &[EntryChanged],
        ),
        (
            "an entry is deleted",
            "delete from tenant.audit_entries where entry_id =
                 (select entry_id from tenant.audit_entries where action = 'decision_record' limit 1)",
            &[EntryMissing],
        ),
        (
            "an entry is deleted with its link",
            "with gone as (delete from tenant.audit_links where sequence = 3
                 and tenant_id in (select tenant_id from tenant.audit_links where sequence = 5)
                 returning entry_id)
             delete from tenant.audit_entries where entry_id in (select entry_id from gone)",
            &[SequenceBroken, ChainBroken],
        ),
        (
            "two entries change places",
            "create temporary table long as select tenant_id from tenant.audit_links where sequence = 5;
             update tenant.audit_links set sequence = 1000000
                 where sequence = 2 and tenant_id in (table long);
             update tenant.audit_links set sequence = 2
                 where sequence = 3 and tenant_id in (table long);
             update tenant.audit_links set sequence = 3 where sequence = 1000000",
            &[ChainBroken],
        ),
        (
            "the end is cut off, checkpoints and all",
            "delete from tenant.audit_checkpoints;
             delete from tenant.audit_entries e using tenant.audit_links l
                 where l.entry_id = e.entry_id and l.sequence > 2;
             delete from tenant.audit_links where sequence > 2",
            &[ChainCut],
        ),
        (
            "everything is thrown away",
            "delete from tenant.audit_checkpoints; delete from tenant.audit_links;
             delete from tenant.audit_entries; delete from system.audit_queue",
            &[ChainCut],
        ),
        (
            "links are written again over another entry",
            "update tenant.audit_links l set chain_sha256 = repeat('0', 64)
             where (tenant_id, sequence) in
                 (select tenant_id, max(sequence) from tenant.audit_links group by tenant_id)",
            &[ChainBroken, ChainDiffers],
        ),
    ];
    for (what, statements, expected) in tampering {
        let world = World::seeded().await;
        let kept = kept(&world).await;
        assert!(kept.len() > 3, "only {} checkpoints", kept.len());
        assert_eq!(kinds(&world, &kept).await, []);
        behind_everything(&world, statements).await;
        assert_eq!(kinds(&world, &kept).await, expected, "{what}");
    }
    println!(
        "trust-29 pass {} ways to tamper, all found",
        tampering.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_29_a_chain_that_is_made_again_is_not_what_was_signed() {
    let world = World::seeded().await;
    let kept = kept(&world).await;
    behind_everything(
        &world,
        "delete from tenant.audit_checkpoints; delete from tenant.audit_links;
         update tenant.audit_entries set actor_name = 'sealed:1:somebody else' where actor_id is not null;
         insert into system.audit_queue (entry_id, tenant_id)
             select entry_id, tenant_id from tenant.audit_entries",
    )
    .await;
    // The product itself seals what it finds; only what was kept outside tells.
    audit_seal(world.casework()).await.unwrap();
    assert_eq!(kinds(&world, &[]).await, []);
    let found = kinds(&world, &kept).await;
    assert!(found.contains(&FindingKind::ChainDiffers), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_29_two_sealers_at_once_make_one_chain_of_everything_once() {
    let world = World::seeded().await;
    let approver = world.actor(APPROVER).await;
    let submission: Uuid =
        sqlx::query_scalar("select submission_id from tenant.received_submissions limit 1")
            .fetch_one(world.sql())
            .await
            .unwrap();
    for _ in 0..40 {
        casework::received(world.casework(), &approver, submission)
            .await
            .unwrap();
    }
    let (one, two) = tokio::join!(audit_seal(world.casework()), audit_seal(world.casework()));
    assert_eq!(one.unwrap() + two.unwrap(), 40);
    assert_eq!(kinds(&world, &kept(&world).await).await, []);
    assert_eq!(audit_seal(world.casework()).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_read_filtered_and_checked_by_those_who_answer_for_it() {
    let world = World::seeded().await;
    let client = world.graphql(Some(APPROVER)).await;
    let query = "query($filter: AuditFilter, $after: String) {
        auditEntries(filter: $filter, first: 3, after: $after) {
            nodes { id action actor sequence sha256 } pageInfo { hasNextPage endCursor } } }";
    let filter = json!({"action": "decision_record"});
    let first = client.ask(query, json!({"filter": filter})).await;
    let page = &first["auditEntries"];
    assert_eq!(page["nodes"].as_array().unwrap().len(), 3);
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let after = &page["pageInfo"]["endCursor"];
    let second = client
        .ask(query, json!({"filter": filter, "after": after}))
        .await;
    let newest = page["nodes"][2]["sequence"].as_i64().unwrap();
    assert!(
        second["auditEntries"]["nodes"][0]["sequence"]
            .as_i64()
            .unwrap()
            < newest
    );
    let nobody = json!({"filter": {"actor": "nobody of this name"}});
    let none = client.ask(query, nobody).await;
    assert_eq!(none["auditEntries"]["nodes"], json!([]));

    let state = "{ auditState { publicKey actions checkpoint { sequence keyId } }
        auditCheck { entries checkpoints findings { kind } } }";
    let seen = client.ask(state, json!({})).await;
    assert_eq!(seen["auditState"]["publicKey"], key().public().to_hex());
    assert_eq!(seen["auditCheck"]["findings"], json!([]));
    assert_eq!(
        seen["auditCheck"]["entries"],
        seen["auditState"]["checkpoint"]["sequence"]
    );
    let viewer = world.graphql(Some("viewer@kestrel.example")).await;
    let refused = viewer.send(state, json!({})).await;
    assert!(refused["data"].is_null(), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_trail_can_be_checked_by_somebody_who_has_nothing_else() {
    use axum::http::{Method, StatusCode};
    let world = World::seeded().await;
    let client = world.graphql(Some(APPROVER)).await;
    let (status, _, body) = client
        .fetch(Method::GET, "/files/audit/trail.jsonl", None, Vec::new())
        .await;
    assert_eq!(status, StatusCode::OK);
    let exported: Vec<Value> = String::from_utf8(body)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (last, links) = exported.split_last().unwrap();
    let mut chain = "0".repeat(64);
    for link in links {
        let said = explain::canonical_json(&link["entry"]);
        let entry = explain::sha256_hex(said.as_bytes());
        assert_eq!(link["entry_sha256"], entry);
        let sequence = &link["sequence"];
        chain = explain::sha256_hex(format!("{chain}\n{sequence}\n{entry}").as_bytes());
        assert_eq!(link["chain_sha256"], chain);
    }
    let signed: SignedCheckpoint = serde_json::from_value(last["checkpoint"].clone()).unwrap();
    assert_eq!(signed.checkpoint.chain_sha256, chain);
    let public = audit::PublicKey::from_hex(last["public_key"].as_str().unwrap()).unwrap();
    assert!(signed.holds(public));
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_29_the_operators_command_fails_when_the_trail_does_not_hold() {
    let world = World::seeded().await;
    let file = world.plumbline_folder().join("checkpoints.jsonl");
    let lines: Vec<String> = kept(&world)
        .await
        .iter()
        .map(|signed| serde_json::to_string(signed).unwrap())
        .collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let verify = || {
        let mut command = world.plumbline(&["audit", "verify"]);
        command
            .env("PLUMBLINE_CHECKPOINTS", &file)
            .output()
            .unwrap()
    };
    let holds = verify();
    let said = String::from_utf8_lossy(&holds.stdout);
    assert!(holds.status.success(), "{said}");
    assert!(said.contains(" 0 findings"), "{said}");
    behind_everything(
        &world,
        "update tenant.audit_entries set action = 'nothing' where entry_id =
             (select entry_id from tenant.audit_links where sequence = 2 limit 1)",
    )
    .await;
    let broken = verify();
    let said = String::from_utf8_lossy(&broken.stdout);
    assert_eq!(broken.status.code(), Some(1));
    assert!(said.contains("entry_changed at 2"), "{said}");
}
