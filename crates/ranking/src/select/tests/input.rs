//! Reading and printing `calc select`.
use explain::json::Json;

use crate::{calc_select, select::Method};

fn problems(body: &str) -> Vec<(String, String)> {
    calc_select(&Json::parse(body).unwrap())
        .unwrap_err()
        .into_vec()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect()
}

#[test]
fn the_documented_example_is_answered() {
    let body = r#"{"budget":"2640000","applications":[{"id":"0","group":"8","small":false,
        "cost":"790000","score":"72.56"}],"constraints":{"small_share":null,"max_per_group":3}}"#;
    let answer = calc_select(&Json::parse(body).unwrap()).unwrap();
    assert_eq!(
        answer,
        serde_json::json!({
            "status": "optimal",
            "objective": "72.56",
            "selected": ["0"],
            "levels": {},
            "spent": "790000",
            "bound": "72.56",
            "gap": "0",
            "greedy": {"objective": "72.56", "spent": "790000", "selected": ["0"]},
            "price_of_fairness": {"max_per_group": {"points": "0", "spent": "0"}},
            "relaxation": null,
            "method": {
                "word": "list_pairing",
                "en": Method::ListPairing.label().en,
                "zh": Method::ListPairing.label().zh,
            },
            "engine": {"name": "plumbline-ranking", "version": crate::ENGINE_VERSION},
            "checks": [
                {"rule": "budget", "value": "790000", "limit": "2640000", "holds": true},
                {"rule": "max_per_group", "value": "1", "limit": "3", "holds": true},
            ],
        })
    );
}

#[test]
fn nothing_to_choose_from_is_refused() {
    assert_eq!(
        problems(r#"{"budget":"0","applications":[]}"#),
        [("empty".to_owned(), "applications".to_owned())]
    );
}

#[test]
fn every_problem_of_a_selection_is_listed_at_once() {
    let body = r#"{"budget":"-1","extra":1,"applications":[
        {"id":"a","group":"g","small":"no","cost":"0","score":"1"},
        {"id":"a","small":true,"cost":5,"score":"x"}],
        "constraints":{"small_share":"1.5","max_per_group":0}}"#;
    let expected = [
        ("unknown_field", "extra"),
        ("out_of_range", "budget"),
        ("not_boolean", "applications[0].small"),
        ("out_of_range", "applications[0].cost"),
        ("missing", "applications[1].group"),
        ("number_not_string", "applications[1].cost"),
        ("not_decimal", "applications[1].score"),
        ("duplicate_id", "applications[1].id"),
        ("out_of_range", "constraints.small_share"),
        ("out_of_range", "constraints.max_per_group"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(code, path)| ((*code).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(problems(body), expected);
}
