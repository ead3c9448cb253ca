//! The notice on personal data: versions that never change, each agreed to by each person before they go on.
use casework::{CaseError, notice_load};
use explain::json::Json;
use serde_json::{Value, json};
use testkit::World;

use super::{NEWCOMER, codes, filled, post};

const PERSON: &str = "editor@kestrel.example";
const AGREE: &str =
    "mutation($input: NoticeAgreeInput!) { noticeAgree(input: $input) { problems { code path } } }";
const WANTED: &str = "{ me { noticeWanted } noticesAgreed { version occasion } }";

fn notice(version: &str, from: &str) -> Value {
    let topics = ["purpose", "supply", "transferees", "access", "contact"];
    let words = json!({"en": "A", "zh": "甲"});
    let sections: Vec<Value> = topics
        .iter()
        .map(|topic| json!({"topic": topic, "title": words, "body": words}))
        .collect();
    json!({"version": version, "effective_from": from, "title": words, "sections": sections})
}

async fn publish(world: &World, notice: &Value) -> Result<bool, Vec<String>> {
    let owner = world.owner().await;
    match notice_load(&owner, &Json::from(notice)).await {
        Ok(loaded) => Ok(loaded.is_new),
        Err(CaseError::Problems(problems)) => {
            let problems = problems.into_vec().into_iter();
            Err(problems.map(|problem| problem.code).collect())
        }
        Err(other) => panic!("{other}"),
    }
}

/// Publishes a version that everybody is asked to read.
pub(crate) async fn new_notice(world: &World, version: &str) {
    assert_eq!(
        publish(world, &notice(version, "2026-06-01")).await,
        Ok(true)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_wanted_of_everybody_agreed_to_once_and_kept_with_its_time() {
    let world = World::seeded().await;
    let browser = world.graphql(Some(PERSON)).await;
    let before = browser.ask(WANTED, json!({})).await;
    assert_eq!(before["me"]["noticeWanted"], Value::Null);
    new_notice(&world, "2").await;
    assert_eq!(publish(&world, &notice("2", "2026-06-01")).await, Ok(false));
    // One that begins in the future is shown, and holds for nobody yet.
    assert_eq!(publish(&world, &notice("3", "2099-01-01")).await, Ok(true));
    let listed = world
        .graphql(None)
        .await
        .ask(
            "{ notices { version current sections { title { zh } } } }",
            json!({}),
        )
        .await;
    let versions: Vec<(&Value, &Value)> = listed["notices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| (&each["version"], &each["current"]))
        .collect();
    let (no, yes) = (json!(false), json!(true));
    assert_eq!(
        versions,
        [(&json!("3"), &no), (&json!("2"), &yes), (&json!("1"), &no)]
    );
    let wanted = browser.ask(WANTED, json!({})).await;
    assert_eq!(wanted["me"]["noticeWanted"], "2");
    let agree = async |version: &str| {
        let input = json!({"input": {"version": version}});
        let done = browser.ask(AGREE, input).await;
        done["noticeAgree"]["problems"].clone()
    };
    assert_eq!(codes(&agree("1").await), ["notice_changed"]);
    assert_eq!(codes(&agree("3").await), ["notice_changed"]);
    assert_eq!(agree("2").await, json!([]));
    assert_eq!(agree("2").await, json!([]));
    let after = browser.ask(WANTED, json!({})).await;
    assert_eq!(
        after,
        json!({"me": {"noticeWanted": null}, "noticesAgreed": [
            {"version": "2", "occasion": "new_version"}, {"version": "1", "occasion": "demonstration"}]})
    );
    let deeds = "select count(*) from tenant.audit_entries where action = 'notice_agree'";
    assert_eq!(super::count(&world, deeds).await, 1);
    // Who registers agrees to the version that holds, not to the one that was.
    let (_, problems) = post(&world, &filled(NEWCOMER)).await;
    assert_eq!(problems, ["notice_changed notice"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_never_changes_and_none_begins_before_a_later_one() {
    let world = World::seeded().await;
    let mut other = notice("1", "2026-05-01");
    assert_eq!(
        publish(&world, &other).await,
        Err(vec!["notice_version_taken".to_owned()])
    );
    other["version"] = json!("0");
    other["effective_from"] = json!("2026-04-30");
    assert_eq!(
        publish(&world, &other).await,
        Err(vec!["notice_begins_earlier".to_owned()])
    );
    for statement in [
        "update published.notices set body = '{}'",
        "delete from published.notices",
        "update identity.notice_agreements set version = version",
        "delete from identity.notice_agreements",
        "truncate identity.notice_agreements",
        "truncate published.notices cascade",
    ] {
        let refused = sqlx::query(statement).execute(world.sql()).await;
        assert!(refused.is_err(), "{statement}");
    }
}
