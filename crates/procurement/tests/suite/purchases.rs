//! Every boundary case of the rule file that ships, and what the calculator prints beside them.
use explain::json::Json;
use procurement::{calc, evaluate, read};
use serde_json::{Value, json};

use crate::support::{listed, rules};

#[test]
fn every_boundary_case_of_the_rule_file_holds() {
    let rules = rules();
    let vectors = rules["test_vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 24);
    let id = |position: usize| format!("case-{position}");
    let purchases: Vec<Value> = vectors
        .iter()
        .enumerate()
        .map(|(position, vector)| {
            json!({"id": id(position), "date": vector["date"],
                   "category": vector["category"], "amount": vector["amount_hkd"]})
        })
        .collect();
    let expected: Vec<Value> = vectors
        .iter()
        .enumerate()
        .map(|(position, vector)| {
            let mut expected = vector["expect"].clone();
            expected["id"] = json!(id(position));
            expected
        })
        .collect();
    let body = json!({"ruleset": rules, "purchases": purchases});
    assert_eq!(
        calc(&Json::from(&body)).unwrap(),
        json!({ "purchases": expected })
    );
}

#[test]
fn a_fraction_of_a_cent_above_a_boundary_is_above_it() {
    let body = json!({"ruleset": rules(), "purchases": [
        {"id": "a", "date": "2025-05-01", "category": "goods", "amount": "5000.000001"}]});
    let result = calc(&Json::from(&body)).unwrap();
    assert_eq!(result["purchases"][0]["method"], "quotation");
}

#[test]
fn every_problem_of_the_purchases_is_listed_at_once() {
    let body = json!({"format": 2, "ruleset": rules(), "extra": 1, "purchases": [
        {"id": "a", "date": "2025-04-31", "category": "food", "amount": "0"},
        {"id": "a", "date": "2025-04-30", "category": "goods", "amount": "-5.00", "note": "x"},
        {"id": "c", "category": "goods", "amount": 5},
    ]});
    let problems = calc(&Json::from(&body)).unwrap_err();
    assert_eq!(
        listed(&problems),
        [
            ("unsupported_format", "format"),
            ("unknown_field", "extra"),
            ("not_date", "purchases[0].date"),
            ("unknown_category", "purchases[0].category"),
            ("not_above_zero", "purchases[0].amount"),
            ("unknown_field", "purchases[1].note"),
            ("not_above_zero", "purchases[1].amount"),
            ("missing", "purchases[2].date"),
            ("number_not_string", "purchases[2].amount"),
            ("duplicate_id", "purchases[1].id"),
        ]
    );
    for problem in problems.as_slice() {
        let names_field = problem.message.contains(&problem.path);
        assert!(names_field, "{} says: {}", problem.path, problem.message);
    }
}

#[test]
fn a_day_on_which_no_version_is_in_force_is_a_problem_for_each_purchase() {
    let mut rules = rules();
    rules["versions"].as_array_mut().unwrap().remove(0);
    let purchase =
        |id: &str, date: &str| json!({"id": id, "date": date, "category": "goods", "amount": "1"});
    let body = json!({"ruleset": rules, "purchases": [
        purchase("a", "2025-04-30"), purchase("b", "2025-05-01"), purchase("c", "2024-01-01")]});
    let problems = calc(&Json::from(&body)).unwrap_err();
    assert_eq!(
        listed(&problems),
        [
            ("no_version_in_force", "purchases[0].date"),
            ("no_version_in_force", "purchases[2].date"),
        ]
    );
}

#[test]
fn working_and_hash_stand_beside_the_result_and_not_in_it() {
    let mut body = json!({"ruleset": rules(), "purchases": [
        {"id": "a", "date": "2025-04-30", "category": "goods", "amount": "5000.01"}]});
    let run = |body: &Value| evaluate(&read(&Json::from(body)).unwrap()).unwrap();
    let evaluation = run(&body);
    let step = &evaluation.working()[0];
    assert_eq!(step.id, "purchase.a");
    assert_eq!(step.values["over"], "5000");
    assert_eq!(step.values["up_to"], "20000");
    assert_eq!(step.method, "hk-swd-lsg-lf-procurement, pre-2025-05-01");
    let versions: Vec<_> = evaluation
        .rules()
        .iter()
        .map(|rule| rule.version.as_str())
        .collect();
    assert_eq!(versions, ["pre-2025-05-01", "from-2025-05-01"]);
    let printed = evaluation.to_json();
    assert_eq!(printed.as_object().unwrap().len(), 1);

    body["purchases"][0]["amount"] = json!("5000.0100");
    body["ruleset"]["label"] = json!("other words");
    body["ruleset"]["versions"]
        .as_array_mut()
        .unwrap()
        .reverse();
    assert_eq!(
        run(&body).input_hash(),
        evaluation.input_hash(),
        "words, trailing zeros and the order of versions mean nothing"
    );
    body["ruleset"]["versions"][0]["tiers"]["goods"][3]["method"] = json!("quotation");
    body["ruleset"]["versions"][0]["tiers"]["goods"][3]["min_quotations"] = json!(9);
    assert_ne!(run(&body).input_hash(), evaluation.input_hash());
}
