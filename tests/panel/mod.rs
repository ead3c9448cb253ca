//! What a panel answers for: two people on a large award, reasons for departing, letters, appeals on a
//! file that replays, and orders that are only tried.

mod appeals;
mod orders;

use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

const CHAIR: &str = "chair@funder.example";
const APPROVER: &str = "approver@funder.example";

/// Proposed by the chair in the demonstration and waiting for a second person.
const WAITING: &str = "DF-26-024";

async fn submission(world: &World, reference: &str) -> Uuid {
    sqlx::query_scalar(
        "select submission_id from tenant.received_submissions where reference = $1
         order by version_no desc limit 1",
    )
    .bind(reference)
    .fetch_one(world.sql())
    .await
    .unwrap()
}

fn codes(payload: &Value) -> Vec<(&str, &str)> {
    let problems = payload["problems"].as_array().unwrap();
    problems
        .iter()
        .map(|each| {
            (
                each["code"].as_str().unwrap(),
                each["path"].as_str().unwrap(),
            )
        })
        .collect()
}

const OPENED: &str = "query($id: ID!) { received(id: $id) {
    confirmAbove departsIfAwarded
    proposals { id state mine amount note proposedBy answeredBy }
    decisions { id outcome amount decidedBy confirmedBy departureReason letter { id sha256 sentAt } } } }";

async fn opened(client: &Client, submission: Uuid) -> Value {
    let mut data = client.ask(OPENED, json!({"id": submission})).await;
    data["received"].take()
}

