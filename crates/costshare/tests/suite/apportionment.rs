//! Exemption meets apportionment: what leaves the basis, what is only warned about, what stays
//! unknown, and what the whole prints.
use costshare::{evaluate, plan_is_settled, read};
use explain::{Problems, json::Json};
use serde_json::{Value, json};

fn outcome(body: &Value) -> Result<costshare::Evaluation, Problems> {
    read(&Json::from(body)).and_then(|request| evaluate(&request))
}

fn run(body: &Value) -> Value {
    outcome(body).unwrap().to_json()
}

fn settled(body: &Value) -> Option<bool> {
    plan_is_settled(outcome(body).as_ref())
}

fn body(year: &str, projects: &Value) -> Value {
    json!({
        "financial_year": year,
        "pools": [{"id": "admin", "amount": "250000.00", "basis": "staff_time",
                   "weights": {"fsa": "1512.5", "selffin": "387.5", "social_ent": "100"}}],
        "projects": projects,
        "exempt_schemes": {"as_at": "2025-06-12", "codes": ["DEMO-EXEMPT-01"], "complete": true},
    })
}

fn exempt(id: &str) -> Value {
    json!({"id": id, "activity": "social_ent", "scheme": "DEMO-EXEMPT-01",
           "start": "2024-06-01", "end": null})
}

#[test]
fn an_exempt_activity_leaves_the_basis_and_the_rest_bears_the_whole() {
    let result = run(&body("2025-26", &json!([exempt("p1")])));
    assert_eq!(
        result,
        json!({
            "pools": [{
                "id": "admin",
                "total": "250000.00",
                "shares": {"fsa": "199013.16", "selffin": "50986.84", "social_ent": "0.00"},
                "left_out": [{"activity": "social_ent", "reason": "every_project_exempt",
                              "projects": ["p1"]}],
            }],
            "projects": [{"id": "p1", "status": "exempt", "in_annual_report": false}],
            "warnings": [],
        })
    );
}

#[test]
fn the_look_back_lifts_apportionment_but_keeps_the_annual_report() {
    let result = run(&body("2024-25", &json!([exempt("p1")])));
    assert_eq!(
        result["projects"][0],
        json!({"id": "p1", "status": "exempt_retroactive", "in_annual_report": true})
    );
    assert_eq!(result["pools"][0]["shares"]["social_ent"], "0.00");
}

#[test]
fn an_activity_with_an_exempt_and_another_project_keeps_its_weight_and_is_warned_about() {
    let other = json!({"id": "p2", "activity": "social_ent", "scheme": null});
    let result = run(&body("2025-26", &json!([exempt("p1"), other])));
    assert_eq!(
        result["warnings"],
        json!([{"code": "activity_mixed", "activity": "social_ent",
                "exempt": ["p1"], "not_exempt": ["p2"]}])
    );
    assert_eq!(result["pools"][0]["left_out"], json!([]));
    assert_eq!(
        result["pools"][0]["shares"],
        json!({"fsa": "189062.50", "selffin": "48437.50", "social_ent": "12500.00"})
    );
}

#[test]
fn missing_and_null_are_read_apart() {
    let listed = |more: Value| {
        let mut project = json!({"id": "p", "scheme": "DEMO-EXEMPT-01"});
        project
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        project
    };
    let cases = [
        (
            json!({"id": "p", "start": "2025-06-01", "end": null}),
            "needs_information",
        ),
        (json!({"id": "p", "scheme": null}), "apportion"),
        (
            json!({"id": "p", "scheme": "NOT-LISTED", "start": "2025-06-01"}),
            "apportion",
        ),
        (
            listed(json!({"start": "2025-06-01", "end": null})),
            "exempt",
        ),
        (listed(json!({"start": "2025-06-01"})), "needs_information"),
        (
            listed(json!({"start": null, "end": null})),
            "needs_information",
        ),
        (listed(json!({"end": "2026-01-31"})), "needs_information"),
    ];
    for (project, expected) in cases {
        let result = run(&body("2025-26", &json!([project])));
        let printed = &result["projects"][0];
        assert_eq!(printed["status"], expected, "{project}");
        let in_report = match expected {
            "exempt" => json!(false),
            "apportion" => json!(true),
            _ => Value::Null,
        };
        assert_eq!(printed["in_annual_report"], in_report, "{project}");
    }
}

#[test]
fn an_unlisted_scheme_is_apportioned_only_when_the_list_is_complete() {
    let project = json!([{"id": "p", "scheme": "NOT-LISTED", "start": "2025-06-01", "end": null}]);
    let with_list = |list: Option<Value>| {
        let mut body = body("2025-26", &project);
        match list {
            Some(list) => body["exempt_schemes"] = list,
            None => {
                body.as_object_mut().unwrap().remove("exempt_schemes");
            }
        }
        run(&body)["projects"][0]["status"].clone()
    };
    let list = |complete: bool| json!({"as_at": "2025-06-12", "codes": [], "complete": complete});
    assert_eq!(with_list(Some(list(true))), "apportion");
    assert_eq!(with_list(Some(list(false))), "needs_information");
    assert_eq!(
        with_list(Some(json!({"codes": []}))),
        "needs_information",
        "unstated is not complete"
    );
    assert_eq!(with_list(None), "needs_information");
}

