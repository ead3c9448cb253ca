//! Values that stand exactly on an edge: the last that is taken and the first that is refused, and figures whose
//! loss no larger case would notice.
use costshare::{calc, calc_plan, read, who_pays_read};
use explain::json::Json;
use serde_json::{Map, Value, json};

fn request(extra: &Value) -> Value {
    let mut body = json!({
        "financial_year": "2025-26",
        "pools": [{"id": "admin", "amount": "100.00", "basis": "staff_time",
                   "weights": {"fsa": "1", "other": "1"}}],
        "projects": [],
    });
    let fields = extra.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    body
}

/// Code and path of everything that is wrong.
fn wrong(body: &Value) -> Vec<(String, String)> {
    let Err(problems) = calc(&Json::from(body)) else {
        return Vec::new();
    };
    let problems = problems.as_slice().iter();
    problems
        .map(|each| (each.code.clone(), each.path.clone()))
        .collect()
}

fn hash(body: &Value) -> String {
    read(&Json::from(body)).unwrap().input_hash()
}

const FINE: Vec<(String, String)> = Vec::new();

#[test]
fn a_period_and_a_project_of_one_day_are_whole() {
    let pool = |to: &str| {
        request(
            &json!({"pools": [{"id": "admin", "amount": "100.00", "basis": "staff_time",
            "weights": {"fsa": "1"}, "period_from": "2025-04-01", "period_to": to}]}),
        )
    };
    assert_eq!(wrong(&pool("2025-04-01")), FINE);
    assert_eq!(wrong(&pool("2025-03-31"))[0].0, "end_before_start");
    let project = |end: &str| {
        request(
            &json!({"projects": [{"id": "p", "activity": "fsa", "scheme": null,
            "start": "2025-05-01", "end": end}]}),
        )
    };
    assert_eq!(wrong(&project("2025-05-01")), FINE);
    assert_eq!(wrong(&project("2025-04-30"))[0].0, "end_before_start");
}

#[test]
fn five_hundred_activities_are_taken_and_one_more_is_refused() {
    let pool = |count: usize| {
        let weights: Map<String, Value> = (0..count)
            .map(|number| (format!("a{number:03}"), json!("1")))
            .collect();
        request(
            &json!({"pools": [{"id": "admin", "amount": "500.00", "basis": "headcount",
                                   "weights": weights}]}),
        )
    };
    assert_eq!(wrong(&pool(500)), FINE);
    let refused = wrong(&pool(501));
    assert_eq!(
        refused[0],
        ("too_many".to_owned(), "pools[0].weights".to_owned())
    );
    assert_eq!(wrong(&pool(499)), FINE);
}

#[test]
fn a_part_may_be_the_whole_of_the_expenditure() {
    let reserve = |part: &str| {
        request(&json!({"reserve": {"operating_expenditure": "100.00",
            "provident_fund_expenditure": part, "lsg_reserve": "0.00"}}))
    };
    assert_eq!(wrong(&reserve("100.00")), FINE);
    assert_eq!(wrong(&reserve("100.01"))[0].0, "part_exceeds_whole");
}

#[test]
fn reserve_and_settings_are_part_of_the_hash_of_the_input() {
    let reserve = |held: &str| {
        hash(&request(
            &json!({"reserve": {"operating_expenditure": "100.00",
            "provident_fund_expenditure": "0", "lsg_reserve": held}}),
        ))
    };
    assert_ne!(reserve("1.00"), reserve("2.00"));
    assert_eq!(reserve("1.00"), reserve("1"));
    let settings = |inside: bool| {
        hash(&request(
            &json!({"settings": {"employability_inside_fsa": inside}}),
        ))
    };
    assert_ne!(settings(true), settings(false));
    assert_eq!(settings(false), hash(&request(&json!({"settings": {}}))));
}

#[test]
fn a_project_that_began_with_the_exemption_is_not_looked_back_on() {
    let status = |start: &str| {
        let body = request(&json!({
            "financial_year": "2024-25",
            "projects": [{"id": "p", "activity": "other", "scheme": "DEMO-EXEMPT-01",
                          "start": start, "end": null}],
            "exempt_schemes": {"as_at": "2025-06-12", "codes": ["DEMO-EXEMPT-01"], "complete": true},
        }));
        calc(&Json::from(&body)).unwrap()["projects"][0]["status"].clone()
    };
    assert_eq!(status("2025-03-31"), "exempt_retroactive");
    assert_eq!(status("2025-04-01"), "apportion");
}

