//! A planned purchase satisfies the rule, falls short of it, or is unknown; never more than is
//! stated.
use explain::json::Json;
use procurement::{PlansResult, Ruleset, check, plans_read, read_ruleset};
use serde_json::{Value, json};

use crate::support::{listed, rules};

fn ruleset() -> Ruleset {
    read_ruleset(&Json::from(&rules())).unwrap()
}

fn checked(plans: &Value) -> PlansResult {
    let ruleset = ruleset();
    let plans = plans_read(&Json::from(plans), "purchases", &ruleset).unwrap();
    check(&ruleset, &plans, "purchases").unwrap()
}

fn outcome(plan: &Value) -> (Option<bool>, Vec<&'static str>) {
    let result = checked(&json!([plan]));
    let first = &result.purchases[0];
    assert_eq!(result.satisfied, first.satisfied);
    let codes = first.reasons.iter().map(|reason| reason.code()).collect();
    (first.satisfied, codes)
}

/// Goods of HK$30,000 in the second version need two quotations in either form, HK$100,000 five
/// in writing, HK$2,000,000 a tender.
fn plan(amount: &str, planned: &Value) -> Value {
    let mut plan = json!({"id": "a", "date": "2025-06-01", "category": "goods", "amount": amount});
    let stated = planned.as_object().unwrap().clone();
    plan.as_object_mut().unwrap().extend(stated);
    plan
}

#[test]
fn an_exempt_purchase_is_satisfied_by_any_plan() {
    assert_eq!(outcome(&plan("5000", &json!({}))), (Some(true), vec![]));
    let oral =
        json!({"planned_method": "quotation", "planned_quotations": 1, "planned_form": "oral"});
    assert_eq!(outcome(&plan("5000", &oral)), (Some(true), vec![]));
}

#[test]
fn quotations_are_counted_and_their_form_is_looked_at() {
    let quotations = |count: i64, form: &str| json!({"planned_method": "quotation", "planned_quotations": count, "planned_form": form});
    let cases = [
        ("30000", quotations(2, "oral"), Some(true), vec![]),
        (
            "30000",
            quotations(1, "written"),
            Some(false),
            vec!["too_few_quotations"],
        ),
        ("100000", quotations(5, "written"), Some(true), vec![]),
        (
            "100000",
            quotations(5, "oral"),
            Some(false),
            vec!["form_not_accepted"],
        ),
        (
            "100000",
            quotations(4, "oral"),
            Some(false),
            vec!["too_few_quotations", "form_not_accepted"],
        ),
        (
            "2000000",
            quotations(9, "written"),
            Some(false),
            vec!["method_too_light"],
        ),
        (
            "30000",
            json!({"planned_method": "exempt", "planned_quotations": 2}),
            Some(false),
            vec!["method_too_light"],
        ),
    ];
    for (amount, planned, satisfied, reasons) in cases {
        let plan = plan(amount, &planned);
        assert_eq!(outcome(&plan), (satisfied, reasons), "{plan}");
    }
}

#[test]
fn a_tender_satisfies_the_tender_tier_and_every_lighter_one() {
    let tender = json!({"planned_method": "tender"});
    assert_eq!(outcome(&plan("2000000", &tender)), (Some(true), vec![]));
    assert_eq!(
        outcome(&plan("100000", &tender)),
        (Some(true), vec!["method_stricter"])
    );
    let oral = json!({"planned_method": "tender", "planned_form": "oral"});
    assert_eq!(
        outcome(&plan("2000000", &oral)),
        (Some(false), vec!["form_not_accepted"])
    );
}

#[test]
fn what_is_not_stated_is_unknown_and_never_a_pass() {
    let cases = [
        (
            plan("30000", &json!({})),
            None,
            vec!["method_unknown", "quotations_unknown"],
        ),
        (
            plan("30000", &json!({"planned_quotations": 1})),
            None,
            vec!["method_unknown"],
        ),
        (
            plan("30000", &json!({"planned_method": "quotation"})),
            None,
            vec!["quotations_unknown"],
        ),
        (
            plan(
                "100000",
                &json!({"planned_method": "quotation", "planned_quotations": 5}),
            ),
            None,
            vec!["form_unknown"],
        ),
        (
            plan("100000", &json!({"planned_form": "oral"})),
            Some(false),
            vec!["method_unknown", "quotations_unknown", "form_not_accepted"],
        ),
        (
            json!({"id": "a", "category": null, "planned_method": "tender"}),
            None,
            vec!["date_unknown", "category_unknown", "amount_unknown"],
        ),
    ];
    for (plan, satisfied, reasons) in cases {
        assert_eq!(outcome(&plan), (satisfied, reasons), "{plan}");
    }
}

#[test]
fn together_false_wins_over_unknown_and_unknown_over_true() {
    let good =
        |id: &str| json!({"id": id, "date": "2025-06-01", "category": "goods", "amount": "1"});
    let unknown = json!({"id": "u"});
    let bad = json!({"id": "b", "date": "2025-06-01", "category": "works", "amount": "3500000.01",
                     "planned_method": "quotation"});
    assert_eq!(
        checked(&json!([good("a"), good("c")])).satisfied,
        Some(true)
    );
    assert_eq!(checked(&json!([good("a"), unknown])).satisfied, None);
    assert_eq!(checked(&json!([unknown, bad])).satisfied, Some(false));
    assert_eq!(
        checked(&json!([])).satisfied,
        None,
        "no purchase stated proves nothing"
    );
}

#[test]
fn every_problem_of_the_plans_is_listed_at_once() {
    let plans = json!([
        {"id": "a", "date": "soon", "category": "food", "amount": "0", "planned_method": "barter",
         "planned_quotations": -1, "planned_form": "fax", "supplier": "x"},
        {"id": "a"},
    ]);
    let problems =
        plans_read(&Json::from(&plans), "application.purchases", &ruleset()).unwrap_err();
    assert_eq!(
        listed(&problems),
        [
            ("unknown_field", "application.purchases[0].supplier"),
            ("not_date", "application.purchases[0].date"),
            ("unknown_category", "application.purchases[0].category"),
            ("not_above_zero", "application.purchases[0].amount"),
            ("not_one_of", "application.purchases[0].planned_method"),
            (
                "out_of_range",
                "application.purchases[0].planned_quotations"
            ),
            ("not_one_of", "application.purchases[0].planned_form"),
            ("duplicate_id", "application.purchases[1].id"),
        ]
    );
}

#[test]
fn a_planned_day_without_a_version_is_a_problem() {
    let mut rules = rules();
    rules["versions"].as_array_mut().unwrap().remove(0);
    let ruleset = read_ruleset(&Json::from(&rules)).unwrap();
    let plans = json!([{"id": "a", "date": "2025-04-30", "category": "goods", "amount": "1"}]);
    let plans = plans_read(&Json::from(&plans), "purchases", &ruleset).unwrap();
    let problems = check(&ruleset, &plans, "purchases").unwrap_err();
    assert_eq!(
        listed(&problems),
        [("no_version_in_force", "purchases[0].date")]
    );
}
