//! Exempting a project visibly changes the figures: with and without it, pool by pool, and the annual
//! report apart from the apportionment.
use costshare::{calc, evaluate, read};
use explain::json::Json;
use serde_json::{Value, json};

fn run(body: &Value) -> Value {
    calc(&Json::from(body)).unwrap()
}

fn body(year: &str, projects: &Value, settings: &Value) -> Value {
    json!({
        "financial_year": year,
        "pools": [
            {"id": "admin", "amount": "250000.00", "basis": "staff_time",
             "weights": {"fsa": "1512.5", "selffin": "387.5", "social_ent": "100"}},
            {"id": "rent", "amount": "90000.00", "basis": "floor_area",
             "weights": {"fsa": "2", "selffin": "1"}}],
        "projects": projects,
        "exempt_schemes": {"as_at": "2025-06-12", "codes": ["DEMO-EXEMPT-01"], "complete": true},
        "settings": settings,
        "schedules": true,
    })
}

fn exempt() -> Value {
    json!([{"id": "p1", "activity": "social_ent", "scheme": "DEMO-EXEMPT-01",
            "start": "2024-06-01", "end": null}])
}

#[test]
fn an_exempt_project_moves_its_share_to_the_activities_that_stay() {
    let result = run(&body("2025-26", &exempt(), &json!({})));
    assert_eq!(
        result["effect"]["pools"][0],
        json!({"id": "admin", "not_charged": [], "activities": [
            {"activity": "fsa", "before": "189062.50", "after": "199013.16", "change": "9950.66"},
            {"activity": "selffin", "before": "48437.50", "after": "50986.84", "change": "2549.34"},
            {"activity": "social_ent", "before": "12500.00", "after": "0.00", "change": "-12500.00"},
        ]})
    );
    assert_eq!(
        result["effect"]["total"],
        json!({"before": "340000.00", "after": "340000.00", "change": "0.00"})
    );
    assert_eq!(result["effect"]["exempt"], json!({"social_ent": ["p1"]}));
    assert_eq!(
        result["effect"]["pools"][1]["activities"][0]["change"], "0.00",
        "a pool that the project does not use stays as it was"
    );
}

#[test]
fn where_the_basis_stays_the_part_of_an_exempt_activity_is_shown_and_not_charged() {
    let settings = json!({"exempt_basis": "stay"});
    let result = run(&body("2025-26", &exempt(), &settings));
    assert_eq!(result["pools"][0]["shares"]["social_ent"], "12500.00");
    assert_eq!(result["pools"][0]["left_out"], json!([]));
    assert_eq!(
        result["effect"]["pools"][0]["not_charged"],
        json!(["social_ent"])
    );
    let report = &result["schedules"]["annual_report"];
    assert_eq!(report["out"], "12500.00");
    assert_eq!(report["in"], "327500.00");
}

#[test]
fn the_annual_report_changes_apart_from_the_apportionment() {
    let membership = |year: &str, projects: &Value| {
        let result = run(&body(year, projects, &json!({})));
        let row = &result["schedules"]["annual_report"]["rows"][2];
        (row["membership"].clone(), row["after"].clone())
    };
    assert_eq!(
        membership("2025-26", &exempt()),
        (json!("out"), json!("0.00"))
    );
    assert_eq!(
        membership("2024-25", &exempt()),
        (json!("in"), json!("0.00")),
        "the look-back lifts apportionment only"
    );
    let unknown = json!([{"id": "p1", "activity": "social_ent"}]);
    assert_eq!(
        membership("2025-26", &unknown),
        (json!("unknown"), json!("12500.00")),
        "what is not known is neither in nor out"
    );
}

