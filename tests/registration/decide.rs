//! What the operator does: sees doubles, proposes, confirms as a second person; a tenant comes of it at once or not.
use casework::{SignInInput, mail_send_due, sign_in};
use serde_json::{Value, json};
use testkit::World;

use super::{
    ANSWER, CONFIRM, NEWCOMER, OPERATOR, PASSWORD, SECOND, WAITING, codes, count, filled, id_of,
    open_of, proven,
};
use crate::letterbox::Letterbox;

fn attempt(email: &str, password: &str) -> SignInInput {
    SignInInput {
        email: email.to_owned(),
        password: password.to_owned(),
        code: None,
        address: "192.0.2.1".to_owned(),
        device: None,
        agent: String::new(),
    }
}

/// One operator is left, behind the product's back.
async fn one_operator(world: &World) {
    sqlx::query(
        "update identity.memberships set expires_at = clock_timestamp()
         where user_id = (select user_id from identity.users where email = $1)",
    )
    .bind(SECOND)
    .execute(world.sql())
    .await
    .unwrap();
}

async fn tenants(world: &World) -> i64 {
    count(world, "select count(*) from identity.tenants").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_operators_let_an_organisation_in_and_its_first_person_signs_for_it() {
    let world = World::seeded().await;
    proven(&world, &filled(NEWCOMER)).await;
    let (first, second) = (
        world.graphql(Some(OPERATOR)).await,
        world.graphql(Some(SECOND)).await,
    );
    let before = tenants(&world).await;
    let id = id_of(&world, NEWCOMER).await;
    let answer = json!({"input": {"registrationId": id, "approve": true}});
    let proposed = first.ask(ANSWER, answer.clone()).await;
    assert_eq!(proposed["registrationAnswer"]["problems"], json!([]));
    assert_eq!(tenants(&world).await, before, "a proposal makes nothing");
    let confirm = json!({"input": {"proposalId": open_of(&world, id).await, "confirm": true}});
    let own = first.ask(CONFIRM, confirm.clone()).await;
    assert_eq!(
        codes(&own["registrationConfirm"]["problems"]),
        ["own_request"]
    );
    let waits = second.ask(ANSWER, answer).await;
    assert_eq!(
        codes(&waits["registrationAnswer"]["problems"]),
        ["registration_answer_waits"]
    );
    assert!(
        sign_in(world.casework(), attempt(NEWCOMER, PASSWORD))
            .await
            .is_err()
    );
    let done = second.ask(CONFIRM, confirm.clone()).await;
    assert_eq!(done["registrationConfirm"]["problems"], json!([]));
    assert_eq!(tenants(&world).await, before + 1);
    let twice = second.ask(CONFIRM, confirm).await;
    assert_eq!(
        codes(&twice["registrationConfirm"]["problems"]),
        ["not_found"]
    );
    let (casework, letterbox) = Letterbox::of(&world);
    mail_send_due(&casework).await.unwrap();
    let mail = letterbox.taken().remove(0);
    assert_eq!(mail.to, NEWCOMER);
    assert!(
        mail.text
            .contains("Pebble Cove Carers Society is now on Plumbline")
    );
    let signed = sign_in(&casework, attempt(NEWCOMER, PASSWORD)).await;
    let browser = world
        .graphql(None)
        .await
        .with_session(&signed.unwrap().secret);
    let me = browser
        .ask(
            "{ me { name roles noticeWanted tenant { kind name { zh } } } noticesAgreed { version occasion } }",
            json!({}),
        )
        .await;
    assert_eq!(
        me,
        json!({
            "me": {"name": "KWAN Wai-lam", "roles": ["NGO_ENDORSER"], "noticeWanted": null,
                   "tenant": {"kind": "NGO", "name": {"zh": "石灣照顧者協會"}}},
            "noticesAgreed": [{"version": "1", "occasion": "registration"}],
        })
    );
    can_apply(&world, &browser, id).await;
    has_its_trail(&world, id).await;
}

/// The new organisation has its own row with the numbers that were checked, and starts an application.
async fn can_apply(world: &World, browser: &testkit::Client, id: uuid::Uuid) {
    let numbers: Vec<(String, String)> = sqlx::query_as(
        "select i.kind, i.value from tenant.organisation_identifiers i join identity.registrations r using (tenant_id)
         where r.registration_id = $1 order by 1",
    )
    .bind(id)
    .fetch_all(world.sql())
    .await
    .unwrap();
    let kept = [("societies", "No. 77/B"), ("ubi_brn", "99990911")];
    assert_eq!(
        numbers,
        kept.map(|(kind, value)| (kind.to_owned(), value.to_owned()))
    );
    let round: uuid::Uuid =
        sqlx::query_scalar("select round_id from published.rounds where stage = 'open' limit 1")
            .fetch_one(world.sql())
            .await
            .unwrap();
    let start = "mutation($input: ApplicationStartInput!) { applicationStart(input: $input)
        { application { organisationFacts } problems { code } } }";
    let started = browser
        .ask(
            start,
            json!({"input": {"roundId": round, "idempotencyKey": "registered-1"}}),
        )
        .await;
    let started = &started["applicationStart"];
    assert_eq!(started["problems"], json!([]));
    let shown = &started["application"]["organisationFacts"][0];
    assert_eq!(
        (&shown["path"], &shown["value"]),
        (
            &json!("org.identifiers"),
            &json!([{"type": "societies", "value": "No. 77/B"}, {"type": "ubi_brn", "value": "99990911"}])
        ),
        "the form shows the numbers that were registered"
    );
}

