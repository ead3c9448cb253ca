//! Erasing: a person with a marker for a name and an address does everything that people do, in several
//! organisations, and is erased.
use std::collections::BTreeSet;

use access::{Actor, Role, TenantId, TenantKind, UserId};
use audit::{SignedCheckpoint, SigningKey};
use axum::http::StatusCode;
use casework::{
    Joining, audit_check_all, audit_seal, invitation_accept, mail_send_due, names_read,
};
use serde_json::{Value, json};
use testkit::{AUDIT_KEY, Client, PASSWORD, World};
use uuid::Uuid;

use super::{codes, id_of, post, search};
use crate::{
    isolation::{has_right, mutations},
    letterbox::Letterbox,
};

const NAME: &str = "Zephyrine QUARTERMAIN 柒捌玖";
const EMAIL: &str = "zephyrine.quartermain@markers.example";
const ENDORSER: &str = "endorser@kestrel.example";

/// Somebody new, by an invitation of an organisation.
async fn joined(world: &World) -> Uuid {
    let (casework, letterbox) = Letterbox::of(world);
    let endorser = world.graphql(Some(ENDORSER)).await;
    let send = "mutation($input: InvitationSendInput!) { invitationSend(input: $input) { problems { code } } }";
    let input = json!({"email": EMAIL, "roles": ["NGO_EDITOR"]});
    let answer = endorser.ask(send, json!({"input": input})).await;
    assert_eq!(answer["invitationSend"]["problems"], json!([]));
    mail_send_due(&casework).await.unwrap();
    let token = letterbox.link("join");
    let joining = Joining {
        name: NAME,
        password: "harbour kettle ladder seven",
        notice: Some("1"),
    };
    invitation_accept(&casework, &token, &joining)
        .await
        .unwrap();
    let user = id_of(world, EMAIL).await;
    // With the password that every browser of the tests signs in with.
    sqlx::query(
        "update identity.users set password_hash =
             (select password_hash from identity.users where email = $2) where user_id = $1",
    )
    .bind(user)
    .bind(ENDORSER)
    .execute(world.sql())
    .await
    .unwrap();
    user
}

/// Makes the person a member, with every role that the organisation gives.
async fn member(world: &World, user: Uuid, tenant: Uuid) -> Actor {
    let kind: String = sqlx::query_scalar("select kind from identity.tenants where tenant_id = $1")
        .bind(tenant)
        .fetch_one(world.sql())
        .await
        .unwrap();
    let kind = TenantKind::from_name(&kind).unwrap();
    let roles: BTreeSet<Role> = Role::ALL
        .into_iter()
        .filter(|role| role.kind() == kind && *role != Role::NgoAdviser)
        .collect();
    let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    sqlx::query(
        "insert into identity.memberships (user_id, tenant_id, roles) values ($1, $2, $3)
         on conflict (user_id, tenant_id) do update set roles = excluded.roles",
    )
    .bind(user)
    .bind(tenant)
    .bind(names)
    .execute(world.sql())
    .await
    .unwrap();
    Actor {
        user: UserId(user),
        name: sqlx::query_scalar("select name from identity.users where user_id = $1")
            .bind(user)
            .fetch_one(world.sql())
            .await
            .unwrap(),
        tenant: TenantId(tenant),
        kind,
        roles,
        token: None,
    }
}

/// The person's browser, acting for an organisation.
async fn acting_for(world: &World, tenant: Uuid) -> Client {
    let client = world.graphql(Some(EMAIL)).await;
    let body = json!({"tenantId": tenant}).to_string().into_bytes();
    let kind = Some("application/json");
    let (status, headers, _) = client
        .fetch(axum::http::Method::POST, "/auth/switch", kind, body)
        .await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let cookie = headers["set-cookie"].to_str().unwrap();
    let pair = cookie.split(';').next().unwrap();
    let secret = pair.split_once('=').unwrap().1.to_owned();
    client.with_session(&secret)
}

/// Everything that a person can do to a thing, done by this one; the names of what was done.
async fn busy(world: &World, user: Uuid) -> Vec<&'static str> {
    let mut done = Vec::new();
    for (field, id, owner) in mutations(world).await {
        let actor = member(world, user, owner).await;
        if !has_right(Some(&actor), field, owner) {
            continue;
        }
        let client = acting_for(world, owner).await;
        let answer = client.send(field.document, (field.variables)(id)).await;
        if answer["errors"].is_null() && answer["data"][field.name]["problems"] == json!([]) {
            done.push(field.name);
        }
    }
    world.run_jobs().await;
    done
}

