//! Limits that no plan of its cost could keep: refused to the cent, named by the sharper of two, and never where
//! one plan still exists.
use costshare::{calc_plan, plan_read};
use explain::json::Json;
use serde_json::{Value, json};

/// A plan of 1,000.00 paid half by the grant and half by the organisation, under these limits.
fn body(limits: &Value) -> Value {
    let cell = |source: &str, amount: &str| json!({"financial_year": "2027-28", "source": source, "amount": amount});
    json!({"lines": [{"id": "b1", "scope": null,
                      "cells": [cell("grant", "500.00"), cell("own", "500.00")]}],
           "limits": limits})
}

/// Each contradiction: where, by how much, between which limits.
fn found(limits: &Value) -> Vec<[String; 4]> {
    let Err(problems) = calc_plan(&Json::from(&body(limits))) else {
        return Vec::new();
    };
    problems
        .as_slice()
        .iter()
        .map(|problem| {
            assert_eq!(problem.code, "limits_contradict", "{problem:?}");
            let named = |name: &str| problem.params[name].clone();
            [
                problem.path.clone(),
                named("by"),
                named("limit"),
                named("other"),
            ]
        })
        .collect()
}

fn one(limits: &Value, path: &str, by: &str, limit: &str, other: &str) {
    let expected = [path, by, limit, other].map(str::to_owned);
    assert_eq!(found(limits), [expected], "{limits}");
}

fn sources(list: &Value) -> Value {
    json!({"sources": list})
}

#[test]
fn a_floor_above_a_ceiling_is_refused_from_the_first_cent() {
    let both =
        |min: &str, max: &str| sources(&json!([{"source": "other:A", "min": min, "max": max}]));
    assert_eq!(found(&both("300.00", "300.00")), Vec::<[String; 4]>::new());
    one(
        &both("300.01", "300.00"),
        "limits.sources",
        "0.01",
        "source_min",
        "source_max",
    );
}

#[test]
fn the_sharper_of_two_limits_on_one_source_is_the_one_that_is_named() {
    // The grant may pay at most 400.00 by one limit and 450.00 (0.45) by the other.
    let ask = |floor: &str| {
        json!({"ask_max": "400.00", "ask_share_max": "0.45",
               "sources": [{"source": "grant", "min": floor, "max": null}]})
    };
    assert_eq!(found(&ask("400.00")), Vec::<[String; 4]>::new());
    one(
        &ask("400.01"),
        "limits.sources",
        "0.01",
        "source_min",
        "ask_max",
    );
    let tighter = json!({"ask_max": "400.00", "ask_share_max": "0.30",
        "sources": [{"source": "grant", "min": "300.01", "max": null}]});
    one(
        &tighter,
        "limits.sources",
        "0.01",
        "source_min",
        "ask_share_max",
    );
    // The organisation must pay at least 600.00 by one limit and 550.00 (0.55) by the other.
    let own = |ceiling: &str, share: &str| {
        json!({"own_min": "600.00", "own_share_min": share,
               "sources": [{"source": "own", "min": null, "max": ceiling}]})
    };
    assert_eq!(found(&own("600.00", "0.55")), Vec::<[String; 4]>::new());
    one(
        &own("599.99", "0.55"),
        "limits.own_min",
        "0.01",
        "own_min",
        "source_max",
    );
    one(
        &own("649.99", "0.65"),
        "limits.own_share_min",
        "0.01",
        "own_share_min",
        "source_max",
    );
    // Of two that are equal the first stays.
    one(
        &own("599.99", "0.6"),
        "limits.own_min",
        "0.01",
        "own_min",
        "source_max",
    );
}

#[test]
fn one_floor_above_the_whole_cost_is_refused_where_several_sources_may_meet_it() {
    let shared = |floor: &str| json!({"own_min": floor, "in_kind_counts": true});
    assert_eq!(found(&shared("1000.00")), Vec::<[String; 4]>::new());
    one(
        &shared("1000.01"),
        "limits.own_min",
        "0.01",
        "own_min",
        "cost",
    );
    // A floor below the cost that several share contradicts nothing.
    assert_eq!(found(&shared("0.01")), Vec::<[String; 4]>::new());
    // A ceiling above the cost never does.
    assert_eq!(
        found(&json!({"ask_max": "2000.00"})),
        Vec::<[String; 4]>::new()
    );
}

#[test]
fn floors_that_come_to_more_than_the_cost_are_refused() {
    let floors = |own: &str| json!({"own_min": own, "sources": [{"source": "grant", "min": "400.00", "max": null}]});
    assert_eq!(found(&floors("600.00")), Vec::<[String; 4]>::new());
    one(
        &floors("600.01"),
        "limits.sources",
        "0.01",
        "source_min",
        "cost",
    );
}

