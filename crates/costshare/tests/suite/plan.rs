//! A cost plan: cash flow that ties, limits in dollars, matched funding, and one figure changed with
//! the rest solved.
use costshare::calc_plan;
use explain::{Problems, json::Json};
use serde_json::{Value, json};

fn run(body: &Value) -> Value {
    calc_plan(&Json::from(body)).unwrap()
}

fn refused(body: &Value) -> Problems {
    calc_plan(&Json::from(body)).unwrap_err()
}

fn listed(problems: &Problems) -> Vec<(&str, &str)> {
    problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect()
}

fn cell(year: &str, source: &str, amount: &str) -> Value {
    json!({"financial_year": year, "source": source, "amount": amount})
}

/// 1,000,000.00 in all: 700,000 asked, 200,000 own, 100,000 of a trust.
fn plan(extra: &Value) -> Value {
    let mut body = json!({"lines": [
        {"id": "b1", "scope": "it_system", "cells": [
            cell("2027-28", "grant", "400000.00"), cell("2027-28", "own", "100000.00"),
            cell("2028-29", "grant", "100000.00")]},
        {"id": "b2", "scope": null, "cells": [
            cell("2027-28", "grant", "200000.00"), cell("2027-28", "own", "100000.00"),
            cell("2027-28", "other:Trust A", "100000.00")]},
    ]});
    let own = body.as_object_mut().unwrap();
    own.extend(extra.as_object().unwrap().clone());
    body
}

#[test]
fn the_cash_flow_is_by_year_scope_and_source_and_every_total_ties() {
    let result = run(&plan(&json!({})));
    let flow = &result["cash_flow"];
    assert_eq!(flow["total"], "1000000.00");
    assert_eq!(
        flow["sources"],
        json!({"grant": "700000.00", "own": "200000.00", "other:Trust A": "100000.00"})
    );
    assert_eq!(flow["years"][1]["total"], "100000.00");
    assert_eq!(
        flow["scopes"][0],
        json!({"scope": null, "total": "400000.00",
               "parts": {"grant": "200000.00", "own": "100000.00", "other:Trust A": "100000.00"}}),
        "a scope that nobody stated is none, not a guess"
    );
    assert_eq!(result["adds_up"], Value::Null, "no cost was stated");
    for tie in result["ties"].as_array().unwrap() {
        assert_eq!(
            (&tie["holds"], &tie["sum"]),
            (&json!(true), &json!("1000000.00"))
        );
    }
}

#[test]
fn what_the_sources_pay_is_held_against_the_stated_cost_of_the_line_and_of_the_year() {
    let mut body = plan(&json!({}));
    body["lines"][0]["cost"] = json!("600000.00");
    body["lines"][0]["costs"] = json!([{"financial_year": "2028-29", "total": "100000.01"}]);
    let result = run(&body);
    assert_eq!(result["adds_up"], false);
    assert_eq!(
        result["stated_costs"],
        json!([
            {"line_id": "b1", "financial_year": "2028-29", "stated": "100000.01",
             "paid": "100000.00", "difference": "0.01"},
            {"line_id": "b1", "financial_year": null, "stated": "600000.00",
             "paid": "600000.00", "difference": "0.00"},
        ])
    );
}

#[test]
fn less_asked_is_taken_up_by_the_organisation_in_proportion_and_every_cell_keeps_its_line() {
    let result = run(&plan(
        &json!({"change": {"source": "grant", "to": "600000.00"}}),
    ));
    let solution = &result["solution"];
    assert_eq!(solution["feasible"], true);
    assert_eq!(
        solution["moved"],
        json!([{"from": "grant", "to": "own", "amount": "100000.00"}])
    );
    // 100,000 leaves 400,000 + 100,000 + 200,000 in proportion: 4/7, 1/7, 2/7.
    let change = |line: &str, year: &str, source: &str| {
        let found = solution["changes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|change| {
                change["line_id"] == line
                    && change["financial_year"] == year
                    && change["source"] == source
            });
        found.unwrap()["after"].clone()
    };
    assert_eq!(change("b1", "2027-28", "grant"), "342857.14");
    assert_eq!(change("b1", "2028-29", "grant"), "85714.29");
    assert_eq!(change("b2", "2027-28", "grant"), "171428.57");
    assert_eq!(change("b1", "2028-29", "own"), "14285.71");
    assert_eq!(solution["after"]["cash_flow"]["total"], "1000000.00");
}

