//! The vectors that ship inside the rule file: exemption, split and reserve.
use std::{fs, path::PathBuf};

use costshare::calc;
use explain::json::Json;
use serde_json::{Value, json};

fn rules() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../seed/rules/hk-lsg-cost-apportionment-demo.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn run(body: &Value) -> Value {
    calc(&Json::from(body)).unwrap()
}

#[test]
fn every_exemption_vector_of_the_rule_file_holds() {
    let rules = rules();
    let vectors = rules["test_vectors_exemption"].as_array().unwrap();
    assert_eq!(vectors.len(), 8);
    for vector in vectors {
        let mut project = json!({"id": "p", "start": vector["start"], "end": vector["end"]});
        match vector["scheme_in_list"].as_bool() {
            Some(true) => project["scheme"] = json!("DEMO-EXEMPT-01"),
            Some(false) => project["scheme"] = json!("SOME-OTHER"),
            None => {}
        }
        let result = run(&json!({
            "financial_year": vector["financial_year"],
            "pools": [],
            "projects": [project],
            "exempt_schemes": {"as_at": "2025-06-12", "codes": ["DEMO-EXEMPT-01"], "complete": true},
        }));
        assert_eq!(
            result["projects"][0]["status"], vector["expect"],
            "{vector}"
        );
    }
}

#[test]
fn every_split_vector_of_the_rule_file_holds() {
    let rules = rules();
    let vectors = rules["test_vectors_split"].as_array().unwrap();
    assert_eq!(vectors.len(), 5);
    for vector in vectors {
        // Activities named a, b, c… keep the order of the vector, which is byte order.
        let names = ["a", "b", "c", "d", "e", "f"];
        let pairs = |key: &str| -> Value {
            let parts = vector[key].as_array().unwrap();
            names
                .iter()
                .zip(parts)
                .map(|(name, part)| ((*name).to_owned(), part.clone()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let result = run(&json!({
            "financial_year": "2025-26",
            "pools": [{"id": "x", "amount": vector["pool_hkd"], "basis": "fte",
                       "weights": pairs("weights")}],
        }));
        assert_eq!(
            result["pools"][0]["shares"],
            pairs("expect"),
            "{}",
            vector["note"]
        );
        assert_eq!(result["pools"][0]["total"], vector["pool_hkd"]);
    }
}

#[test]
fn every_reserve_vector_of_the_rule_file_holds() {
    let rules = rules();
    let vectors = rules["test_vectors_reserve"].as_array().unwrap();
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let mut given = vector.clone();
        given.as_object_mut().unwrap().remove("expect");
        let result = run(&json!({"financial_year": "2025-26", "pools": [], "reserve": given}));
        assert_eq!(result["reserve"], vector["expect"], "{vector}");
    }
}

#[test]
fn the_engine_applies_the_rule_set_the_file_describes() {
    let rules = rules();
    assert_eq!(rules["ruleset_id"], costshare::RULESET_ID);
    assert_eq!(
        rules["exemption"]["letter_date"],
        costshare::RULESET_VERSION
    );
    assert_eq!(rules["reserve_check"]["cap_ratio"], "0.25");
    assert_eq!(
        rules["exemption"]["scheme_list"],
        json!([]),
        "the list ships empty"
    );
}
