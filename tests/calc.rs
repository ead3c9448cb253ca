//! `plumbline calc`: the shipped binary on the published vectors that the calculators are tested
//! with, and what it says of input that is wrong.
use std::{
    fs,
    io::Write as _,
    process::{Output, Stdio},
};

use serde_json::{Value, json};
use testkit::{plumbline_binary, root, seed_file};

/// A published vector, as its source gave it.
fn vector(path: &str) -> Value {
    let text = fs::read_to_string(root().join("crates").join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn run(calculator: &str, body: &str) -> Output {
    let mut child = std::process::Command::new(plumbline_binary())
        .args(["calc", calculator])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(body.as_bytes()).unwrap();
    drop(input);
    child.wait_with_output().unwrap()
}

/// The result of a body that is right: exit 0, one line of JSON, nothing on standard error.
fn answer(calculator: &str, body: &Value) -> Value {
    let output = run(calculator, &body.to_string());
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), complaint.as_str()),
        (Some(0), ""),
        "{calculator}"
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches('\n').count(), 1, "{calculator}");
    serde_json::from_str(&text).unwrap()
}

/// The problems of a body that is wrong: exit 2, nothing on standard output, one line of JSON.
fn problems(calculator: &str, body: &str) -> Vec<Value> {
    let output = run(calculator, body);
    assert_eq!(output.status.code(), Some(2), "{calculator}");
    assert!(output.stdout.is_empty(), "{calculator}");
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    let complaint: Value = serde_json::from_str(&text).unwrap();
    let problems = complaint["problems"].as_array().unwrap().clone();
    for problem in &problems {
        assert!(
            problem["code"].is_string() && problem["path"].is_string(),
            "{problem}"
        );
        assert!(
            !problem["message"].as_str().unwrap().is_empty(),
            "{problem}"
        );
    }
    problems
}

#[test]
fn sroi_prints_the_published_timebank_study() {
    let vector = vector("sroi/tests/vectors/01_timebank_ireland_2023.json");
    let mut outcomes = vector["outcomes"].as_array().unwrap().clone();
    for (position, outcome) in outcomes.iter_mut().enumerate() {
        outcome["id"] = json!(format!("o{position}"));
        outcome["stakeholder"] = json!("Members");
    }
    let result = answer(
        "sroi",
        &json!({
            "currency": "EUR", "convention": {"timing": vector["convention"]["timing"]},
            "discount_rate": vector["discount_rate"],
            "inputs": [{"name": "Grant", "amount": vector["investment"], "year": 0, "kind": "cash"}],
            "outcomes": outcomes,
        }),
    );
    let published = &vector["published"];
    assert_eq!(result["gross_value"], published["gross_value"]);
    assert_eq!(
        result["total_present_value"],
        published["total_present_value"]
    );
    assert_eq!(
        result["years"][1]["present_value"],
        published["year2_present_value"]
    );
    // Published as 16.06.
    assert_eq!(result["ratio"], "16.0637");
}