#[test]
fn the_schedules_say_by_which_list_of_schemes_they_were_made() {
    let listed = |list: &Value| {
        let body = request(&json!({"schedules": true, "exempt_schemes": list}));
        calc(&Json::from(&body)).unwrap()["scheme_list"].clone()
    };
    assert_eq!(
        listed(&json!({"as_at": "2025-06-12", "codes": ["A", "B"], "complete": false})),
        json!({"as_at": "2025-06-12", "codes": 2, "complete": false})
    );
    let without = request(&json!({"schedules": true}));
    assert_eq!(
        calc(&Json::from(&without)).unwrap()["scheme_list"],
        Value::Null
    );
}

/// A plan of 1,000.00 paid half by the grant and half by the organisation.
fn plan(extra: &Value) -> Value {
    let cell =
        |source: &str| json!({"financial_year": "2027-28", "source": source, "amount": "500.00"});
    let mut body =
        json!({"lines": [{"id": "b1", "scope": null, "cells": [cell("grant"), cell("own")]}]});
    let fields = extra.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    body
}

/// Path, limit and other limit of every contradiction.
fn contradictions(extra: &Value) -> Vec<[String; 3]> {
    let Err(problems) = calc_plan(&Json::from(&plan(extra))) else {
        return Vec::new();
    };
    let problems = problems.as_slice().iter();
    problems
        .map(|each| {
            let named = |name: &str| each.params[name].clone();
            [each.path.clone(), named("limit"), named("other")]
        })
        .collect()
}

fn matching(ceiling: &str) -> Value {
    json!({"payer": "grant", "matched": ["own"], "counted": "in_total", "ceiling": ceiling,
           "tiers": [{"over": "0", "up_to": null, "match_per_dollar": "1"}]})
}

#[test]
fn of_matching_and_another_ceiling_on_its_payer_the_lower_holds_and_the_first_of_equals() {
    let both = |floor: &str, most: &str, ceiling: &str| {
        contradictions(&json!({
            "limits": {"sources": [{"source": "grant", "min": floor, "max": most}]},
            "matching": matching(ceiling)}))
    };
    let at = |other: &str| vec![["limits.sources", "source_min", other].map(str::to_owned)];
    assert_eq!(both("420.00", "450.00", "400.00"), at("matching"));
    assert_eq!(both("420.00", "400.00", "450.00"), at("source_max"));
    assert_eq!(both("420.00", "400.00", "400.00"), at("source_max"));
    assert_eq!(
        both("400.00", "450.00", "400.00"),
        Vec::<[String; 3]>::new()
    );
}

#[test]
fn a_ceiling_of_matching_is_named_by_its_own_field() {
    let found = contradictions(&json!({
        "limits": {"sources": [{"source": "own", "min": null, "max": "500.00"}]},
        "matching": matching("400.00")}));
    assert_eq!(found, [["matching", "matching", "cost"].map(str::to_owned)]);
}

#[test]
fn one_floor_above_the_cost_is_told_once() {
    let found = contradictions(&json!({"limits": {"own_min": "1000.01"}}));
    assert_eq!(
        found,
        [["limits.own_min", "own_min", "cost"].map(str::to_owned)]
    );
}

#[test]
fn of_two_equal_ceilings_on_one_source_the_first_is_named() {
    let found = contradictions(
        &json!({"limits": {"ask_max": "400.00", "ask_share_max": "0.4",
        "sources": [{"source": "grant", "min": "400.01", "max": null}]}}),
    );
    assert_eq!(
        found,
        [["limits.sources", "source_min", "ask_max"].map(str::to_owned)]
    );
}

#[test]
fn a_plan_whose_sources_pay_what_was_stated_adds_up() {
    let mut body = plan(&json!({}));
    body["lines"][0]["cost"] = json!("1000.00");
    assert_eq!(calc_plan(&Json::from(&body)).unwrap()["adds_up"], true);
    body["lines"][0]["cost"] = json!("1000.01");
    assert_eq!(calc_plan(&Json::from(&body)).unwrap()["adds_up"], false);
}

#[test]
fn a_line_that_is_not_covered_does_not_add_up() {
    let body = json!({
        "rows": [{"line_id": "staff", "financial_year": "2025-26", "source": "grant", "amount": "99.99"}],
        "totals": [{"line_id": "staff", "financial_year": "2025-26", "total": "100.00"}],
    });
    let (rows, totals) = who_pays_read(&Json::from(&body), "who_pays").unwrap();
    let result = costshare::who_pays(&rows, &totals, "who_pays").unwrap();
    assert!(!result.adds_up());
}
