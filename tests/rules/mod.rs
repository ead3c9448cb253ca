//! A funder changes its rules without a developer: drafts, tries, publishes, and puts a round under
//! the new version on purpose.

mod draft;
mod publish;
mod rubric;

use serde_json::{Value, json};
use testkit::{Client, World};

pub(crate) const CHAIR: &str = "chair@funder.example";
pub(crate) const OFFICER: &str = "officer@funder.example";

const START: &str = "mutation($input: RuleDraftStartInput!) { ruleDraftStart(input: $input) {
    draft { id version body sections problems { code path message } } problems { code path } } }";
const SAVE: &str = "mutation($input: RuleDraftSaveInput!) { ruleDraftSave(input: $input) {
    draft { id version body problems { code path message } } problems { code path message } } }";
const PUBLISH: &str = "mutation($input: RuleDraftPublishInput!) { ruleDraftPublish(input: $input) {
    rulebook { versions { version effectiveFrom publishedBy note criteriaCount } drafts { id } }
    problems { code path message } } }";

/// A hard criterion on the day on which a project may start, with all its words.
pub(crate) fn start_criterion(day: &str) -> Value {
    json!({
        "id": "DF-E30", "group": "time", "severity": "hard",
        "question_en": "Does the project start on or after the first day allowed?",
        "question_zh": "項目是否在最早開展日期或之後開始？",
        "rule": {"op": "gte", "left": {"field": "project.start_on"}, "right": day},
        "source": ["ILL"], "fix_field": "project.start_on",
        "reason": {
            "pass": {"en": "It starts on {value}.", "zh": "項目於{value}開始。"},
            "fail": {"en": "It starts on {value}; the first day allowed is {threshold}.",
                     "zh": "項目於{value}開始，早於最早開展日期{threshold}。"},
            "unknown": {"en": "The first day is not given.", "zh": "尚未填寫開始日期。"}},
        "fix": {
            "fail": {"en": "Start on {threshold} or later.", "zh": "請將開始日期改為{threshold}或之後。"},
            "unknown": {"en": "Give the first day.", "zh": "請填寫開始日期。"}}
    })
}

pub(crate) async fn programme(client: &Client) -> Value {
    let mut data = client
        .ask(
            "{ rulebooks { programmeId versions { version } rounds { id code version } } }",
            json!({}),
        )
        .await;
    data["rulebooks"][0].take()
}

/// A draft of the first version, as the API gives it.
pub(crate) async fn draft(client: &Client) -> Value {
    let book = programme(client).await;
    let input = json!({"programmeId": book["programmeId"], "basedOn": "1"});
    let mut data = client.ask(START, json!({"input": input})).await;
    assert_eq!(data["ruleDraftStart"]["problems"], json!([]));
    data["ruleDraftStart"]["draft"].take()
}

/// Saves the draft with a changed body.
pub(crate) async fn save(client: &Client, draft: &Value, body: &Value) -> Value {
    let input = json!({"id": draft["id"], "expectedVersion": draft["version"], "body": body,
                       "sections": draft["sections"]});
    let mut data = client.ask(SAVE, json!({"input": input})).await;
    data["ruleDraftSave"].take()
}

pub(crate) async fn publish(client: &Client, draft: &Value, version: &str, day: &str) -> Value {
    let input = json!({"id": draft["id"], "expectedVersion": draft["version"], "version": version,
                       "effectiveFrom": day, "note": "First day of projects added."});
    let mut data = client.ask(PUBLISH, json!({"input": input})).await;
    data["ruleDraftPublish"].take()
}

/// Publishes the first version with one more criterion.
pub(crate) async fn published(world: &World, version: &str, criterion: &Value) {
    let chair = world.graphql(Some(CHAIR)).await;
    let draft = draft(&chair).await;
    let mut body = draft["body"].clone();
    body["criteria"]
        .as_array_mut()
        .unwrap()
        .push(criterion.clone());
    let saved = save(&chair, &draft, &body).await;
    assert_eq!(saved["draft"]["problems"], json!([]));
    let done = publish(&chair, &saved["draft"], version, "2026-01-01").await;
    assert_eq!(done["problems"], json!([]), "{done}");
}

/// Codes and paths of a payload's problems.
pub(crate) fn problems(found: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = found.as_array().unwrap();
    list.iter()
        .map(|problem| (text(&problem["code"]), text(&problem["path"])))
        .collect()
}
