//! Values that stand exactly on an edge, words that are stored elsewhere, and figures whose loss no larger case would
//! notice.
use std::collections::BTreeSet;

use explain::json::Json;
use money::Amount;
use procurement::{
    calc,
    policy::{Act, Action, BlockCode, Deed, Facts, Person, Policy, Requisition, read_policy},
    purchase, read_ruleset,
};
use serde_json::{Map, Value, json};

use crate::support;

#[test]
fn deeds_are_called_as_the_database_and_the_policies_call_them() {
    let words = [
        (Deed::Step(Action::Request), "request"),
        (Deed::Step(Action::Award), "award"),
        (
            Deed::Step(Action::AgreeAndIssueOrder),
            "agree_and_issue_order",
        ),
        (Deed::Step(Action::Receipt), "receipt"),
        (Deed::Step(Action::Invoice), "invoice"),
        (Deed::Step(Action::Payment), "payment"),
        (Deed::Waive, "waive"),
        (Deed::DeclareInterest, "declare_interest"),
        (Deed::Refuse, "refuse"),
        (Deed::Return, "return"),
    ];
    for (deed, word) in words {
        assert_eq!(deed.word(), word);
        assert_eq!(Deed::from_word(word), Some(deed));
        if let Deed::Step(action) = deed {
            assert_eq!(action.word(), word);
            assert_eq!(Action::from_word(word), Some(action));
        } else {
            assert_eq!(Action::from_word(word), None);
        }
    }
    assert_eq!(Deed::from_word("approve"), None);
}

#[test]
fn a_day_without_a_version_is_answered_with_one_that_has() {
    let mut rules = support::rules();
    rules["versions"].as_array_mut().unwrap().remove(0);
    let body = json!({"ruleset": rules, "purchases": [
        {"id": "a", "date": "2020-01-01", "category": "goods", "amount": "100.00"}]});
    let problems = calc(&Json::from(&body)).unwrap_err();
    let message = &problems.as_slice()[0].message;
    assert!(message.ends_with(", such as \"2025-05-01\"."), "{message}");
}

#[test]
fn a_version_of_one_day_is_whole() {
    let read = |to: &str| {
        let mut rules = support::rules();
        rules["versions"][1]["effective_to"] = json!(to);
        read_ruleset(&Json::from(&rules))
    };
    let from = support::rules()["versions"][1]["effective_from"].clone();
    assert!(read(from.as_str().unwrap()).is_ok());
    let problems = read("2025-04-30").unwrap_err();
    assert_eq!(problems.as_slice()[0].code, "end_before_start");
}