#[test]
fn a_change_that_breaks_a_limit_says_which_and_by_how_much() {
    let limits = json!({"limits": {"ask_max": "700000.00", "own_share_min": "0.15"},
                        "change": {"source": "grant", "to": "760000.00"}});
    let result = run(&plan(&limits));
    assert_eq!(result["solution"]["feasible"], false);
    let broken: Vec<_> = result["solution"]["broken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|limit| (limit["limit"].clone(), limit["margin"].clone()))
        .collect();
    assert_eq!(
        broken,
        [
            (json!("ask_max"), json!("-60000.00")),
            (json!("own_share_min"), json!("-10000.00")),
        ]
    );
    let ranges = result["ranges"].as_array().unwrap();
    let own = ranges.iter().find(|row| row["source"] == "own").unwrap();
    assert_eq!(
        own["range"],
        json!({"low": "200000.00", "high": "900000.00", "low_limit": "ask_max",
               "high_limit": null}),
        "the ask cannot rise, so the own share cannot fall"
    );
}

#[test]
fn a_second_source_moves_only_as_far_as_the_first_cannot() {
    let body = plan(&json!({"limits": {"own_min": "150000.00"},
        "change": {"source": "other:Trust A", "to": "300000.00"}}));
    let solution = run(&body)["solution"].clone();
    assert_eq!(solution["feasible"], true);
    assert_eq!(
        solution["sources"],
        json!({"grant": "550000.00", "own": "150000.00", "other:Trust A": "300000.00"})
    );
    let own = solution["after"]["limits"][0].clone();
    assert_eq!(
        (&own["limit"], &own["binds"]),
        (&json!("own_min"), &json!(true))
    );
}

#[test]
fn more_than_there_is_to_move_is_refused_with_what_is_missing() {
    let solution = run(&plan(
        &json!({"change": {"source": "grant", "to": "900000.01"}}),
    ))["solution"]
        .clone();
    assert_eq!(solution["feasible"], false);
    assert_eq!(solution["beyond"], "0.01");
}

#[test]
fn a_line_that_is_fixed_keeps_its_cells() {
    let mut body = plan(&json!({"change": {"source": "grant", "to": "500000.00"}}));
    body["lines"][1]["fixed"] = json!(true);
    let solution = run(&body)["solution"].clone();
    let touched = solution["changes"].as_array().unwrap();
    assert!(touched.iter().all(|change| change["line_id"] == "b1"));
    assert_eq!(solution["sources"]["grant"], "500000.00");
}

#[test]
fn one_to_one_up_to_a_ceiling_gives_a_dollar_for_a_dollar_and_no_more() {
    let rule = |ceiling: &str| {
        json!({"matching": {"payer": "other:Trust A", "matched": ["own"], "ceiling": ceiling,
                            "tiers": [{"over": "0", "match_per_dollar": "1"}]},
               "change": {"source": "other:Trust A", "to": "120000.00", "absorb": ["grant"]}})
    };
    let result = run(&plan(&rule("150000.00")));
    assert_eq!(result["solution"]["feasible"], true);
    assert_eq!(result["matching"]["spans"][0]["entitled"], "150000.00");
    assert_eq!(result["matching"]["spans"][0]["unused"], "50000.00");
    let result = run(&plan(&rule("110000.00")));
    assert_eq!(result["solution"]["feasible"], false);
    assert_eq!(result["solution"]["broken"][0]["margin"], "-10000.00");
}

#[test]
fn the_ask_under_one_to_one_falls_until_the_own_share_meets_it() {
    // Own and grant move against each other: 900,000 between them meets at 450,000 each.
    let body = plan(
        &json!({"matching": {"payer": "grant", "matched": ["own"], "ceiling": "500000.00",
                                         "tiers": [{"over": "0", "match_per_dollar": "1"}]}}),
    );
    let ranges = run(&body)["ranges"].clone();
    assert_eq!(ranges[0]["source"], "grant");
    assert_eq!(ranges[0]["range"]["high"], "450000.00");
    assert_eq!(ranges[0]["range"]["high_limit"], "matching");
    assert_eq!(ranges[1]["source"], "own");
    assert_eq!(ranges[1]["range"]["low"], "450000.00");
}

#[test]
fn tiers_give_each_band_its_own_rate_and_cut_the_sum_to_the_cent() {
    let body = plan(
        &json!({"matching": {"payer": "other:Trust A", "matched": ["own"], "counted": "per_year",
        "tiers": [{"over": "0", "up_to": "50000.01", "match_per_dollar": "1.5"},
                  {"over": "50000.01", "up_to": "120000.00", "match_per_dollar": "0.333333"},
                  {"over": "120000.00", "up_to": null, "match_per_dollar": "0"}]}}),
    );
    let spans = run(&body)["matching"]["spans"].clone();
    // 75,000.015 + 69,999.99 × 0.333333 = 98,333.32166…, cut to 98,333.32.
    assert_eq!(spans[0]["financial_year"], "2027-28");
    assert_eq!(spans[0]["entitled"], "98333.32");
    assert_eq!(spans[0]["parts"][1]["gives"], "23333.30666667");
    assert_eq!(spans[1]["matched"], "0.00");
}

#[test]
fn everything_wrong_with_a_plan_is_listed_at_once() {
    let body = json!({
        "lines": [
            {"id": "b1", "cells": [cell("2027-28", "loan", "1.00"), cell("2027-29", "own", "-1.00"),
                                   cell("2027-28", "own", "1.00"), cell("2027-28", "own", "2.00")]},
            {"id": "b1", "cells": [], "cost": 5},
        ],
        "limits": {"own_share_min": "1.2", "ask_max": "-1.00", "colour": "red"},
        "matching": {"payer": "grant", "matched": ["grant", "own", "own"], "tiers": [
            {"over": "10.00", "up_to": "100.00", "match_per_dollar": "1"},
            {"over": "50.00", "up_to": "40.00", "match_per_dollar": "-1"},
            {"over": "90.00", "match_per_dollar": "1"},
            {"over": "95.00", "match_per_dollar": "1"}]},
        "change": {"source": "own", "to": "1.005", "absorb": ["own"]},
    });
    let problems = refused(&body);
    assert_eq!(
        listed(&problems),
        [
            ("not_source", "lines[0].cells[0].source"),
            ("not_financial_year", "lines[0].cells[1].financial_year"),
            ("negative", "lines[0].cells[1].amount"),
            ("number_not_string", "lines[1].cost"),
            ("duplicate_id", "lines[1].id"),
            ("unknown_field", "limits.colour"),
            ("negative", "limits.ask_max"),
            ("out_of_range", "limits.own_share_min"),
            ("negative", "matching.tiers[1].match_per_dollar"),
            ("tier_empty", "matching.tiers[1].up_to"),
            ("tiers_gap", "matching.tiers[0].over"),
            ("tiers_overlap", "matching.tiers[1].over"),
            ("tiers_gap", "matching.tiers[2].over"),
            ("tiers_overlap", "matching.tiers[3].over"),
            ("matches_itself", "matching.matched[0]"),
            ("duplicate_id", "matching.matched[2]"),
            ("fraction_of_cent", "change.to"),
            ("absorbs_itself", "change.absorb[0]"),
        ]
    );
    for problem in problems.as_slice() {
        assert!(
            problem.message.contains(&problem.path),
            "{}",
            problem.message
        );
    }
}

#[test]
fn a_cell_given_twice_is_refused() {
    let body = json!({"lines": [{"id": "b1", "cells": [
        cell("2027-28", "own", "1.00"), cell("2027-28", "own", "2.00")]}]});
    assert_eq!(
        listed(&refused(&body)),
        [("duplicate_cell", "lines[0].cells[1]")]
    );
}

#[test]
fn limits_that_no_plan_could_keep_are_refused_together() {
    let body = plan(&json!({"limits": {
        "own_min": "900000.00",
        "sources": [{"source": "other:Trust A", "min": "200000.00", "max": "150000.00"},
                    {"source": "own", "max": "100000.00"}],
        "ask_max": "300000.00"}}));
    let problems = refused(&body);
    assert_eq!(
        listed(&problems),
        [
            ("limits_contradict", "limits.own_min"),
            ("limits_contradict", "limits.sources"),
            ("limits_contradict", "limits.own_min"),
            ("limits_contradict", "limits.ask_max"),
        ]
    );
    let by: Vec<_> = problems
        .as_slice()
        .iter()
        .map(|p| p.params["by"].as_str())
        .collect();
    assert_eq!(by, ["800000.00", "50000.00", "100000.00", "450000.00"]);
}

#[test]
fn where_nothing_keeps_the_limits_the_nearest_plan_takes_no_more_than_there_is() {
    // 50,000 are left for two sources of which one pays 700,000 now: it keeps what there is, the other pays nothing.
    let result = run(&plan(&json!({"limits": {"own_min": "100000.00"},
        "change": {"source": "other:Trust A", "to": "950000.00"}})));
    assert_eq!(result["solution"]["feasible"], false);
    let broken = &result["solution"]["broken"];
    assert_eq!(broken[0]["limit"], "own_min");
    assert_eq!(broken[0]["margin"], "-100000.00", "{broken}");
    let limits = json!({"limits": {"sources": [{"source": "other:Trust A", "min": null, "max": "950000.00"}]}});
    let ranges = run(&plan(&limits))["ranges"].clone();
    let rows = ranges.as_array().unwrap();
    let trust = rows.iter().find(|row| row["source"] == "other:Trust A");
    let range = &trust.unwrap()["range"];
    assert_eq!(
        (&range["high"], &range["high_limit"]),
        (&json!("950000.00"), &json!("source_max"))
    );
}

#[test]
fn matching_that_counts_by_year_stops_where_a_year_has_nothing_to_match() {
    let high = |counted: &str| {
        let body = plan(
            &json!({"matching": {"payer": "other:Trust A", "matched": ["own"],
            "counted": counted, "tiers": [{"over": "0", "match_per_dollar": "1"}]}}),
        );
        let ranges = run(&body)["ranges"].clone();
        let rows = ranges.as_array().unwrap();
        let trust = rows.iter().find(|row| row["source"] == "other:Trust A");
        let range = &trust.unwrap()["range"];
        assert_eq!(range["high_limit"], "matching");
        range["high"].as_str().unwrap().to_owned()
    };
    // Half of everything, as the organisation pays the other half.
    assert_eq!(high("in_total"), "500000.00");
    // The second year holds a tenth of it, and less can be matched there.
    assert!(high("per_year").starts_with("4500"), "{}", high("per_year"));
}
