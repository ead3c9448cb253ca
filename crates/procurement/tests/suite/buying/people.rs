//! Who took which step, who waived, and what happens to a purchase of which something is missing.
use serde_json::{Value, json};

use super::{after, bought, finding, found, look, look_at, without};

#[test]
fn three_different_people_without_an_interest() {
    let twice = after(bought(), |p| p["people"]["award"] = json!("p1"));
    let result = look(twice);
    assert_eq!(found(&result), ["same_person:fail"]);
    assert_eq!(
        finding(&result, "same_person")["params"]["steps"],
        "request, award"
    );
    let interested = after(bought(), |p| p["interests"]["p2"] = json!(true));
    assert_eq!(found(&look(interested)), ["interest_declared:fail"]);
    let silent = after(bought(), |p| p["interests"]["p3"] = Value::Null);
    assert_eq!(found(&look(silent)), ["interest_unknown:unknown"]);
    let nobody = after(bought(), |p| p["people"]["award"] = Value::Null);
    assert_eq!(found(&look(nobody)), ["person_unknown:unknown"]);
}

#[test]
fn a_waiver_by_a_fourth_person_lifts_method_and_number_and_nothing_else() {
    let one_offer = |waiver: Value, change: fn(&mut Value)| {
        let mut purchase = after(bought(), |p| {
            p["quotations"] = json!({"invited": 1, "offers": [
                {"id": "q1", "amount": "26500.00", "conforming": true, "form": "written"}]});
            p["waiver"] = waiver;
        });
        change(&mut purchase);
        look(purchase)
    };
    let waiver = |approver: &str| json!({"reason": "sole_supplier", "approver": approver, "approved_on": "2025-06-19"});
    let lifted = one_offer(waiver("p4"), |_| {});
    assert_eq!(lifted["satisfied"], json!(true));
    assert_eq!(
        found(&lifted),
        ["too_few_invited:waived", "too_few_received:waived"]
    );
    let own = one_offer(waiver("p2"), |_| {});
    assert_eq!(
        found(&own),
        [
            "too_few_invited:fail",
            "too_few_received:fail",
            "waiver_not_independent:fail"
        ]
    );
    let late = one_offer(
        json!({"reason": "urgent_need", "approver": "p4", "approved_on": "2025-06-21"}),
        |_| {},
    );
    assert!(found(&late).contains(&"waiver_after_order:fail".to_owned()));
    let incomplete = one_offer(json!({"reason": "urgent_need"}), |_| {});
    assert_eq!(incomplete["satisfied"], json!(false));
    assert_eq!(
        finding(&incomplete, "waiver_incomplete")["params"]["missing"],
        "approver, approved_on"
    );
    let same = one_offer(waiver("p4"), |p| p["people"]["award"] = json!("p1"));
    assert_eq!(same["satisfied"], json!(false), "people cannot be waived");
    let idle = look(after(bought(), |p| p["waiver"] = waiver("p4")));
    assert_eq!(finding(&idle, "waiver_not_needed")["severity"], "info");
}

#[test]
fn whatever_is_missing_is_unknown_and_never_a_pass() {
    for (key, code) in [
        ("requirement", "requirement_unknown"),
        ("invited_on", "date_unknown"),
        ("parts", "estimate_unknown"),
        ("accepted", "accepted_unknown"),
        ("method", "method_unknown"),
        ("chosen", "chosen_unknown"),
        ("people", "person_unknown"),
        ("interests", "interest_unknown"),
    ] {
        let result = look(without(key));
        assert_eq!(result["satisfied"], Value::Null, "{key}");
        assert!(
            found(&result).contains(&format!("{code}:unknown")),
            "{key}: {result}"
        );
    }
    let no_quotations = after(bought(), |p| {
        p["quotations"] = json!({});
        p["chosen"] = Value::Null;
    });
    assert_eq!(
        found(&look(no_quotations)),
        [
            "invited_unknown:unknown",
            "received_unknown:unknown",
            "conforming_unknown:unknown",
            "chosen_unknown:unknown"
        ]
    );
    assert_eq!(
        look_at(&[], None)["satisfied"],
        Value::Null,
        "no purchase proves nothing"
    );
}