async fn confirm(client: &Client, proposal: &Value, yes: bool, note: &str) -> Value {
    let document = "mutation($input: DecisionConfirmInput!) { decisionConfirm(input: $input) {
        received { id } problems { code path } } }";
    let input = json!({"proposalId": proposal, "confirm": yes, "note": note});
    let mut data = client.ask(document, json!({"input": input})).await;
    data["decisionConfirm"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_award_takes_effect_when_another_person_confirms_it_and_not_before() {
    let world = World::seeded().await;
    let id = submission(&world, WAITING).await;
    let chair = world.graphql(Some(CHAIR)).await;
    let approver = world.graphql(Some(APPROVER)).await;
    let waiting = opened(&chair, id).await;
    assert_eq!(waiting["confirmAbove"], "1000000.00");
    assert_eq!(waiting["decisions"], json!([]), "nothing is decided yet");
    let proposal = &waiting["proposals"][0];
    assert_eq!(
        (&proposal["state"], &proposal["mine"], &proposal["amount"]),
        (&json!("OPEN"), &json!(true), &json!("1145000.00"))
    );

    let own = confirm(&chair, &proposal["id"], true, "").await;
    assert_eq!(codes(&own), [("own_proposal", "proposalId")]);
    let silent = confirm(&approver, &proposal["id"], false, " ").await;
    assert_eq!(codes(&silent), [("note_missing", "note")]);
    let desk = approver
        .ask("{ deskTasks { kind reference amount } }", json!({}))
        .await;
    assert_eq!(
        desk["deskTasks"],
        json!([{"kind": "confirm", "reference": WAITING, "amount": "1145000.00"}])
    );

    let done = confirm(&approver, &proposal["id"], true, "").await;
    assert_eq!(codes(&done), []);
    let decided = opened(&approver, id).await;
    assert_eq!(decided["proposals"][0]["state"], "CONFIRMED");
    let decision = &decided["decisions"][0];
    assert_eq!(decision["amount"], "1145000.00");
    assert_ne!(decision["decidedBy"], decision["confirmedBy"]);
    let again = confirm(&approver, &proposal["id"], true, "").await;
    assert_eq!(codes(&again), [("proposal_not_open", "proposalId")]);
    let paid: String = sqlx::query_scalar(
        "select sum(amount)::numeric(20, 2)::text from tenant.award_ledger where reference = $1",
    )
    .bind(WAITING)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(paid, "2290000.00", "once in each of the two ledgers");
    world.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_is_departed_from_only_with_a_reason_in_writing() {
    let world = World::seeded().await;
    let chair = world.graphql(Some(CHAIR)).await;
    let (submission, reference): (Uuid, String) = sqlx::query_as(
        "select s.submission_id, s.reference from tenant.received_submissions s
         join published.rounds r using (round_id)
         where r.stage = 'ranked' and not exists (
             select from tenant.decisions d where d.submission_id = s.submission_id)
           and s.ask < 500000 and not s.withdrawn
         order by s.reference limit 1",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let departs = opened(&chair, submission).await["departsIfAwarded"].clone();
    let outcome = if departs == true {
        "APPROVE"
    } else {
        "DECLINE"
    };
    let document = "mutation($input: DecisionRecordInput!) { decisionRecord(input: $input) {
        problems { code path } } }";
    let mut input = json!({
        "submissionId": submission, "outcome": outcome, "lines": [], "reasonCodes": ["over_cap"],
        "reason": "As the panel agreed.", "conditions": "", "idempotencyKey": "against the order",
    });
    let refused = chair.ask(document, json!({"input": input})).await;
    assert_eq!(
        codes(&refused["decisionRecord"]),
        [("departure_reason_missing", "departureReason")],
        "{reference}"
    );
    input["departureReason"] = json!("Two others already serve this district.");
    let done = chair.ask(document, json!({"input": input})).await;
    assert_eq!(codes(&done["decisionRecord"]), []);
    let seen = opened(&chair, submission).await;
    assert_eq!(
        seen["decisions"][0]["departureReason"],
        "Two others already serve this district."
    );
    world.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_sent_once_and_its_applicant_holds_the_same_text() {
    let world = World::seeded().await;
    let chair = world.graphql(Some(CHAIR)).await;
    let id = submission(&world, "DF-26-036").await;
    let decision = opened(&chair, id).await["decisions"][0]["id"].clone();
    let preview = "query($id: ID!) { letterPreview(decisionId: $id) {
        id sha256 en { subject paragraphs } zh { subject paragraphs } } }";
    let before = chair.ask(preview, json!({"id": decision})).await;
    assert_eq!(before["letterPreview"]["sha256"], Value::Null);
    let document = "mutation($input: LetterSendInput!) { letterSend(input: $input) {
        received { decisions { letter { sha256 } } } problems { code path } } }";
    let input = json!({"decisionId": decision, "idempotencyKey": "the letter"});
    for _ in 0..2 {
        let sent = chair.ask(document, json!({"input": input})).await;
        assert_eq!(codes(&sent["letterSend"]), []);
    }
    let input = json!({"decisionId": decision, "idempotencyKey": "another letter"});
    let twice = chair.ask(document, json!({"input": input})).await;
    assert_eq!(codes(&twice["letterSend"]), [("letter_sent", "decisionId")]);

    let after = chair.ask(preview, json!({"id": decision})).await;
    let letter = &after["letterPreview"];
    for language in ["en", "zh"] {
        assert_eq!(letter[language], before["letterPreview"][language]);
    }
    let applicant = world.graphql(Some("editor@copper-hill.example")).await;
    let query = "{ applications { nodes { reference appealUntil letters {
        sha256 sentBy zh { subject paragraphs } } } } }";
    let data = applicant.ask(query, json!({})).await;
    let nodes = data["applications"]["nodes"].as_array().unwrap();
    let own = nodes
        .iter()
        .find(|node| node["reference"] == "DF-26-036")
        .unwrap();
    let received = &own["letters"][0];
    assert_eq!(received["sha256"], letter["sha256"]);
    assert_eq!(received["zh"], letter["zh"]);
    assert_eq!(received["sentBy"], Value::Null, "who sent it is not told");
    assert!(own["appealUntil"].is_string());
    world.run_jobs().await;
}
