//! Nobody learns or changes anything of another tenant through the API: every field of the schema,
//! asked by everybody with a real id, answers as it does to an id that nobody has.

pub(crate) mod fields;
mod file_fields;
mod golden;
mod open_fields;
mod panel_fields;
mod people_fields;
mod purchase_fields;
mod registration_fields;
mod rule_fields;

use std::collections::BTreeMap;

use access::{Actor, may};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{Client, World};
use uuid::Uuid;

use crate::{
    drafting::{ENDORSER, PAST_ROUND, complete_draft, submit},
    files::attached,
};
use fields::{Field, Target, all};

/// One address per role and tenant kind, and a second funder whose people have every right in it.
pub(crate) const EVERYBODY: [&str; 16] = [
    ENDORSER,
    "editor@kestrel.example",
    "finance@kestrel.example",
    "viewer@kestrel.example",
    "editor@harbour-lantern.example",
    "finance@harbour-lantern.example",
    "endorser@harbour-lantern.example",
    "viewer@harbour-lantern.example",
    "officer@funder.example",
    "reviewer1@funder.example",
    "chair@funder.example",
    "approver@funder.example",
    "analyst@council.example",
    "steward@council.example",
    "operator@plumbline.example",
    OTHER_FUNDER,
];

pub(crate) const OTHER_FUNDER: &str = "everything@other-funder.example";

/// Another funder with one person who holds all of a funder's roles.
const ARRANGE_OTHER_FUNDER: &str = "
    insert into identity.tenants (tenant_id, kind, name_en, name_zh)
        values ('00000000-0000-4000-8000-000000000001', 'funder', 'Other', '另一');
    insert into identity.users (user_id, email, name, password_hash)
        select '00000000-0000-4000-8000-000000000002', 'everything@other-funder.example', name,
               password_hash from identity.users limit 1;
    insert into identity.memberships (user_id, tenant_id, roles)
        values ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001',
                array['funder_officer', 'funder_reviewer', 'funder_chair', 'funder_approver'])";

