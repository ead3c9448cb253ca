//! An approval policy that leaves an amount without steps, a step without people, or lets one
//! person do what two must, is refused with everything that is wrong in it at once.
use explain::json::Json;
use procurement::policy::{Action, read_policy};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{listed, policy};

fn problems_after(spoil: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
    let mut body = policy();
    spoil(&mut body);
    let problems = read_policy(&Json::from(&body)).unwrap_err();
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
fn the_policy_that_ships_has_the_tiers_of_its_source() {
    let policy = read_policy(&Json::from(&policy())).unwrap();
    let tiers: Vec<(String, Option<String>)> = policy
        .tiers
        .iter()
        .map(|tier| {
            (
                tier.over.to_string(),
                tier.up_to.map(|up_to| up_to.to_string()),
            )
        })
        .collect();
    assert_eq!(
        tiers,
        [
            ("0".to_owned(), Some("5000".to_owned())),
            ("5000".to_owned(), Some("20000".to_owned())),
            ("20000".to_owned(), None),
        ]
    );
    for tier in &policy.tiers {
        let steps: Vec<Action> = tier.steps.iter().map(|step| step.action).collect();
        assert_eq!(steps, Action::ALL);
    }
}

#[test]
fn gaps_overlaps_and_open_ends_between_tiers_are_refused() {
    let found = problems_after(|policy| {
        policy["tiers"][1]["over_hkd"] = json!("6000");
        policy["tiers"][2]["over_hkd"] = json!("10000");
        policy["tiers"][2]["up_to_hkd"] = json!("90000");
    });
    assert_eq!(
        found,
        [
            pair("tier_gap", "tiers[1].over_hkd"),
            pair("tier_overlap", "tiers[2].over_hkd"),
            pair("tier_gap", "tiers"),
        ]
    );
}

#[test]
fn steps_are_complete_in_order_once_and_each_has_a_role() {
    let found = problems_after(|policy| {
        policy["tiers"][0]["steps"]
            .as_array_mut()
            .unwrap()
            .swap(1, 2);
        policy["tiers"][1]["steps"][1]["roles"] = json!([]);
        policy["tiers"][1]["steps"][2]["roles"] = json!(["wizard"]);
        policy["tiers"][2]["steps"][5] = json!({"action": "award", "roles": ["preparer"]});
    });
    assert_eq!(
        found,
        [
            pair("step_out_of_order", "tiers[0].steps[2].action"),
            pair("step_without_role", "tiers[1].steps[1].roles"),
            pair("unknown_role", "tiers[1].steps[2].roles[0]"),
            pair("duplicate_step", "tiers[2].steps[5].action"),
            pair("missing_step", "tiers[2].steps"),
        ]
    );
}

#[test]
fn request_award_and_order_are_three_different_people() {
    let found =
        problems_after(|policy| policy["separate"] = json!([["request", "award"], ["award"]]));
    assert_eq!(found, [pair("separation_too_small", "separate[1]")]);
    let found = problems_after(|policy| {
        policy["separate"] = json!([["request", "award"], ["award", "agree_and_issue_order"]]);
    });
    assert_eq!(found, [pair("separation_missing", "separate")]);
}

#[test]
fn too_few_named_people_for_steps_that_different_people_take_are_refused() {
    let named = |preparer: Value, head: Value, finance: Value| {
        move |policy: &mut Value| {
            for (role, people) in [
                ("preparer", preparer),
                ("team_head", head.clone()),
                ("department_head", head),
                ("finance_director", finance),
            ] {
                let role = policy["roles"][role].as_object_mut().unwrap();
                role.remove("memberships");
                role.insert("people".to_owned(), people);
            }
        }
    };
    let found = problems_after(named(json!(["p1"]), json!(["p1", "p2"]), json!(["p2"])));
    assert_eq!(
        found.len(),
        3,
        "each tier has one person too few: {found:?}"
    );
    assert!(
        found
            .iter()
            .all(|problem| *problem == pair("separation_impossible", "tiers"))
    );
    let mut enough = policy();
    // Somebody else must move aside for the last step, and can.
    named(
        json!(["p1", "p4"]),
        json!(["p1", "p2"]),
        json!(["p2", "p1"]),
    )(&mut enough);
    assert!(read_policy(&Json::from(&enough)).is_ok());
}

#[test]
fn codes_need_words_in_both_languages_and_roles_need_people() {
    let found = problems_after(|policy| {
        policy["roles"]["team_head"]["memberships"] = json!([]);
        policy["refusal_reasons"]["split"] = json!({"en": "Split", "zh": ""});
        policy["departments"] = json!({});
        policy["categories"]["works"]
            .as_object_mut()
            .unwrap()
            .remove("zh");
        policy.as_object_mut().unwrap().remove("policy_id");
    });
    assert_eq!(
        found,
        [
            pair("missing", "policy_id"),
            pair("role_unfilled", "roles.team_head"),
            pair("blank", "refusal_reasons.split.zh"),
            pair("missing", "refusal_reasons.split.category"),
            pair("no_codes", "departments"),
            pair("missing", "categories.works.zh"),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn exactly_one_tier_holds_every_amount(micros in 1_i64..100_000_000_000) {
        thread_local! {
            static POLICY: procurement::policy::Policy = read_policy(&Json::from(&policy())).unwrap();
        }
        let amount = money::Amount::from_decimal(money::Decimal::new(micros, 6));
        let (held, found) = POLICY.with(|policy| {
            let held = policy.tiers.iter().filter(|tier| {
                amount > tier.over && tier.up_to.is_none_or(|up_to| amount <= up_to)
            });
            (held.count(), policy.tier_of(amount).is_some())
        });
        prop_assert_eq!((held, found), (1, true));
    }
}
