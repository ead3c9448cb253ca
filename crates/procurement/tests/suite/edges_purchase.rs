//! What was done to buy something, on the edge: equal amounts and equal days, every stated field in the hash, and the
//! settings by their words.
use std::collections::BTreeSet;

use explain::json::Json;
use procurement::purchase::{calc, evaluate, read};
use serde_json::{Value, json};

use crate::support::{listed, rules};

/// Goods of HK$30,000 in the second version, bought in order.
fn bought() -> Value {
    json!({
        "id": "a", "requirement": null, "requested_on": "2025-05-20",
        "invited_on": "2025-06-02", "ordered_on": "2025-06-20",
        "parts": [{"category": "goods", "estimated": {"item": "28000.00", "maintenance": "2000.00"}}],
        "accepted": {"item": "25000.00", "maintenance": "1500.00"},
        "method": "quotation",
        "quotations": {"invited": 3, "received": 2, "conforming": 2, "offers": [
            {"id": "q1", "supplier": "Fictional One", "amount": "26500.00", "conforming": true, "form": "written"},
            {"id": "q2", "supplier": "Fictional Two", "amount": "27000.00", "conforming": true, "form": "oral"}]},
        "chosen": "q1", "lowest_reason": null,
        "waiver": {"reason": "sole_supplier", "approver": "p4", "approved_on": "2025-06-20"},
        "people": {"request": "p1", "award": "p2", "agree_and_issue_order": "p3"},
        "interests": {"p1": false, "p2": false, "p3": false, "p4": false},
    })
}

fn after(change: impl FnOnce(&mut Value)) -> Value {
    let mut purchase = bought();
    change(&mut purchase);
    purchase
}

fn asked(purchases: &[Value], settings: &Value) -> Value {
    json!({"ruleset": rules(), "purchases": purchases, "settings": settings})
}

fn look_at(purchases: &[Value], settings: &Value) -> Value {
    calc(&Json::from(&asked(purchases, settings))).unwrap()
}

fn codes(purchase: Value) -> BTreeSet<String> {
    let result = look_at(&[purchase], &json!({}));
    let findings = result["purchases"][0]["findings"]
        .as_array()
        .unwrap()
        .clone();
    findings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect()
}

/// Code and path of everything that is refused.
fn refused(purchases: &[Value]) -> Vec<(String, String)> {
    let problems = calc(&Json::from(&asked(purchases, &json!({})))).err();
    let problems = problems.unwrap_or_default();
    listed(&problems)
        .into_iter()
        .map(|(code, path)| (code.to_owned(), path.to_owned()))
        .collect()
}