#[test]
fn costshare_prints_every_split_of_the_rule_file() {
    let rules = seed_file("rules/hk-lsg-cost-apportionment-demo.json");
    for vector in rules["test_vectors_split"].as_array().unwrap() {
        let named = |key: &str| -> Value {
            let parts = vector[key].as_array().unwrap();
            let names = ["a", "b", "c", "d", "e", "f"];
            let pairs = names.iter().zip(parts);
            pairs
                .map(|(name, part)| ((*name).to_owned(), part.clone()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let pool = json!({"id": "x", "amount": vector["pool_hkd"], "basis": "fte",
                          "weights": named("weights")});
        let result = answer(
            "costshare",
            &json!({"financial_year": "2025-26", "pools": [pool]}),
        );
        assert_eq!(
            result["pools"][0]["shares"],
            named("expect"),
            "{}",
            vector["note"]
        );
    }
}

#[test]
fn costplan_solves_one_figure_and_prints_the_limit_that_stops_it() {
    let cell = |source: &str, amount: &str| json!({"financial_year": "2027-28", "source": source, "amount": amount});
    let line = json!({"id": "b1", "cells": [cell("grant", "400000.00"), cell("own", "100000.00")]});
    let result = answer(
        "costplan",
        &json!({"lines": [line], "limits": {"own_share_min": "0.1"},
                "change": {"source": "grant", "to": "450000.00"}}),
    );
    assert_eq!(result["solution"]["feasible"], true);
    assert_eq!(result["solution"]["sources"]["own"], "50000.00");
    let range = &result["ranges"][0]["range"];
    assert_eq!(range["high"], "450000.00");
    assert_eq!(range["high_limit"], "own_share_min");
}

#[test]
fn purchases_prints_what_was_found_with_the_exact_shortfall() {
    let body = json!({"ruleset": seed_file("rules/hk-swd-lsg-lf-procurement.json"), "purchases": [
        {"id": "a", "requirement": "tablets", "invited_on": "2025-06-01", "method": "quotation",
         "parts": [{"category": "goods", "estimated": {"item": "30000.00", "maintenance": null}}],
         "quotations": {"invited": 2, "received": 1, "conforming": 1}},
        {"id": "b", "requirement": "tablets", "invited_on": "2026-05-31",
         "parts": [{"category": "goods", "estimated": {"item": "20000.00", "maintenance": "0.01"}}]}]});
    let result = answer("purchases", &body);
    assert_eq!(result["engine"]["version"], "1.1.0");
    let first = &result["purchases"][0];
    assert_eq!(first["aggregate"]["sum"], "50000.01");
    assert_eq!(first["requirement"]["min_quotations"], 5);
    let short = |code: &str| -> Value {
        let findings = first["findings"].as_array().unwrap().iter();
        let mut found = findings.filter(|finding| finding["code"] == code);
        found.next().unwrap()["shortfall"].clone()
    };
    assert_eq!(short("too_few_invited"), "3");
    assert_eq!(short("too_few_received"), "4");
    let listed = problems("purchases", r#"{"purchases":[{"id":1}],"settings":[]}"#);
    assert_eq!(listed.len(), 3, "{listed:?}");
}

#[test]
fn procurement_prints_every_boundary_case_of_the_rule_file() {
    let rules = seed_file("rules/hk-swd-lsg-lf-procurement.json");
    let vectors = rules["test_vectors"].as_array().unwrap();
    let mut purchases = Vec::new();
    let mut expected = Vec::new();
    for (position, vector) in vectors.iter().enumerate() {
        let id = format!("case-{position}");
        purchases.push(
            json!({"id": id, "date": vector["date"], "category": vector["category"],
                              "amount": vector["amount_hkd"]}),
        );
        let mut wanted = vector["expect"].clone();
        wanted["id"] = json!(id);
        expected.push(wanted);
    }
    let result = answer(
        "procurement",
        &json!({"ruleset": rules, "purchases": purchases}),
    );
    assert_eq!(result, json!({"purchases": expected}));
}

#[test]
fn eligibility_prints_what_is_not_known_instead_of_guessing() {
    let programme = seed_file("programmes/dedicated-fund-it.json");
    let result = answer("eligibility", &json!({"ruleset": programme, "facts": {}}));
    assert_eq!(result["state"], "needs_information");
    let criteria = result["criteria"].as_array().unwrap();
    assert_eq!(
        criteria.len(),
        programme["criteria"].as_array().unwrap().len()
    );
    assert!(
        criteria
            .iter()
            .all(|criterion| criterion["outcome"] != "fail")
    );
}

#[test]
fn rank_prints_the_order_of_the_published_weighted_sum() {
    let vector = vector("ranking/tests/vectors/20_mcda_crosscheck.json");
    let rows = vector["matrix"].as_array().unwrap();
    let names = ["sroi", "reviewer", "cost", "feasibility", "need"];
    // The batch's best and worst values, which the published sum is scaled on.
    let anchors = [
        ("0.9", "3.9"),
        ("60", "90"),
        ("900000", "150000"),
        ("5", "9"),
        ("0.3", "0.95"),
    ];
    let criteria: Vec<Value> = (0..names.len())
        .map(|column| {
            json!({"id": names[column], "weight": vector["weights"][column].to_string(),
                   "direction": if vector["types"][column] == 1 { "max" } else { "min" },
                   "zero": anchors[column].0, "hundred": anchors[column].1})
        })
        .collect();
    let applications: Vec<Value> = rows
        .iter()
        .enumerate()
        .map(|(row, values)| {
            let scores: serde_json::Map<String, Value> = names
                .iter()
                .zip(values.as_array().unwrap())
                .map(|(name, value)| ((*name).to_owned(), json!(value.to_string())))
                .collect();
            json!({"id": row.to_string(), "scores": scores})
        })
        .collect();
    let body = json!({"format": 1, "criteria": criteria, "applications": applications});
    let result = answer("rank", &body);
    let order: Vec<&str> = result["applications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ranked| ranked["id"].as_str().unwrap())
        .collect();
    let published = vector["results"]["wsm_minmax"]["order"].as_array().unwrap();
    assert_eq!(
        order,
        published
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    );
}

#[test]
fn select_prints_the_proven_optimum() {
    let vector = vector("ranking/tests/vectors/knapsack_30.json");
    let applications: Vec<Value> = vector["apps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|app| {
            json!({"id": app["id"].to_string(), "group": app["ngo"].to_string(),
                   "small": app["small"], "cost": app["cost"].to_string(),
                   "score": app["score"].to_string()})
        })
        .collect();
    let body = json!({
        "format": 1, "budget": vector["budget"].to_string(), "applications": applications,
        "constraints": {"small_share": vector["small_share"].to_string(),
                        "max_per_group": vector["max_per_ngo"]},
    });
    let result = answer("select", &body);
    assert_eq!(result["status"], "optimal");
    let objective = money::decimal_from_text(result["objective"].as_str().unwrap()).unwrap();
    let proven = money::decimal_from_text(&vector["optimum_fair"].to_string()).unwrap();
    assert_eq!(objective, proven);
}

#[test]
fn every_problem_of_a_body_is_listed_at_once_on_one_line() {
    let body = json!({
        "currency": "HKD", "convention": {"timing": "end_of_year"}, "discount_rate": "abc",
        "inputs": [{"name": "Grant", "amount": "5 dollars", "year": 0, "kind": "cash"}],
        "outcomes": [{"id": "o1", "stakeholder": "S", "name": "N", "quantity": "1", "proxy": "1",
                      "deadweight": "1.5", "displacement": "0", "attribution": "0", "dropoff": "0",
                      "duration": 1, "start": 1}],
    });
    let listed = problems("sroi", &body.to_string());
    let paths: Vec<&str> = listed
        .iter()
        .map(|problem| problem["path"].as_str().unwrap())
        .collect();
    for path in [
        "discount_rate",
        "inputs[0].amount",
        "outcomes[0].deadweight",
    ] {
        assert!(paths.contains(&path), "{path} is not in {paths:?}");
    }
}

#[test]
fn every_calculator_refuses_what_is_not_json_and_what_is_empty() {
    for calculator in [
        "sroi",
        "costshare",
        "costplan",
        "procurement",
        "eligibility",
        "rank",
        "select",
        "severity",
        "weights",
        "fairness",
        "moves",
    ] {
        for body in ["", "{", "[]", "{}", "\u{0}"] {
            assert!(
                !problems(calculator, body).is_empty(),
                "{calculator} {body:?}"
            );
        }
    }
}
