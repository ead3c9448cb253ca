//! A rule file that leaves an amount or a day without a rule, or gives it two, is refused, with
//! everything that is wrong in it at once.
use explain::json::Json;
use procurement::{calc, read_ruleset};
use serde_json::{Value, json};

use crate::support::{listed, rules};

/// What the reader says after `spoil` changed the file that ships.
fn problems_after(spoil: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
    let mut rules = rules();
    spoil(&mut rules);
    let problems = read_ruleset(&Json::from(&rules)).unwrap_err();
    for problem in problems.as_slice() {
        let names_field = problem.message.contains(&problem.path);
        assert!(names_field, "{} says: {}", problem.path, problem.message);
    }
    listed(&problems)
        .into_iter()
        .map(|(code, path)| (code.to_owned(), path.to_owned()))
        .collect()
}

fn pair(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

#[test]
fn the_rule_file_that_ships_is_read_with_its_documentation_fields() {
    let ruleset = read_ruleset(&Json::from(&rules())).unwrap();
    assert_eq!(ruleset.id, "hk-swd-lsg-lf-procurement");
    let categories: Vec<_> = ruleset.categories.iter().map(String::as_str).collect();
    assert_eq!(categories, ["goods", "services", "works"]);
    assert_eq!(ruleset.versions.len(), 2);
}

#[test]
fn gaps_and_overlaps_between_tiers_are_refused() {
    let found = problems_after(|rules| {
        let tiers = &mut rules["versions"][0]["tiers"];
        tiers["goods"][1]["over_hkd"] = json!("6000");
        tiers["goods"][3]["over_hkd"] = json!("40000");
        tiers["services"][4]["up_to_hkd"] = json!("900000");
        tiers["works"][0]["up_to_hkd"] = Value::Null;
    });
    assert_eq!(
        found,
        [
            pair("tier_gap", "versions[0].tiers.goods[1].over_hkd"),
            pair("tier_overlap", "versions[0].tiers.goods[3].over_hkd"),
            pair("tier_gap", "versions[0].tiers.services"),
            pair("tier_overlap", "versions[0].tiers.works[1].over_hkd"),
            pair("tier_overlap", "versions[0].tiers.works[2].over_hkd"),
            pair("tier_overlap", "versions[0].tiers.works[3].over_hkd"),
            pair("tier_overlap", "versions[0].tiers.works[4].over_hkd"),
        ]
    );
}

#[test]
fn the_order_of_tiers_in_the_file_does_not_matter() {
    let mut shuffled = rules();
    shuffled["versions"][0]["tiers"]["goods"]
        .as_array_mut()
        .unwrap()
        .reverse();
    assert_eq!(
        read_ruleset(&Json::from(&shuffled)).unwrap(),
        read_ruleset(&Json::from(&rules())).unwrap()
    );
}

#[test]
fn empty_bands_and_tiers_that_contradict_their_method_are_refused() {
    let found = problems_after(|rules| {
        let tiers = &mut rules["versions"][1]["tiers"];
        tiers["goods"][0]["min_quotations"] = json!(1);
        tiers["goods"][1]["accepted_forms"] = json!([]);
        tiers["goods"][3]["min_quotations"] = json!(5);
        tiers["services"] = json!([]);
        tiers["works"].as_array_mut().unwrap().push(json!({
            "over_hkd": "9", "up_to_hkd": "9", "method": "exempt",
            "min_quotations": 0, "accepted_forms": []}));
    });
    assert_eq!(
        found,
        [
            pair("tier_contradicts_method", "versions[1].tiers.goods[0]"),
            pair("tier_contradicts_method", "versions[1].tiers.goods[1]"),
            pair("tier_contradicts_method", "versions[1].tiers.goods[3]"),
            pair("tier_gap", "versions[1].tiers.services"),
            pair("tier_empty", "versions[1].tiers.works[4].up_to_hkd"),
        ]
    );
}

#[test]
fn versions_that_overlap_leave_days_out_or_run_backwards_are_refused() {
    let dates = |from: Value, to: Value| {
        move |rules: &mut Value| {
            rules["versions"][1]["effective_from"] = from;
            rules["versions"][1]["effective_to"] = to;
        }
    };
    let at = "versions[1].effective_from";
    assert_eq!(
        problems_after(dates(json!("2025-04-30"), Value::Null)),
        [pair("effective_dates_overlap", at)]
    );
    assert_eq!(
        problems_after(dates(json!("2025-05-02"), Value::Null)),
        [pair("effective_dates_gap", at)]
    );
    assert_eq!(
        problems_after(dates(Value::Null, Value::Null)),
        [pair("effective_dates_overlap", at)]
    );
    assert_eq!(
        problems_after(dates(json!("2025-05-01"), json!("2025-04-01"))),
        [pair("end_before_start", "versions[1].effective_to")]
    );
    assert_eq!(
        problems_after(|rules| rules["versions"][0]["effective_to"] = Value::Null),
        [pair("effective_dates_overlap", at)],
        "the first version never ends"
    );
}

#[test]
fn categories_must_be_the_same_everywhere_and_versions_named_once() {
    let found = problems_after(|rules| {
        rules["versions"][1]["version"] = json!("pre-2025-05-01");
        let tiers = rules["versions"][1]["tiers"].as_object_mut().unwrap();
        let goods = tiers.remove("goods").unwrap();
        tiers.insert("food".to_owned(), goods);
    });
    assert_eq!(
        found,
        [
            pair("unknown_category", "versions[1].tiers.food"),
            pair("missing", "versions[1].tiers.goods"),
            pair("duplicate_version", "versions[1].version"),
        ]
    );
}

#[test]
fn unreadable_fields_do_not_hide_other_problems() {
    let found = problems_after(|rules| {
        rules.as_object_mut().unwrap().remove("ruleset_id");
        rules["boundary_rule"]["over"] = json!("inclusive");
        rules["versions"][0]["tiers"]["goods"][0]["over_hkd"] = json!(0);
        rules["versions"][0]["tiers"]["goods"][0]["method"] = json!("lottery");
        rules["versions"][0]["tiers"]["works"][1]["over_hkd"] = json!("4000");
        rules["versions"][1]["effective_from"] = json!("2025-06-01");
    });
    assert_eq!(
        found,
        [
            pair("missing", "ruleset_id"),
            pair("not_one_of", "boundary_rule.over"),
            pair("number_not_string", "versions[0].tiers.goods[0].over_hkd"),
            pair("not_one_of", "versions[0].tiers.goods[0].method"),
            pair("tier_overlap", "versions[0].tiers.works[1].over_hkd"),
            pair("effective_dates_gap", "versions[1].effective_from"),
        ]
    );
}

#[test]
fn problems_of_rule_file_and_purchases_are_listed_together() {
    let mut rules = rules();
    rules["versions"][1]["tiers"]["goods"][0]["up_to_hkd"] = json!("4000");
    let body = json!({"ruleset": rules, "purchases": [
        {"id": "a", "date": "2025-05-01", "category": "food", "amount": "1"}]});
    let problems = calc(&Json::from(&body)).unwrap_err();
    assert_eq!(
        listed(&problems),
        [
            ("tier_gap", "ruleset.versions[1].tiers.goods[1].over_hkd"),
            ("unknown_category", "purchases[0].category"),
        ]
    );
}

#[test]
fn a_key_given_twice_is_refused_even_in_documentation() {
    let text = rules().to_string();
    let doubled = text.replacen("\"label\":", "\"label\":\"x\",\"label\":", 1);
    let problems = read_ruleset(&Json::parse(&doubled).unwrap()).unwrap_err();
    assert_eq!(listed(&problems), [("duplicate_key", "label")]);
    let nested = text.replacen("\"kind\":", "\"kind\":\"x\",\"kind\":", 1);
    let problems = read_ruleset(&Json::parse(&nested).unwrap()).unwrap_err();
    assert_eq!(listed(&problems).len(), 1);
    assert_eq!(listed(&problems)[0].0, "duplicate_key");
}
