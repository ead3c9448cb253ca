//! Drafting: whatever is typed is kept, what is wrong with it is listed, and it can be tried on the
//! applications that were received.
use serde_json::{Value, json};
use testkit::World;

use super::{CHAIR, OFFICER, draft, problems, programme, publish, save, start_criterion};
use crate::drafting::PAST_ROUND;

const TRIAL: &str = "query($input: RuleTrialInput!) { ruleTrial(input: $input) {
    total changed before { eligible notEligible needsInformation notScreened }
    after { eligible notEligible needsInformation }
    rows { reference before after criteria { id before after reason { zh } fix { zh } } }
    problems { code } } }";
const DIFFERENCE: &str = "query($input: RuleDifferenceInput!) { ruleDifference(input: $input) {
    changes { part id kind fields { path before after } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_keeps_what_is_wrong_and_says_where() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let draft = draft(&officer).await;
    assert_eq!(draft["problems"], json!([]));
    let mut body = draft["body"].clone();
    let mut wrong = start_criterion("2027-01-01");
    wrong["rule"]["left"]["field"] = json!("project.begins_on");
    wrong["reason"]["fail"]
        .as_object_mut()
        .unwrap()
        .remove("zh");
    wrong["effective_from"] = json!("2027-02-01");
    wrong["effective_to"] = json!("2027-01-01");
    body["criteria"].as_array_mut().unwrap().push(wrong.clone());
    body["criteria"].as_array_mut().unwrap().push(json!({
        "id": "DF-E31", "severity": "soft", "question_en": "a", "question_zh": "甲",
        "rule": {"op": "lte", "left": {"op": "div", "left": {"field": "application.requested_hkd"},
            "right": {"field": "application.total_cost_hkd"}}, "right": "0.9"}}));
    body["settings"]["draws"] = json!(1);
    let mut typed = draft.clone();
    typed["sections"]["sections"][1]["fields"][0]["kind"] = json!("hologram");
    let saved = save(&officer, &typed, &body).await;
    let kept = &saved["draft"];
    assert_eq!(kept["version"], 2);
    assert_eq!(kept["body"]["criteria"][29]["rule"], wrong["rule"]);
    let found = problems(&kept["problems"]);
    for (code, path) in [
        ("unknown_field", "criteria[29].rule.left.field"),
        ("missing_language", "criteria[29].reason.fail.zh"),
        ("end_before_start", "criteria[29].effective_to"),
        ("may_divide_by_zero", "criteria[30].rule.left.right"),
        ("missing_text", "criteria[30].reason.fail"),
        ("fixed_value", "settings.draws"),
        ("unknown_kind", "sections[1].fields[0].kind"),
    ] {
        assert!(
            found.contains(&(code.to_owned(), path.to_owned())),
            "{code} in {found:?}"
        );
    }
    // Somebody else's save in between loses nobody's text.
    let again = save(&officer, &draft, &body).await;
    assert_eq!(problems(&again["problems"])[0].0, "version_conflict");
    let refused = publish(&world.graphql(Some(CHAIR)).await, kept, "2", "2026-12-01").await;
    assert!(problems(&refused["problems"]).len() >= 5, "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_says_which_applications_would_change_and_stores_nothing() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let draft = draft(&officer).await;
    let trial = |id: Value| json!({"input": {"draftId": id, "roundId": PAST_ROUND}});
    let same = officer.ask(TRIAL, trial(draft["id"].clone())).await;
    assert_eq!(same["ruleTrial"]["changed"], 0);
    assert_eq!(same["ruleTrial"]["before"]["notScreened"], 0);
    let total = same["ruleTrial"]["total"].as_i64().unwrap();
    assert!(total > 40, "{total}");

    let mut body = draft["body"].clone();
    let criterion = start_criterion("2027-04-01");
    body["criteria"].as_array_mut().unwrap().push(criterion);
    save(&officer, &draft, &body).await;
    let runs = "select count(*) from tenant.runs";
    let before: i64 = sqlx::query_scalar(runs)
        .fetch_one(world.sql())
        .await
        .unwrap();
    let tried = officer.ask(TRIAL, trial(draft["id"].clone())).await;
    let tried = &tried["ruleTrial"];
    // Every verdict has one more criterion; those that start sooner are not eligible any more.
    assert_eq!(tried["changed"], total);
    let count = |side: &str, key: &str| tried[side][key].as_i64().unwrap();
    assert!(count("after", "notEligible") > count("before", "notEligible"));
    let rows = tried["rows"].as_array().unwrap();
    let failing = rows
        .iter()
        .find(|row| row["before"] == "ELIGIBLE" && row["after"] == "NOT_ELIGIBLE")
        .unwrap();
    let why = &failing["criteria"][0];
    assert_eq!(
        (&why["id"], &why["before"], &why["after"]),
        (&json!("DF-E30"), &Value::Null, &json!("FAIL"))
    );
    assert!(
        why["reason"]["zh"]
            .as_str()
            .unwrap()
            .contains("早於最早開展日期2027年4月1日"),
        "{why}"
    );
    // The changed verdicts come first.
    let kept = rows
        .iter()
        .position(|row| row["before"] == row["after"])
        .unwrap();
    assert!(rows[kept..].iter().all(|row| row["before"] == row["after"]));
    let after: i64 = sqlx::query_scalar(runs)
        .fetch_one(world.sql())
        .await
        .unwrap();
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_differ_thing_by_thing() {
    let world = World::seeded().await;
    let officer = world.graphql(Some(OFFICER)).await;
    let draft = draft(&officer).await;
    let mut body = draft["body"].clone();
    body["parameters"]["max_months"] = json!(24);
    body["criteria"][0]["question_zh"] = json!("機構是否獲津助？");
    let criteria = body["criteria"].as_array_mut().unwrap();
    criteria.remove(25);
    criteria.push(start_criterion("2027-01-01"));
    save(&officer, &draft, &body).await;
    let book = programme(&officer).await;
    let from = json!({"programmeId": book["programmeId"], "version": "1"});
    let input = json!({"input": {"from": from, "to": {"draftId": draft["id"]}}});
    let found = officer.ask(DIFFERENCE, input).await;
    let changes = found["ruleDifference"]["changes"].as_array().unwrap();
    let shown: Vec<(&str, &str, &str)> = changes
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().unwrap();
            (text("part"), text("id"), text("kind"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("criteria", "DF-E01", "CHANGED"),
            ("criteria", "DF-E26", "REMOVED"),
            ("criteria", "DF-E30", "ADDED"),
            ("parameters", "max_months", "CHANGED"),
        ]
    );
    assert_eq!(
        changes[3]["fields"],
        json!([{"path": "", "before": 36, "after": 24}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_taken_away_and_brought_back_as_json_and_as_a_workbook() {
    use casework::{Language, RuleFileKind, RuleSide};
    let world = World::seeded().await;
    let officer = world.actor(OFFICER).await;
    let client = world.graphql(Some(OFFICER)).await;
    let draft = draft(&client).await;
    let id: uuid::Uuid = draft["id"].as_str().unwrap().parse().unwrap();
    let casework = world.casework();
    for kind in [RuleFileKind::Json, RuleFileKind::Workbook(Language::Zh)] {
        let side = RuleSide::Draft(id);
        let file = casework::rules_export(casework, &officer, &side, kind)
            .await
            .unwrap();
        let is_json = kind == RuleFileKind::Json;
        let back = casework::rules_import(casework, &officer, id, file, is_json)
            .await
            .unwrap();
        assert_eq!(
            (&back["changes"], &back["problems"]),
            (&json!([]), &json!([]))
        );
        assert_eq!(back["body"], draft["body"]);
    }
    let mut edited = draft["body"].clone();
    edited["criteria"][5]["rule"]["right"] = json!({"field": "org.nothing"});
    let file = json!({"format": 1, "body": edited})
        .to_string()
        .into_bytes();
    let back = casework::rules_import(casework, &officer, id, file, true)
        .await
        .unwrap();
    assert_eq!(back["changes"][0]["id"], "DF-E06");
    assert_eq!(back["changes"][0]["fields"][0]["path"], "rule");
    assert_eq!(back["problems"][0]["code"], "unknown_field");
    for (file, code) in [
        (b"{\"body\":{\"a\":1,\"a\":2}}".to_vec(), "duplicate_key"),
        (b"[]".to_vec(), "file_not_ours"),
        (b"\xff".to_vec(), "not_json"),
        (b"{\"body\":5}".to_vec(), "not_object"),
    ] {
        let back = casework::rules_import(casework, &officer, id, file, true)
            .await
            .unwrap();
        assert_eq!(
            (&back["body"], &back["problems"][0]["code"]),
            (&Value::Null, &json!(code))
        );
    }
    // Looking at a file keeps nothing.
    let kept = casework::rule_draft(casework, &officer, id).await.unwrap();
    assert_eq!(kept.version, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_application_of_a_round_knows_how_many_came_before_it() {
    let world = World::seeded().await;
    let inputs: Vec<(String,)> = sqlx::query_as(
        "select r.input from tenant.runs r
         join tenant.received_submissions s on s.tenant_id = r.tenant_id and s.submission_id = r.subject_id
         where r.kind = 'eligibility' and s.round_id = $1 order by s.received_at, s.application_id",
    )
    .bind(PAST_ROUND.parse::<uuid::Uuid>().unwrap())
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert!(inputs.len() > 40, "{}", inputs.len());
    let mut first_time = 0;
    for (position, (input,)) in inputs.iter().enumerate() {
        let input: Value = serde_json::from_str(input).unwrap();
        let round = &input["facts"]["round"];
        assert_eq!(round["received_before"], json!(position));
        assert_eq!(round["first_time_before"], json!(first_time));
        first_time += i64::from(input["facts"]["org"]["first_time_applicant"] == true);
    }
    assert!(first_time > 0);
}