/// A real id of each kind, with the tenant that owns it.
async fn targets(world: &World) -> BTreeMap<Target, (Uuid, Uuid)> {
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(world, &actor).await;
    // A file of the draft, and one that was delivered with another application.
    let own_file = attached(world, ENDORSER, application).await;
    let sent = complete_draft(world, &actor).await;
    let sent_file = attached(world, ENDORSER, sent).await;
    world.run_jobs().await;
    submit(world, &actor, sent).await;
    let received_file: Uuid =
        sqlx::query_scalar("select received_file_id from tenant.received_files where file_id = $1")
            .bind(sent_file)
            .fetch_one(world.sql())
            .await
            .unwrap();
    let (funder, submission, ranking): (Uuid, Uuid, Uuid) = sqlx::query_as(
        "select s.tenant_id, s.submission_id, r.adopted_ranking
         from tenant.received_submissions s join published.rounds r using (round_id)
         where r.stage = 'ranked' order by s.reference limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let (council, proposal): (Uuid, Uuid) = sqlx::query_as(
        "select tenant_id, proposal_id from tenant.received_proxy_proposals
         where proposal_id not in (select proposal_id from tenant.proxy_decisions) limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let run: Uuid = sqlx::query_scalar(
        "select run_id from tenant.runs where kind = 'sroi' and subject_id = $1 limit 1",
    )
    .bind(submission)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let (programme, draft, rescreening) = rules(world).await;
    let (buyer, purchase): (Uuid, Uuid) =
        sqlx::query_as("select tenant_id, purchase_id from tenant.purchases limit 1")
            .fetch_one(world.sql())
            .await
            .unwrap();
    let [decision, waiting, appeal] = panel(world).await;
    let own_people = people_fields::arranged(world, actor.tenant.0, actor.user.0).await;
    let mut targets = BTreeMap::from([
        (Target::File, (own_file, actor.tenant.0)),
        (Target::ReceivedFile, (received_file, funder)),
        (Target::Decision, (decision, funder)),
        (Target::DecisionProposal, (waiting, funder)),
        (Target::Appeal, (appeal, funder)),
        (Target::Programme, (programme, funder)),
        (Target::RuleDraft, (draft, funder)),
        (Target::Rescreening, (rescreening, funder)),
        (Target::Run, (run, funder)),
        (Target::Purchase, (purchase, buyer)),
        (Target::Proposal, (proposal, council)),
        (Target::Application, (application, actor.tenant.0)),
        (Target::Submission, (submission, funder)),
        (Target::Round, (PAST_ROUND.parse().unwrap(), funder)),
        (Target::Ranking, (ranking, funder)),
    ]);
    targets.extend(own_people);
    targets.extend(registration_fields::arranged(world).await);
    targets
}

/// A decision without a letter, a proposal that waits, and an appeal.
async fn panel(world: &World) -> [Uuid; 3] {
    let mut found = [Uuid::nil(); 3];
    for (place, query) in found.iter_mut().zip([
        "select decision_id from tenant.decisions
         where decision_id not in (select decision_id from tenant.letters) limit 1",
        "select proposal_id from tenant.decision_proposals
         where proposal_id not in (select proposal_id from tenant.decision_answers) limit 1",
        "select appeal_id from tenant.received_appeals limit 1",
    ]) {
        *place = sqlx::query_scalar(query)
            .fetch_one(world.sql())
            .await
            .unwrap();
    }
    found
}

/// The funder's programme, an open draft of its rules, and a round put under a later version.
async fn rules(world: &World) -> (Uuid, Uuid, Uuid) {
    let chair = world.actor("chair@funder.example").await;
    let books = casework::rulebooks(world.casework(), &chair).await.unwrap();
    let programme = books[0].programme_id;
    let casework = world.casework();
    let draft = casework::rule_draft_start(casework, &chair, programme, "1").await;
    let publish = casework::RulePublishInput {
        draft: draft.unwrap().id,
        expected: 1,
        version: "later".to_owned(),
        effective_from: "2025-01-01".to_owned(),
        note: "For this test.".to_owned(),
    };
    casework::rule_draft_publish(casework, &chair, &publish)
        .await
        .unwrap();
    let round = PAST_ROUND.parse().unwrap();
    let applied = casework::round_rules_apply(casework, &chair, round, "later", "Test.").await;
    let draft = casework::rule_draft_start(casework, &chair, programme, "1").await;
    (programme, draft.unwrap().id, applied.unwrap().id)
}

/// What all rows of all tenants come to; reads of applications add to the audit trail alone.
async fn fingerprint(world: &World) -> BTreeMap<String, Option<String>> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.oid::regclass::text from pg_class c
         where c.relkind = 'r' and (c.relnamespace::regnamespace::text in ('tenant', 'published', 'system', 'sector')
           or c.oid::regclass::text in ('identity.users', 'identity.memberships', 'identity.invitations',
                                        'identity.role_changes', 'identity.mail_queue', 'identity.tenants',
                                        'identity.registrations', 'identity.registration_proposals'))",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let mut prints = BTreeMap::new();
    for table in tables {
        let print = format!("select md5(string_agg(t::text, '|' order by t::text)) from {table} t");
        let print = sqlx::query_scalar(AssertSqlSafe(print))
            .fetch_one(world.sql())
            .await
            .unwrap();
        prints.insert(table, print);
    }
    prints
}

/// The answer with the id taken out, so that two answers can be compared.
async fn answer(client: &Client, field: &Field, id: Uuid) -> String {
    let variables = (field.variables)(id);
    let answer = client.send(field.document, variables).await;
    let text = answer.to_string().replace(&id.to_string(), "(id)");
    assert!(!text.contains("internal"), "{}: {text}", field.name);
    // A name leaves the house read, or not at all.
    assert!(!text.contains("sealed:1:"), "{}: {text}", field.name);
    text
}

/// Every mutation that takes an id, with a real id and the tenant that owns it.
pub(crate) async fn mutations(world: &World) -> Vec<(&'static Field, Uuid, Uuid)> {
    let targets = targets(world).await;
    all()
        .filter(|field| field.changes)
        .filter_map(|field| {
            let (id, owner) = targets[&field.target?];
            Some((field, id, owner))
        })
        .collect()
}

/// Every question that takes an id, with a real one.
pub(crate) async fn reads(world: &World) -> Vec<(&'static Field, Uuid)> {
    let targets = targets(world).await;
    all()
        .filter(|field| !field.changes)
        .filter_map(|field| Some((field, targets[&field.target?].0)))
        .collect()
}

pub(crate) fn has_right(actor: Option<&Actor>, field: &Field, owner: Uuid) -> bool {
    actor.is_some_and(|actor| actor.tenant.0 == owner && may(actor, field.action))
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_01_an_id_of_another_tenant_is_answered_like_an_id_that_nobody_has() {
    let world = World::seeded().await;
    world.arrange(ARRANGE_OTHER_FUNDER).await;
    let targets = targets(&world).await;
    let mut people = Vec::new();
    for address in EVERYBODY.map(Some).into_iter().chain([None]) {
        people.push((address, world.graphql(address).await));
    }
    let before = fingerprint(&world).await;
    let mut tries = 0;
    for (address, client) in people {
        let actor = match address {
            Some(address) => Some(world.actor(address).await),
            None => None,
        };
        for field in all() {
            let Some(target) = field.target else { continue };
            let (id, owner) = targets[&target];
            if has_right(actor.as_ref(), field, owner) {
                continue;
            }
            let real = answer(&client, field, id).await;
            let random = answer(&client, field, Uuid::new_v4()).await;
            assert_eq!(real, random, "{} as {address:?}", field.name);
            tries += 1;
        }
    }
    assert!(tries > 180, "only {tries} tries");
    let after = fingerprint(&world).await;
    for (table, print) in &before {
        assert_eq!(after.get(table), Some(print), "{table} has changed");
    }
    println!("trust-01 pass {tries} tries, 0 foreign rows, 0 changes");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_01_each_field_does_answer_somebody_who_has_the_right() {
    let world = World::seeded().await;
    let targets = targets(&world).await;
    let mut reached = 0;
    for address in EVERYBODY
        .into_iter()
        .filter(|address| *address != OTHER_FUNDER)
    {
        let actor = world.actor(address).await;
        let client = world.graphql(Some(address)).await;
        for field in all().filter(|field| !field.changes) {
            let Some(target) = field.target else { continue };
            let (id, owner) = targets[&target];
            if has_right(Some(&actor), field, owner) {
                let real = answer(&client, field, id).await;
                let random = answer(&client, field, Uuid::new_v4()).await;
                assert_ne!(real, random, "{} as {address}", field.name);
                reached += 1;
            }
        }
    }
    assert!(reached >= 12, "only {reached}");
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_01_progress_of_another_tenant_cannot_be_followed() {
    use casework::{CaseError, ProgressSubject, progress_since};
    let world = World::seeded().await;
    world.arrange(ARRANGE_OTHER_FUNDER).await;
    let targets = targets(&world).await;
    for (subject, target) in [
        (
            ProgressSubject::Application(targets[&Target::Application].0),
            Target::Application,
        ),
        (
            ProgressSubject::Round(targets[&Target::Round].0),
            Target::Round,
        ),
    ] {
        for address in EVERYBODY {
            let actor = world.actor(address).await;
            let owner = targets[&target].1;
            let seen = progress_since(world.casework(), &actor, subject, 0).await;
            if actor.tenant.0 == owner {
                assert!(seen.is_ok(), "{address}");
            } else {
                assert!(matches!(seen, Err(CaseError::NotFound)), "{address}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_01_the_counts_of_a_published_round_are_its_funders_alone() {
    let world = World::seeded().await;
    world.arrange(ARRANGE_OTHER_FUNDER).await;
    let query = "query($id: ID!) { round(id: $id) { code counts { received } } }";
    for address in EVERYBODY {
        let client = world.graphql(Some(address)).await;
        let data = client.ask(query, json!({"id": PAST_ROUND})).await;
        let own = address.ends_with("@funder.example");
        assert_eq!(data["round"]["code"], "DF-IT-2026-1");
        assert_eq!(data["round"]["counts"] != Value::Null, own, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_01_lists_hold_only_what_is_ones_own() {
    let world = World::seeded().await;
    let query = "{ applications(first: 100) { nodes { id } } }";
    for address in EVERYBODY
        .into_iter()
        .filter(|address| *address != OTHER_FUNDER)
    {
        let actor = world.actor(address).await;
        let client = world.graphql(Some(address)).await;
        let answer = client.send(query, json!({})).await;
        let nodes = answer["data"]["applications"]["nodes"].as_array();
        for node in nodes.into_iter().flatten() {
            let id: Uuid = node["id"].as_str().unwrap().parse().unwrap();
            let owner: Uuid = sqlx::query_scalar(
                "select tenant_id from tenant.applications where application_id = $1",
            )
            .bind(id)
            .fetch_one(world.sql())
            .await
            .unwrap();
            assert_eq!(owner, actor.tenant.0, "{address}");
        }
        assert_eq!(
            nodes.is_some(),
            may(&actor, access::Action::ApplicationRead),
            "{address}"
        );
    }
}