#[test]
fn the_schedules_tie_and_a_tie_compares_sums() {
    let result = run(&body("2025-26", &exempt(), &json!({})));
    let ties = result["schedules"]["ties"].as_array().unwrap();
    assert_eq!(ties.len(), 4);
    for tie in ties {
        assert_eq!(tie["holds"], true, "{tie}");
        assert_eq!(tie["sum"], "340000.00");
    }
    let by_activity = &result["schedules"]["by_activity"];
    assert_eq!(by_activity["total"], "340000.00");
    assert_eq!(
        by_activity["rows"][0],
        json!({"activity": "fsa", "pools": {"admin": "199013.16", "rent": "60000.00"},
               "total": "259013.16"})
    );
}

#[test]
fn the_proposal_on_employability_is_off_until_a_programme_switches_it_on() {
    let projects = |said: Value| {
        let mut project = json!({"id": "p1", "activity": "social_ent", "scheme": null});
        if !said.is_null() {
            project["employability"] = said;
        }
        json!([project])
    };
    let on = json!({"employability_inside_fsa": true});
    let status = |projects: &Value, settings: &Value| {
        let result = run(&body("2025-26", projects, settings));
        result["projects"][0].clone()
    };
    assert_eq!(
        status(&projects(json!(true)), &json!({}))["status"],
        "apportion"
    );
    let inside = status(&projects(json!(true)), &on);
    assert_eq!(
        (&inside["status"], &inside["in_annual_report"]),
        (&json!("inside_fsa"), &json!(true))
    );
    assert_eq!(status(&projects(json!(false)), &on)["status"], "apportion");
    let unknown = status(&projects(Value::Null), &on);
    assert_eq!(unknown["status"], "needs_information");
    assert_eq!(unknown["unknown"], json!(["employability_unknown"]));
}

#[test]
fn an_older_question_answers_and_hashes_as_it_always_did() {
    let old = json!({
        "financial_year": "2025-26",
        "pools": [{"id": "admin", "amount": "250000.00", "basis": "staff_time",
                   "weights": {"fsa": "1512.5", "selffin": "387.5", "social_ent": "100"}}],
        "projects": exempt(),
        "exempt_schemes": {"as_at": "2025-06-12", "codes": ["DEMO-EXEMPT-01"], "complete": true},
    });
    let request = read(&Json::from(&old)).unwrap();
    assert_eq!(
        request.input_hash(),
        "v1:cd42c3b7f24815756ac01ac1ec62480a9fc7033671fdc5909461d9d704beb463"
    );
    assert_eq!(
        evaluate(&request).unwrap().to_json().to_string(),
        r#"{"pools":[{"id":"admin","left_out":[{"activity":"social_ent","projects":["p1"],"reason":"every_project_exempt"}],"shares":{"fsa":"199013.16","selffin":"50986.84","social_ent":"0.00"},"total":"250000.00"}],"projects":[{"id":"p1","in_annual_report":false,"status":"exempt"}],"warnings":[]}"#
    );
}

#[test]
fn weights_carry_their_evidence_and_period() {
    let pool = |extra: Value| {
        let mut pool = json!({"id": "admin", "amount": "10.00", "basis": "staff_time",
                              "weights": {"fsa": "1", "other": "1", "none": "0"}});
        let own = pool.as_object_mut().unwrap();
        own.extend(extra.as_object().unwrap().clone());
        json!({"financial_year": "2025-26", "pools": [pool]})
    };
    let result = run(&pool(json!({
        "period_from": "2025-01-01", "period_to": "2025-03-31",
        "weight_evidence": {"fsa": "Time study, March 2025", "none": " "},
    })));
    assert_eq!(result["pools"][0]["without_evidence"], json!(["other"]));
    let problems = calc(&Json::from(&pool(json!({
        "period_from": "2025-04-01", "period_to": "2025-03-31",
        "weight_evidence": {"stranger": "x"},
    }))))
    .unwrap_err();
    let listed: Vec<(&str, &str)> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            ("end_before_start", "pools[0].period_to"),
            ("unknown_activity", "pools[0].weight_evidence.stranger"),
        ]
    );
}