#[test]
fn a_project_that_needs_information_keeps_its_weight_and_names_what_is_unknown() {
    let project = json!([{"id": "p", "activity": "social_ent", "scheme": "DEMO-EXEMPT-01"}]);
    let evaluation = outcome(&body("2025-26", &project)).unwrap();
    let codes: Vec<_> = evaluation.projects[0]
        .unknown
        .iter()
        .map(|fact| fact.code())
        .collect();
    assert_eq!(codes, ["start_unknown", "end_unknown"]);
    assert_eq!(
        evaluation.pools[0].shares["social_ent"].to_string(),
        "12500.00"
    );
}

#[test]
fn every_pool_without_a_basis_left_is_a_problem() {
    let mut body = body("2025-26", &json!([exempt("p1")]));
    body["pools"] = json!([
        {"id": "a", "amount": "1.00", "basis": "fte", "weights": {"social_ent": "1"}},
        {"id": "b", "amount": "2.00", "basis": "fte", "weights": {"social_ent": "1", "fsa": "0"}},
        {"id": "c", "amount": "3.00", "basis": "fte", "weights": {"social_ent": "1", "fsa": "1"}},
    ]);
    let problems = outcome(&body).unwrap_err();
    let listed: Vec<_> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            ("no_basis_left", "pools[0].weights"),
            ("no_basis_left", "pools[1].weights"),
        ]
    );
    assert_eq!(settled(&body), Some(false));
}

#[test]
fn a_plan_is_settled_when_every_project_is_and_unknown_while_one_is_not() {
    let unknown = json!({"id": "p2", "activity": "fsa"});
    assert_eq!(settled(&body("2025-26", &json!([]))), Some(true));
    assert_eq!(
        settled(&body("2025-26", &json!([exempt("p1")]))),
        Some(true)
    );
    assert_eq!(
        settled(&body("2025-26", &json!([exempt("p1"), unknown]))),
        None
    );
    assert_eq!(
        settled(&json!({"financial_year": "2025-26", "pools": []})),
        None,
        "nothing stated"
    );
    assert_eq!(
        settled(&json!({"financial_year": "soon", "pools": []})),
        None,
        "unreadable is not a refusal"
    );
}

#[test]
fn ties_go_to_the_activity_whose_id_comes_first_in_byte_order() {
    let result = run(&json!({
        "financial_year": "2025-26",
        "pools": [{"id": "x", "amount": "0.02", "basis": "fte",
                   "weights": {"é": "1", "b": "1", "a": "1", "Z": "1"}}],
    }));
    assert_eq!(
        result["pools"][0]["shares"],
        json!({"Z": "0.01", "a": "0.01", "b": "0.00", "é": "0.00"})
    );
}

#[test]
fn a_reserve_below_its_ceiling_has_no_excess_and_half_a_cent_goes_up() {
    let reserve = |operating: &str, held: &str| {
        run(
            &json!({"financial_year": "2025-26", "pools": [], "reserve": {
            "operating_expenditure": operating, "provident_fund_expenditure": "0",
            "lsg_reserve": held}}),
        )["reserve"]
            .clone()
    };
    assert_eq!(
        reserve("0.02", "0.00"),
        json!({"cap": "0.01", "excess": "0.00"})
    );
    assert_eq!(
        reserve("100.00", "-5.00"),
        json!({"cap": "25.00", "excess": "0.00"})
    );
}

#[test]
fn working_and_hash_stand_beside_the_result_and_not_in_it() {
    let mut full = body("2025-26", &json!([exempt("p1")]));
    full["reserve"] = json!({"operating_expenditure": "8123456.78",
        "provident_fund_expenditure": "0.00", "lsg_reserve": "2500000.00"});
    let evaluation = outcome(&full).unwrap();
    let ids: Vec<_> = evaluation
        .working()
        .iter()
        .map(|step| step.id.as_str())
        .collect();
    assert_eq!(ids, ["pool.admin", "project.p1", "reserve.excess"]);
    let shares = &evaluation.working()[0].children;
    assert_eq!(shares[0].result, "199013.157894736842");
    assert_eq!(shares[2].code, "costshare.left_out");
    assert_eq!(
        evaluation.working()[2].children[0].result,
        "2030864.195",
        "before rounding"
    );
    let printed = evaluation.to_json();
    let keys: Vec<_> = printed.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["pools", "projects", "reserve", "warnings"]);

    full["format"] = json!(1);
    full["pools"][0]["amount"] = json!("250000");
    full["pools"][0]["weights"]["fsa"] = json!("1512.500");
    assert_eq!(
        outcome(&full).unwrap().input_hash(),
        evaluation.input_hash(),
        "defaults and trailing zeros mean nothing"
    );
    full["projects"][0]["end"] = json!("2027-01-01");
    assert_ne!(
        outcome(&full).unwrap().input_hash(),
        evaluation.input_hash()
    );
}
