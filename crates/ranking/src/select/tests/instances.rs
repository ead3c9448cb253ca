//! The stored instances and their proven optima (`HiGHS` with gap 0); see `tests/vectors/README.md`.
use std::collections::BTreeMap;

use serde_json::Value;

use super::{super::evaluate, *};
use crate::select::{Selection, Status, evaluate_within};

struct Instance {
    request: Request,
    stored: Value,
}

fn instance(text: &str) -> Instance {
    let stored: Value = serde_json::from_str(text).unwrap();
    let applications = stored["apps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|app| {
            application(
                &app["id"].to_string(),
                &app["ngo"].to_string(),
                app["small"].as_bool().unwrap(),
                &app["cost"].to_string(),
                &app["score"].to_string(),
            )
        })
        .collect();
    let cap = u32::try_from(stored["max_per_ngo"].as_u64().unwrap()).unwrap();
    let request = with_rules(
        request(&stored["budget"].to_string(), applications),
        Some(&stored["small_share"].to_string()),
        Some(cap),
    );
    Instance { request, stored }
}

fn sorted_ids(numbers: &Value) -> Vec<String> {
    let mut ids: Vec<String> = numbers
        .as_array()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    ids.sort();
    ids
}

fn assert_meets_the_rules(request: &Request, selection: &Selection) {
    let by_id: BTreeMap<&str, &Application> = request
        .applications
        .iter()
        .map(|app| (app.id.as_str(), app))
        .collect();
    let chosen: Vec<&Application> = selection
        .selected
        .iter()
        .map(|id| by_id[id.as_str()])
        .collect();
    let spent: Decimal = chosen.iter().map(|app| app.cost.decimal()).sum();
    let score: Decimal = chosen.iter().map(|app| app.score).sum();
    let small: Decimal = chosen
        .iter()
        .filter(|app| app.small)
        .map(|app| app.cost.decimal())
        .sum();
    assert_eq!(selection.spent.decimal(), spent);
    assert_eq!(selection.objective, Some(score));
    assert!(spent <= request.budget.decimal());
    let share = request.constraints.small_share.unwrap().decimal();
    assert!(small >= share * request.budget.decimal());
    let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
    for app in &chosen {
        *groups.entry(&app.group).or_default() += 1;
    }
    let most = groups.values().max().copied().unwrap_or(0);
    assert!(most <= request.constraints.max_per_group.unwrap());
}

fn assert_optimum(text: &str) -> (Instance, Selection) {
    let instance = instance(text);
    let selection = evaluate(&instance.request).unwrap();
    assert_eq!(selection.status, Status::Optimal);
    assert_eq!(
        selection.objective.unwrap(),
        dec(&instance.stored["optimum_fair"].to_string())
    );
    assert_eq!(selection.bound, selection.objective);
    assert_eq!(selection.gap(), Some(Decimal::ZERO));
    assert_meets_the_rules(&instance.request, &selection);
    (instance, selection)
}

fn without_rules(instance: &Instance) -> Decimal {
    let free = with_rules(instance.request.clone(), None, None);
    evaluate(&free).unwrap().objective.unwrap()
}

#[test]
fn thirty_applications_reach_the_proven_optimum() {
    let (instance, selection) =
        assert_optimum(include_str!("../../../tests/vectors/knapsack_30.json"));
    assert_eq!(
        selection.selected,
        sorted_ids(&instance.stored["selected_fair"])
    );
    assert_eq!(without_rules(&instance), dec("1225.97"));
}

#[test]
fn a_binding_small_share_costs_what_the_two_proven_optima_differ_by() {
    let (instance, selection) = assert_optimum(include_str!(
        "../../../tests/vectors/knapsack_40_binding.json"
    ));
    assert_eq!(
        selection.selected,
        sorted_ids(&instance.stored["selected_fair"])
    );
    let price = selection.price_of_fairness["small_share"];
    assert_eq!(price.points, Some(dec("1127.33") - dec("1100.93")));
}

#[test]
fn a_hundred_and_twenty_applications_reach_the_proven_optimum() {
    let (instance, selection) =
        assert_optimum(include_str!("../../../tests/vectors/knapsack_120.json"));
    assert_eq!(
        selection.selected,
        sorted_ids(&instance.stored["selected_fair"])
    );
    assert_eq!(without_rules(&instance), dec("5324.7"));
    assert!(selection.greedy.objective < selection.objective.unwrap());
}