#[test]
fn every_key_that_is_given_twice_is_named_wherever_it_stands() {
    let text = support::rules().to_string();
    let twice = text.replacen('{', r#"{"note":"1","note":"2","other":{"x":1,"x":2},"#, 1);
    let problems = read_ruleset(&Json::parse(&twice).unwrap()).unwrap_err();
    let paths: Vec<&str> = problems
        .as_slice()
        .iter()
        .filter(|problem| problem.code == "duplicate_key")
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(paths, ["note", "other.x"]);
}

#[test]
fn two_hundred_codes_are_taken_and_one_more_is_refused() {
    let read = |count: usize| {
        let mut policy = support::policy();
        let entries: Map<String, Value> = (0..count)
            .map(|number| (format!("d{number:03}"), json!({"en": "D", "zh": "部"})))
            .collect();
        policy["departments"] = Value::Object(entries);
        read_policy(&Json::from(&policy))
    };
    assert!(read(200).is_ok());
    assert!(read(199).is_ok());
    let problems = read(201).unwrap_err();
    assert_eq!(problems.as_slice()[0].code, "too_many");
}

fn policy() -> Policy {
    read_policy(&Json::from(&support::policy())).unwrap()
}

fn person(membership: &str) -> Person {
    Person {
        id: membership.to_owned(),
        memberships: BTreeSet::from([membership.to_owned()]),
    }
}

fn fine(left: &str) -> Facts {
    Facts {
        interest: Some(false),
        checks: Some(true),
        money_left: Some(Amount::try_from_text(left).unwrap()),
    }
}

fn act(deed: Deed, membership: &str, amount: Option<&str>) -> Act {
    Act {
        deed,
        person: person(membership),
        amount: amount.map(|text| Amount::try_from_text(text).unwrap()),
        reasons: match deed {
            Deed::Return => policy().refusal_reasons.keys().take(1).cloned().collect(),
            _ => Vec::new(),
        },
    }
}

fn requested() -> Requisition {
    let request = act(Deed::Step(Action::Request), "ngo_editor", Some("30000"));
    Requisition::default()
        .advance(&policy(), &request, fine("30000"))
        .unwrap()
}

fn codes(state: &Requisition, deed: &Act, facts: Facts) -> Vec<BlockCode> {
    let blocks = state
        .advance(&policy(), deed, facts)
        .err()
        .unwrap_or_default();
    blocks.iter().map(|block| block.code).collect()
}

#[test]
fn an_amount_of_nothing_is_missing_and_the_last_cent_that_is_left_may_be_awarded() {
    let award = |sum: &str| act(Deed::Step(Action::Award), "ngo_endorser", Some(sum));
    let left = fine("28000.00");
    assert_eq!(
        codes(&requested(), &award("0"), left),
        [BlockCode::AmountMissing]
    );
    assert_eq!(codes(&requested(), &award("28000.00"), left), []);
    assert_eq!(
        codes(&requested(), &award("28000.01"), left),
        [BlockCode::OverAward]
    );
}

#[test]
fn a_request_counts_how_often_it_went_back() {
    let back = act(Deed::Return, "ngo_endorser", None);
    let once = requested()
        .advance(&policy(), &back, fine("30000"))
        .unwrap();
    let again = act(Deed::Step(Action::Request), "ngo_editor", Some("30000"));
    let again = once.advance(&policy(), &again, fine("30000")).unwrap();
    let twice = again.advance(&policy(), &back, fine("30000")).unwrap();
    assert_eq!(
        [
            requested().returns(),
            once.returns(),
            again.returns(),
            twice.returns()
        ],
        [0, 1, 1, 2]
    );
}

#[test]
fn before_an_amount_is_known_only_who_may_request_in_some_tier_may_request() {
    let may = |membership: &str| {
        let state = Requisition::default();
        state.may(&policy(), Deed::Step(Action::Request), &person(membership))
    };
    assert_eq!(may("ngo_editor"), []);
    let mut policy_without = support::policy();
    for tier in policy_without["tiers"].as_array_mut().unwrap() {
        for step in tier["steps"].as_array_mut().unwrap() {
            if step["action"] == "request" {
                step["roles"] = json!(["preparer"]);
            }
        }
    }
    let strict = read_policy(&Json::from(&policy_without)).unwrap();
    let finance =
        Requisition::default().may(&strict, Deed::Step(Action::Request), &person("ngo_finance"));
    let codes: Vec<BlockCode> = finance.iter().map(|block| block.code).collect();
    assert_eq!(codes, [BlockCode::WrongRole]);
}

/// Goods of HK$30,000 in the second version, which ask for two quotations.
fn look(change: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
    let mut body = json!({
        "id": "a", "requirement": null, "requested_on": "2025-05-20",
        "invited_on": "2025-06-02", "ordered_on": "2025-06-20",
        "parts": [{"category": "goods", "estimated": {"item": "28000.00", "maintenance": "2000.00"}}],
        "accepted": {"item": "25000.00", "maintenance": "1500.00"},
        "method": "quotation",
        "quotations": {"invited": 3, "received": 2, "conforming": 2, "offers": [
            {"id": "q1", "supplier": "Fictional One", "amount": "26500.00", "conforming": true, "form": "written"},
            {"id": "q2", "supplier": "Fictional Two", "amount": "27000.00", "conforming": true, "form": "oral"}]},
        "chosen": "q1", "lowest_reason": null, "waiver": null,
        "people": {"request": "p1", "award": "p2", "agree_and_issue_order": "p3"},
        "interests": {"p1": false, "p2": false, "p3": false},
    });
    change(&mut body);
    let asked = json!({"ruleset": support::rules(), "purchases": [body]});
    let result = purchase::calc(&Json::from(&asked)).unwrap();
    let findings = result["purchases"][0]["findings"]
        .as_array()
        .unwrap()
        .clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    findings
        .iter()
        .map(|each| (text(&each["code"]), text(&each["severity"])))
        .collect()
}

#[test]
fn a_tender_where_quotations_would_do_is_said_and_its_offers_are_not_counted() {
    let stricter = ("method_stricter".to_owned(), "info".to_owned());
    assert!(!look(|_| {}).contains(&stricter));
    let tender = look(|purchase| {
        purchase["method"] = json!("tender");
        purchase["quotations"]["invited"] = json!(1);
    });
    assert!(tender.contains(&stricter), "{tender:?}");
    assert!(
        !tender.iter().any(|(code, _)| code == "too_few_invited"),
        "{tender:?}"
    );
}