/// Every place of a value that holds neither a list nor an object.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                leaves(inner, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (position, inner) in items.iter().enumerate() {
                leaves(inner, &format!("{at}/{position}"), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

#[test]
fn every_stated_field_is_part_of_the_hash_of_the_input() {
    let hash = |purchase: &Value| {
        let question = read(&Json::from(&asked(
            std::slice::from_ref(purchase),
            &json!({}),
        )));
        question.map(|question| question.input_hash())
    };
    let own = hash(&bought()).unwrap();
    let mut places = Vec::new();
    leaves(&bought(), "", &mut places);
    assert!(places.len() > 30);
    for place in places {
        let changed = after(|purchase| {
            let leaf = purchase.pointer_mut(&place).unwrap();
            *leaf = match leaf.clone() {
                Value::Bool(flag) => json!(!flag),
                Value::Number(number) => json!(number.as_u64().unwrap() + 5),
                Value::Null => json!("stated"),
                Value::String(text) if text.starts_with("2025") => json!("2025-06-19"),
                Value::String(text) if text.contains(".00") => json!("1234.00"),
                Value::String(text) => match text.as_str() {
                    "goods" => json!("works"),
                    "quotation" => json!("tender"),
                    "written" => json!("oral"),
                    "oral" => json!("written"),
                    "q1" if place == "/chosen" => json!("q2"),
                    other => json!(format!("{other}x")),
                },
                other => other,
            };
        });
        // A change that contradicts another field is refused before it is hashed.
        if let Ok(hash) = hash(&changed) {
            assert_ne!(hash, own, "{place}");
        }
    }
}

#[test]
fn settings_are_hashed_and_printed_by_their_words() {
    let result = look_at(
        &[bought()],
        &json!({"counted": "conforming", "mixed_rule": "stricter_tier"}),
    );
    assert_eq!(result["settings"]["counted"], "conforming");
    assert_eq!(result["settings"]["mixed_rule"], "stricter_tier");
    let usual = look_at(
        &[bought()],
        &json!({"counted": "received", "mixed_rule": "larger_part"}),
    );
    assert_eq!(usual["settings"]["counted"], "received");
    assert_eq!(usual["settings"]["mixed_rule"], "larger_part");
    assert_ne!(usual["input_hash"], result["input_hash"]);
}

#[test]
fn a_tie_is_one_of_equal_largest_parts_only() {
    let tied = |goods: &str, services: &str, rule: &str| {
        let purchase = after(|purchase| {
            purchase["parts"] = json!([
                {"category": "goods", "estimated": {"item": goods, "maintenance": null}},
                {"category": "services", "estimated": {"item": services, "maintenance": null}}]);
        });
        let result = look_at(&[purchase], &json!({"mixed_rule": rule}));
        let findings = result["purchases"][0]["findings"]
            .as_array()
            .unwrap()
            .clone();
        let mixed = findings
            .iter()
            .find(|each| each["code"] == "mixed_categories");
        mixed.unwrap()["params"]["tied"].clone()
    };
    assert_eq!(tied("15000", "15000", "larger_part"), "true");
    assert_eq!(tied("15000.01", "15000", "larger_part"), "false");
    assert_eq!(tied("15000", "15000", "stricter_tier"), "false");
}

#[test]
fn all_purchases_together_stand_only_when_each_does() {
    let together = |purchases: &[Value]| look_at(purchases, &json!({}))["satisfied"].clone();
    let second = |change: fn(&mut Value)| {
        after(|purchase| {
            purchase["id"] = json!("b");
            purchase["waiver"] = Value::Null;
            change(purchase);
        })
    };
    assert_eq!(together(&[bought()]), json!(true));
    assert_eq!(together(&[]), Value::Null);
    let fails = second(|purchase| purchase["method"] = json!("exempt"));
    assert_eq!(together(&[bought(), fails.clone()]), json!(false));
    let unknown = second(|purchase| {
        purchase.as_object_mut().unwrap().remove("method");
    });
    assert_eq!(together(&[bought(), unknown.clone()]), Value::Null);
    let mut third = unknown;
    third["id"] = json!("c");
    assert_eq!(together(&[third, fails]), json!(false));
}

#[test]
fn a_problem_names_the_purchase_that_it_is_in() {
    let early = after(|purchase| {
        purchase["id"] = json!("b");
        purchase["invited_on"] = json!("1990-01-01");
        purchase["requested_on"] = json!("1990-01-01");
    });
    let mut late_rules = rules();
    late_rules["versions"].as_array_mut().unwrap().remove(0);
    let body = json!({"ruleset": late_rules, "purchases": [bought(), early]});
    let problems = calc(&Json::from(&body)).unwrap_err();
    assert!(
        problems.as_slice()[0].path.starts_with("purchases[1]"),
        "{problems}"
    );
}

#[test]
fn a_purchase_without_parts_has_no_category() {
    let found = codes(after(|purchase| purchase["parts"] = json!([])));
    assert!(found.contains("category_unknown"), "{found:?}");
    assert!(!codes(bought()).contains("category_unknown"));
}

#[test]
fn a_price_accepted_that_is_not_the_offers_is_said() {
    let dearer = codes(after(|purchase| {
        purchase["accepted"]["item"] = json!("25000.01");
    }));
    assert!(dearer.contains("accepted_differs_from_offer"), "{dearer:?}");
    assert!(!codes(bought()).contains("accepted_differs_from_offer"));
}

#[test]
fn an_offer_of_unknown_form_counts_where_any_form_does_and_only_there() {
    let formless = |item: &str| {
        codes(after(|purchase| {
            purchase["parts"][0]["estimated"]["item"] = json!(item);
            purchase["waiver"] = Value::Null;
            let offers: Vec<Value> = (0..5)
                .map(|number| json!({"id": format!("q{number}"), "amount": "26500.00", "conforming": true}))
                .collect();
            purchase["quotations"] = json!({"invited": 6, "offers": offers});
            purchase["chosen"] = json!("q0");
        }))
    };
    assert!(!formless("28000.00").contains("form_unknown"));
    assert!(formless("98000.00").contains("form_unknown"));
}

#[test]
fn a_waiver_of_the_day_of_the_order_is_in_time() {
    let approved = |day: &str| {
        codes(after(|purchase| {
            purchase["waiver"]["approved_on"] = json!(day);
        }))
    };
    assert!(!approved("2025-06-20").contains("waiver_after_order"));
    assert!(approved("2025-06-21").contains("waiver_after_order"));
}

#[test]
fn maintenance_of_nothing_is_stated_and_less_is_refused() {
    let with = |maintenance: &str| {
        refused(&[after(|purchase| {
            purchase["parts"][0]["estimated"]["maintenance"] = json!(maintenance);
        })])
    };
    assert_eq!(with("0"), []);
    assert_eq!(with("-0.01")[0].0, "negative");
}

#[test]
fn stated_counts_lie_between_what_is_sure_and_what_is_possible() {
    let stated = |received: u32, conforming: u32| {
        refused(&[after(|purchase| {
            purchase["quotations"]["received"] = json!(received);
            purchase["quotations"]["conforming"] = json!(conforming);
            // One conforms, one does not, one is not known.
            purchase["quotations"]["offers"] = json!([
                {"id": "q1", "amount": "26500.00", "conforming": true, "form": "written"},
                {"id": "q2", "amount": "27000.00", "conforming": false, "form": "written"},
                {"id": "q3", "amount": "27000.00", "form": "written"}]);
        })])
    };
    let at = |field: &str| {
        (
            "count_contradicts".to_owned(),
            format!("purchases[0].quotations.{field}"),
        )
    };
    assert_eq!(stated(3, 1), []);
    assert_eq!(stated(3, 2), []);
    assert_eq!(stated(3, 0), [at("conforming")]);
    assert_eq!(stated(3, 3), [at("conforming")]);
    assert_eq!(stated(2, 1), [at("received")]);
    assert_eq!(stated(4, 1), [at("received")]);
}

#[test]
fn the_working_shows_how_each_tier_was_found() {
    let question = read(&Json::from(&asked(&[bought()], &json!({})))).unwrap();
    let evaluation = evaluate(&question).unwrap();
    assert_eq!(evaluation.working().len(), 1);
    assert_eq!(
        json!(evaluation.working()),
        look_at(&[bought()], &json!({}))["working"]
    );
}

#[test]
fn of_windows_with_equal_sums_the_earliest_is_kept() {
    let purchase = |id: &str, day: &str| {
        json!({"id": id, "requirement": "the same need", "requested_on": day, "invited_on": day,
               "parts": [{"category": "goods", "estimated": {"item": "20000.00", "maintenance": null}}]})
    };
    let result = look_at(
        &[
            purchase("a", "2025-06-01"),
            purchase("b", "2025-12-01"),
            purchase("c", "2026-07-01"),
        ],
        &json!({}),
    );
    let middle = &result["purchases"][1]["aggregate"];
    assert_eq!(middle["first_day"], "2025-06-01", "{result}");
    assert_eq!(middle["others"], json!(["a"]));
}