#[test]
fn a_hundred_strongly_correlated_applications_reach_the_proven_optimum() {
    assert_optimum(include_str!(
        "../../../tests/vectors/knapsack_hard_100.json"
    ));
}

#[test]
fn rules_that_cannot_all_be_met_say_which_shortfall_is_least() {
    let instance = instance(include_str!(
        "../../../tests/vectors/knapsack_60_infeasible.json"
    ));
    let selection = evaluate(&instance.request).unwrap();
    assert_eq!(selection.status, Status::Infeasible);
    assert_eq!(selection.objective, None);
    assert!(selection.selected.is_empty());
    let relaxation = selection.relaxation.unwrap();
    let share = relaxation.small_share.unwrap();
    assert_eq!(share.required.to_string(), "2733000");
    // The two largest small applications of every group, added by hand from the instance.
    let mut groups: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for app in instance.request.applications.iter().filter(|app| app.small) {
        groups
            .entry(&app.group)
            .or_default()
            .push(app.cost.decimal());
    }
    let most: Decimal = groups
        .values_mut()
        .flat_map(|costs| {
            costs.sort();
            costs.iter().rev().take(2).copied().collect::<Vec<_>>()
        })
        .sum();
    assert_eq!(share.achievable.decimal(), most);
    assert_eq!(share.shortfall.decimal(), dec("2733000") - most);

    // With the share that is said to be possible, the rules can be met; not with one more in 10,000.
    let mut possible = instance.request.clone();
    possible.constraints.small_share = Some(Share::try_from_decimal(share.share).unwrap());
    assert_eq!(evaluate(&possible).unwrap().status, Status::Optimal);
    possible.constraints.small_share =
        Some(Share::try_from_decimal(share.share + dec("0.0001")).unwrap());
    assert_eq!(evaluate(&possible).unwrap().status, Status::Infeasible);
    if let Some(cap) = relaxation.max_per_group {
        let mut raised = instance.request.clone();
        raised.constraints.max_per_group = Some(cap.needed);
        assert_eq!(evaluate(&raised).unwrap().status, Status::Optimal);
        raised.constraints.max_per_group = Some(cap.needed - 1);
        assert_eq!(evaluate(&raised).unwrap().status, Status::Infeasible);
    }
}

/// Score in proportion to cost: every way to fill the budget is as good as any other, which no
/// bound can tell apart.
fn proportional() -> Request {
    let applications = (0_i64..60)
        .map(|number| {
            let cost = (number * number * 7_919 + 104_729) % 900_001 + 100_000;
            application(
                &number.to_string(),
                &(number % 25).to_string(),
                number % 3 == 0,
                &cost.to_string(),
                &Decimal::new(cost, 2).to_string(),
            )
        })
        .collect();
    with_rules(request("9876543.21", applications), Some("0.4"), Some(2))
}

#[test]
fn beyond_the_work_limit_a_feasible_set_comes_with_a_bound_that_holds() {
    let request = proportional();
    let selection = evaluate_within(&request, 10_000).unwrap();
    assert_eq!(selection.status, Status::TimeLimit);
    assert_meets_the_rules(&request, &selection);
    // No set scores more than the budget buys, and this one comes within a thousandth of it.
    let most = dec("98765.43");
    let bound = selection.bound.unwrap();
    assert!(bound <= most && bound >= selection.objective.unwrap());
    assert!(selection.gap().unwrap() < most / dec("1000"));
    assert_eq!(selection.price_of_fairness["small_share"].points, None);
    assert_eq!(evaluate_within(&request, 10_000).unwrap(), selection);
}

#[test]
fn the_order_of_the_applications_changes_nothing() {
    let instance = instance(include_str!(
        "../../../tests/vectors/knapsack_hard_100.json"
    ));
    let mut reversed = instance.request.clone();
    reversed.applications.reverse();
    assert_eq!(
        evaluate(&instance.request).unwrap(),
        evaluate(&reversed).unwrap()
    );
    assert_eq!(instance.request.input_hash(), reversed.input_hash());
}
