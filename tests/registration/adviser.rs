//! An adviser comes by invitation, until a day, reads the organisation's applications and nothing else of it.
use casework::{Joining, invitation_accept, mail_send_due};
use serde_json::{Value, json};
use testkit::World;

use super::codes;
use crate::{
    drafting::{ENDORSER, complete_draft},
    letterbox::Letterbox,
};

const ADVISER: &str = "officer@funder.example";
const SEND: &str = "mutation($input: InvitationSendInput!) { invitationSend(input: $input) { problems { code path } } }";

async fn soon(world: &World) -> String {
    sqlx::query_scalar(
        "select to_char((now() + interval '30 days') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    )
    .fetch_one(world.sql())
    .await
    .unwrap()
}

/// What an adviser opens is in the organisation's trail; its own people may read without a trace.
async fn reads_are_in_the_trail(
    world: &World,
    own: &access::Actor,
    adviser: &access::Actor,
    application: uuid::Uuid,
) {
    let casework = world.casework();
    let seen = casework::application(casework, adviser, application).await;
    assert!(seen.unwrap().is_some());
    assert_eq!(opened(world, adviser.user.0, application).await, 1);
    // Nor is there a way around: a list of drafts and a workbook are a reading too, once an hour.
    let other = complete_draft(world, own).await;
    for _ in 0..2 {
        let drafts = casework::drafts(casework, adviser, &[other]).await;
        assert_eq!(drafts.unwrap().len(), 1);
        let english = casework::Language::En;
        let workbook = casework::value_map_export(casework, adviser, other, english).await;
        assert!(!workbook.unwrap().bytes.is_empty());
        assert_eq!(opened(world, adviser.user.0, other).await, 1);
    }
    let drafts = casework::drafts(casework, own, &[other]).await;
    assert_eq!(drafts.unwrap().len(), 1);
    assert_eq!(opened(world, own.user.0, other).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adviser_has_an_end_reads_applications_until_then_and_writes_nothing() {
    let world = World::seeded().await;
    let (casework, letterbox) = Letterbox::of(&world);
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let endorser = world.graphql(Some(ENDORSER)).await;
    let invite = async |until: Value| {
        let input = json!({"email": ADVISER, "roles": ["NGO_ADVISER"], "memberUntil": until});
        let sent = endorser.ask(SEND, json!({"input": input})).await;
        sent["invitationSend"]["problems"].clone()
    };
    assert_eq!(codes(&invite(Value::Null).await), ["member_until_wanted"]);
    assert_eq!(invite(json!(soon(&world).await)).await, json!([]));
    mail_send_due(&casework).await.unwrap();
    let token = letterbox.link("join");
    let joining = Joining {
        name: "",
        password: "",
        notice: None,
    };
    invitation_accept(&casework, &token, &joining)
        .await
        .unwrap();
    let mut adviser = world.actor(ADVISER).await;
    adviser.tenant = actor.tenant;
    adviser.kind = actor.kind;
    adviser.roles = [access::Role::NgoAdviser].into();
    reads_are_in_the_trail(&world, &actor, &adviser, application).await;
    // Another role is not given on the side, and the end is kept by the database too.
    let change = "mutation($input: MembershipChangeInput!) { membershipChange(input: $input) { problems { code } } }";
    let viewer: uuid::Uuid = sqlx::query_scalar(
        "select user_id from identity.users where email = 'viewer@kestrel.example'",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let input = json!({"userId": viewer, "roles": ["NGO_ADVISER"]});
    let refused = endorser.ask(change, json!({"input": input})).await;
    assert_eq!(
        codes(&refused["membershipChange"]["problems"]),
        ["adviser_by_invitation"]
    );
    let endless = sqlx::query(
        "update identity.memberships set expires_at = null where 'ngo_adviser' = any (roles)",
    )
    .execute(world.sql())
    .await;
    assert!(endless.is_err());
    // The day comes: the session that acts for the organisation is over with it.
    let browser = world.graphql(Some(ADVISER)).await;
    let memberships = "{ me { memberships { roles } } }";
    let before = browser.ask(memberships, json!({})).await;
    assert_eq!(before["me"]["memberships"].as_array().unwrap().len(), 2);
    world
        .arrange("update identity.memberships set expires_at = clock_timestamp() where 'ngo_adviser' = any (roles)")
        .await;
    let after = world
        .graphql(Some(ADVISER))
        .await
        .ask(memberships, json!({}))
        .await;
    assert_eq!(after["me"]["memberships"].as_array().unwrap().len(), 1);
}

/// Entries of the trail on this person's opening of an application.
async fn opened(world: &World, person: uuid::Uuid, application: uuid::Uuid) -> i64 {
    sqlx::query_scalar(
        "select count(*) from tenant.audit_entries
         where action = 'application_read' and actor_id = $1 and subject_id = $2",
    )
    .bind(person)
    .bind(application)
    .fetch_one(world.sql())
    .await
    .unwrap()
}