#[test]
fn ceilings_on_every_source_that_come_to_less_than_the_cost_are_refused() {
    let ceilings = |own: &str| json!({"ask_max": "400.00", "sources": [{"source": "own", "min": null, "max": own}]});
    assert_eq!(found(&ceilings("600.00")), Vec::<[String; 4]>::new());
    one(
        &ceilings("599.99"),
        "limits.ask_max",
        "0.01",
        "ask_max",
        "cost",
    );
    // A source without a ceiling may pay the rest.
    assert_eq!(
        found(&json!({"ask_max": "400.00"})),
        Vec::<[String; 4]>::new()
    );
}

#[test]
fn the_ceiling_of_matched_funding_counts_as_one() {
    let matched = |ceiling: &str, floor: &str| {
        let mut body = body(&sources(
            &json!([{"source": "grant", "min": floor, "max": null}]),
        ));
        body["matching"] = json!({"payer": "grant", "matched": ["own"], "counted": "in_total",
            "ceiling": ceiling, "tiers": [{"over": "0", "up_to": null, "match_per_dollar": "1"}]});
        calc_plan(&Json::from(&body))
    };
    assert!(matched("500.00", "500.00").is_ok());
    let problems = matched("499.99", "500.00").unwrap_err();
    let problem = &problems.as_slice()[0];
    assert_eq!(problem.code, "limits_contradict");
    assert_eq!(
        (
            problem.params["limit"].as_str(),
            problem.params["other"].as_str()
        ),
        ("source_min", "matching")
    );
}

#[test]
fn a_limit_that_is_just_reached_binds_and_says_which_side_it_holds() {
    let limits = json!({"ask_max": "500.00", "own_min": "400.00"});
    let result = calc_plan(&Json::from(&body(&limits))).unwrap();
    let standings = result["limits"].as_array().unwrap();
    let of = |name: &str| standings.iter().find(|each| each["limit"] == name).unwrap();
    let (ask, own) = (of("ask_max"), of("own_min"));
    assert_eq!(
        (&ask["binds"], &ask["side"]),
        (&json!(true), &json!("at_most"))
    );
    assert_eq!(
        (&own["binds"], &own["side"]),
        (&json!(false), &json!("at_least"))
    );
    assert_eq!(
        (&own["keeps"], &own["margin"]),
        (&json!(true), &json!("100.00"))
    );
}

#[test]
fn every_limit_and_every_tier_is_part_of_the_hash_of_the_input() {
    let hash = |limits: &Value, tiers: &Value| {
        let mut body = body(limits);
        body["matching"] = json!({"payer": "grant", "matched": ["own"], "tiers": tiers});
        plan_read(&Json::from(&body)).unwrap().input_hash()
    };
    let one = json!([{"over": "0", "up_to": null, "match_per_dollar": "1"}]);
    let two = json!([{"over": "0", "up_to": null, "match_per_dollar": "2"}]);
    let hashes = [
        hash(&json!({}), &one),
        hash(&json!({}), &two),
        hash(&json!({"ask_max": "600.00"}), &one),
        hash(&json!({"ask_share_max": "0.6"}), &one),
        hash(&json!({"own_min": "1.00"}), &one),
        hash(&json!({"own_share_min": "0.1"}), &one),
        hash(&json!({"in_kind_counts": true}), &one),
        hash(
            &sources(&json!([{"source": "own", "min": "1.00", "max": null}])),
            &one,
        ),
    ];
    let different: std::collections::BTreeSet<&String> = hashes.iter().collect();
    assert_eq!(different.len(), hashes.len());
    assert!(
        hashes
            .iter()
            .all(|hash| hash.starts_with("v1:") && hash.len() == 67)
    );
    assert_eq!(
        hashes[0],
        hash(&json!({}), &one),
        "the same input hashes the same"
    );
}

#[test]
fn how_far_the_changed_source_can_go_depends_on_who_takes_it_up() {
    let range = |absorb: &str| {
        let mut body = body(&json!({}));
        body["lines"][0]["cells"]
            .as_array_mut()
            .unwrap()
            .push(json!({"financial_year": "2027-28", "source": "other:A", "amount": "100.00"}));
        body["change"] = json!({"source": "grant", "to": "510.00", "absorb": [absorb]});
        let result = calc_plan(&Json::from(&body)).unwrap();
        let ranges = result["ranges"].as_array().unwrap().clone();
        let grant = ranges
            .into_iter()
            .find(|each| each["source"] == "grant")
            .unwrap();
        (grant["absorb"].clone(), grant["range"]["high"].clone())
    };
    assert_eq!(range("other:A"), (json!(["other:A"]), json!("600.00")));
    assert_eq!(range("own"), (json!(["own"]), json!("1000.00")));
}