/// Who did what stands in the operator's trail, and how it began in the new one.
async fn has_its_trail(world: &World, id: uuid::Uuid) {
    let trail: Vec<(String, String)> = sqlx::query_as(
        "select action, actor_name from tenant.audit_entries where subject_id = $1 order by at, entry_id",
    )
    .bind(id)
    .fetch_all(world.sql())
    .await
    .unwrap();
    let actions: Vec<&str> = trail.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions.len(), 3, "{trail:?}");
    for wanted in [
        "registration_answer",
        "registration_confirm",
        "organisation_register",
    ] {
        assert!(actions.contains(&wanted), "{trail:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_operator_answers_alone_and_a_refusal_says_why_and_keeps_no_password() {
    let world = World::seeded().await;
    proven(&world, &filled(NEWCOMER)).await;
    one_operator(&world).await;
    let operator = world.graphql(Some(OPERATOR)).await;
    let before = tenants(&world).await;
    let id = id_of(&world, NEWCOMER).await;
    let refuse = |code: &str, reason: &str| json!({"input": {"registrationId": id, "approve": false, "reasonCode": code, "reason": reason}});
    let bare = operator.ask(ANSWER, refuse("because", " ")).await;
    assert_eq!(
        codes(&bare["registrationAnswer"]["problems"]),
        ["registration_reason_code", "registration_reason_wanted"]
    );
    let reason = "The certificate number is not in the public register.";
    let done = operator
        .ask(ANSWER, refuse("identity_not_shown", reason))
        .await;
    assert_eq!(done["registrationAnswer"]["problems"], json!([]));
    assert_eq!(tenants(&world).await, before);
    let kept = "select count(*) from identity.registrations where password_hash is not null and decided_at is not null";
    assert_eq!(count(&world, kept).await, 0);
    let people = "select count(*) from identity.users where email = 'kwan@pebble-cove.example'";
    assert_eq!(count(&world, people).await, 0);
    let (casework, letterbox) = Letterbox::of(&world);
    mail_send_due(&casework).await.unwrap();
    let mail = letterbox.taken().remove(0);
    assert!(mail.to == NEWCOMER && mail.text.contains(reason));
    let decided = "{ registrations(decided: true) { approved proposals { reasonCode answerer } } }";
    let decided = operator.ask(decided, json!({})).await;
    assert_eq!(decided["registrations"][0]["approved"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_proposal_waits_again_and_another_can_be_made() {
    let world = World::seeded().await;
    proven(&world, &filled(NEWCOMER)).await;
    let (first, second) = (
        world.graphql(Some(OPERATOR)).await,
        world.graphql(Some(SECOND)).await,
    );
    let id = id_of(&world, NEWCOMER).await;
    let approve = json!({"input": {"registrationId": id, "approve": true}});
    first.ask(ANSWER, approve.clone()).await;
    let earlier = open_of(&world, id).await;
    // The same person may think again: the later proposal stands in the place of the earlier, which whoever has read
    // it can no longer confirm.
    first.ask(ANSWER, approve.clone()).await;
    let stale = json!({"input": {"proposalId": earlier, "confirm": true}});
    let refused = second.ask(CONFIRM, stale).await;
    assert_eq!(
        codes(&refused["registrationConfirm"]["problems"]),
        ["not_found"]
    );
    let back = json!({"input": {"proposalId": open_of(&world, id).await, "confirm": false}});
    let returned = second.ask(CONFIRM, back).await;
    assert_eq!(returned["registrationConfirm"]["problems"], json!([]));
    let done = second.ask(ANSWER, approve).await;
    assert_eq!(done["registrationAnswer"]["problems"], json!([]));
    let same: Option<bool> = sqlx::query_scalar(
        "select bool_and(answered_by <> proposed_by) from identity.registration_proposals where answered_at is not null",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(same, Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_sees_what_may_be_registered_twice_and_the_stranger_does_not() {
    let world = World::seeded().await;
    proven(&world, &filled(NEWCOMER)).await;
    let mut double = filled("other@pebble-cove.example");
    double["nameEn"] = json!("Harbour Lantern Community Service");
    double["nameZh"] = json!("別的名稱");
    double["identifiers"] = json!([{"type": "ubi_brn", "value": "99990911"}]);
    proven(&world, &double).await;
    let operator = world.graphql(Some(OPERATOR)).await;
    let seen = operator.ask(WAITING, json!({})).await;
    let rows = seen["registrations"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["email"] == "other@pebble-cove.example")
        .unwrap();
    let alike: Vec<(&Value, &Value)> = row["alike"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| (&each["registered"], &each["identifier"]))
        .collect();
    assert_eq!(
        alike,
        [
            (&json!(true), &Value::Null),
            (&json!(false), &json!("ubi_brn"))
        ],
        "{row}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_an_account_gets_a_second_organisation_and_keeps_the_password() {
    let world = World::seeded().await;
    one_operator(&world).await;
    let person = "viewer@kestrel.example";
    let mut body = filled(person);
    body["kind"] = json!("funder");
    proven(&world, &body).await;
    let operator = world.graphql(Some(OPERATOR)).await;
    let answer = json!({"input": {"registrationId": id_of(&world, person).await, "approve": true}});
    let done = operator.ask(ANSWER, answer).await;
    assert_eq!(done["registrationAnswer"]["problems"], json!([]));
    let browser = world.graphql(Some(person)).await;
    let me = browser
        .ask(
            "{ me { memberships { roles tenant { kind } } } }",
            json!({}),
        )
        .await;
    let mut roles: Vec<String> = me["me"]["memberships"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["roles"].to_string())
        .collect();
    roles.sort();
    assert_eq!(roles, ["[\"FUNDER_CHAIR\"]", "[\"NGO_VIEWER\"]"]);
}