async fn checkpoints(world: &World) -> Vec<SignedCheckpoint> {
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

/// Entries of trails that hold, against the checkpoints of before.
async fn verified(world: &World, kept: &[SignedCheckpoint]) -> u64 {
    audit_seal(world.casework()).await.unwrap();
    let key = SigningKey::from_hex(AUDIT_KEY).unwrap().public();
    let views = audit_check_all(&world.owner().await, kept, key).await;
    let views = views.unwrap();
    for view in &views {
        assert_eq!(view.findings, [], "{:?}", view.tenant);
    }
    views.iter().map(|view| view.links).sum()
}

/// Runs that give the same bytes when they are asked again.
async fn replayed(world: &World) -> usize {
    let runs: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "select run_id, tenant_id from tenant.runs where kind <> 'procurement'
           and not (output::jsonb ? 'problems')",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let officer = world.actor("officer@funder.example").await;
    let mut same = 0;
    for (run, tenant) in runs {
        if tenant != officer.tenant.0 {
            continue;
        }
        let replay = casework::replay_run(world.casework(), &officer, run).await;
        let replay = replay.unwrap();
        assert_eq!(replay.stored.to_string(), replay.now.to_string(), "{run}");
        same += 1;
    }
    same
}

/// Columns in which a sealed text still says the marker, opened with every key that there is.
async fn readable(world: &World) -> BTreeSet<String> {
    let sealed = search::sealed(world).await;
    let texts: Vec<String> = sealed.keys().cloned().collect();
    let read = names_read(world.casework(), texts).await.unwrap();
    sealed
        .into_iter()
        .filter(|(text, _)| read[text] == NAME)
        .flat_map(|(_, places)| places)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_43_erasure_leaves_no_marker_and_the_trail_and_every_run_still_hold() {
    let world = World::seeded().await;
    let user = joined(&world).await;
    let done = busy(&world, user).await;
    assert!(done.len() >= 15, "only {done:?} could be done");
    audit_seal(world.casework()).await.unwrap();
    let kept = checkpoints(&world).await;
    // The search can find: before erasure the address stands somewhere, and the name opens in many places.
    let markers = ["QUARTERMAIN", "quartermain", "柒捌玖", "Zephyrine"];
    let (before, _) = search::found(&world, &markers).await;
    assert!(before.contains_key("identity.users.email"), "{before:?}");
    let opened = readable(&world).await;
    assert!(opened.len() >= 8, "{opened:?}");
    assert!(
        opened.contains("tenant.audit_entries.actor_name"),
        "{opened:?}"
    );
    let copy: (String, Vec<u8>) =
        sqlx::query_as("select key_id, wrapped from identity.person_keys where user_id = $1")
            .bind(user)
            .fetch_one(world.sql())
            .await
            .unwrap();

    let client = world.graphql(Some(EMAIL)).await;
    let (status, answer) = post(&client, "/auth/erase", json!({"password": PASSWORD})).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{answer}");

    let (after, columns) = search::found(&world, &markers).await;
    assert_eq!(after.len(), 0, "{after:?}");
    assert_eq!(readable(&world).await, BTreeSet::new());
    // What was sealed is still there, and only the key is gone.
    let kept_sealed = search::sealed(&world).await;
    let own = |text: &&String| text.contains(&user.to_string());
    assert!(kept_sealed.keys().filter(own).count() >= 1);
    let (hits, _) = search::found(&world, &[&explain::hex(&copy.1)]).await;
    assert_eq!(hits.len(), 0, "{hits:?}");
    let links = verified(&world, &kept).await;
    let runs = replayed(&world).await;
    assert!(runs > 100, "{runs}");
    closed(&world, user).await;
    println!(
        "trust-43 pass {} deeds in several organisations, 0 markers in {columns} columns (before: {} plain, {} sealed), \
         {links} entries verify, {runs} runs replay",
        done.len(),
        before.len(),
        opened.len()
    );
}

/// Nobody signs in to the account, its sessions are over, and pages show nobody's name.
async fn closed(world: &World, user: Uuid) {
    let living: i64 = sqlx::query_scalar(
        "select (select count(*) from identity.sessions where user_id = $1)
              + (select count(*) from identity.known_devices where user_id = $1)
              + (select count(*) from identity.living_memberships where user_id = $1)
              + (select count(*) from identity.api_tokens where user_id = $1 and ended_at is null)",
    )
    .bind(user)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(living, 0);
    let approver = world.graphql(Some("approver@funder.example")).await;
    let seen = approver
        .ask(
            "{ auditEntries(first: 50) { nodes { actor actorId action } } }",
            json!({}),
        )
        .await;
    let nodes = seen["auditEntries"]["nodes"].as_array().unwrap();
    let own = |node: &&Value| node["actorId"] == user.to_string();
    let own: Vec<&Value> = nodes.iter().filter(own).collect();
    assert!(!own.is_empty());
    for node in own {
        assert_eq!(node["actor"], "", "{node}");
    }
    let erased = nodes.iter().any(|node| node["action"] == "person_erase");
    assert!(erased, "{nodes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_or_an_address_that_is_left_behind_anywhere_is_found() {
    let world = World::seeded().await;
    let plant = [
        (
            "update tenant.reviews set comment = 'by QUARTERMAIN'",
            "tenant.reviews.comment",
        ),
        (
            "update identity.known_devices set device_hash = sha256('x')",
            "",
        ),
        (
            "update tenant.draft_sections set content = jsonb_build_object('a', encode(convert_to('of Zephyrine QUARTERMAIN, by', 'UTF8'), 'base64'))",
            "tenant.draft_sections.content",
        ),
        (
            "update identity.sessions set device = encode(convert_to('Zephyrine QUARTERMAIN', 'UTF8'), 'hex')",
            "identity.sessions.device",
        ),
    ];
    world.graphql(Some(ENDORSER)).await;
    for (statement, column) in plant {
        world.arrange(statement).await;
        let (hits, _) = search::found(&world, &["Zephyrine QUARTERMAIN", "QUARTERMAIN"]).await;
        assert!(
            column.is_empty() || hits.contains_key(column),
            "{column}: {hits:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_the_last_to_sign_stays_until_somebody_else_does() {
    let world = World::seeded().await;
    world
        .arrange(
            "update identity.memberships set roles = '{ngo_viewer}'
             where user_id = (select user_id from identity.users where email = 'head@kestrel.example')",
        )
        .await;
    let client = world.graphql(Some(ENDORSER)).await;
    let wrong = post(&client, "/auth/erase", json!({"password": "not it"})).await;
    assert_eq!(codes(&wrong.1), ["password_wrong"]);
    let (status, answer) = post(&client, "/auth/erase", json!({"password": PASSWORD})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    assert_eq!(codes(&answer), ["last_signer"]);
    // The machine's owner is told the same, and nothing was changed.
    let paper = casework::person_erase(world.casework(), ENDORSER).await;
    assert!(paper.is_err());
    let me = client.ask("{ me { name email } }", json!({})).await;
    assert_eq!(me["me"]["email"], ENDORSER);
    // Somebody who does not sign leaves at the operator's hand; a second time there is nobody.
    let erased = casework::person_erase(world.casework(), "viewer@kestrel.example").await;
    let user = erased.unwrap();
    assert!(
        casework::person_erase(world.casework(), &user.unwrap().to_string())
            .await
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_second_step_is_asked_for_it_again() {
    let world = World::seeded().await;
    let person = "viewer@kestrel.example";
    let client = world.graphql(Some(person)).await;
    world
        .arrange(
            "insert into identity.second_factors (user_id, secret, confirmed_at)
             select user_id, 'sealed', clock_timestamp() from identity.users where email = 'viewer@kestrel.example'",
        )
        .await;
    let (_, answer) = post(&client, "/auth/erase", json!({"password": PASSWORD})).await;
    assert_eq!(codes(&answer), ["second_step_wanted"]);
    let body = json!({"password": PASSWORD, "code": "not a code"});
    let (_, answer) = post(&client, "/auth/erase", body).await;
    assert_eq!(codes(&answer), ["second_step_refused"]);
    let me = client.ask("{ me { email } }", json!({})).await;
    assert_eq!(me["me"]["email"], person);
}
