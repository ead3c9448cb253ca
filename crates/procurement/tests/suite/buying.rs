//! What was done to buy something, held against the rule file that ships: every finding by code,
//! with the exact shortfall; what is missing is unknown and never a pass.
mod people;

use explain::json::Json;
use procurement::purchase::{Code, calc, read};
use serde_json::{Value, json};

use crate::support::{after, bought, listed, rules};

fn look_at(purchases: &[Value], settings: Option<Value>) -> Value {
    let mut body = json!({"ruleset": rules(), "purchases": purchases});
    if let Some(settings) = settings {
        body["settings"] = settings;
    }
    calc(&Json::from(&body)).unwrap()
}

fn look(purchase: Value) -> Value {
    look_at(&[purchase], None)["purchases"][0].clone()
}

/// `code:severity`, the weightiest first, without what is said for the reader only.
fn found(result: &Value) -> Vec<String> {
    let findings = result["findings"].as_array().unwrap().iter();
    findings
        .map(|f| {
            format!(
                "{}:{}",
                f["code"].as_str().unwrap(),
                f["severity"].as_str().unwrap()
            )
        })
        .filter(|found| !found.ends_with(":info"))
        .collect()
}

fn finding(result: &Value, code: &str) -> Value {
    let findings = result["findings"].as_array().unwrap();
    findings
        .iter()
        .find(|f| f["code"] == code)
        .cloned()
        .unwrap_or_default()
}

fn without(key: &str) -> Value {
    after(bought(), |purchase| {
        purchase.as_object_mut().unwrap().remove(key);
    })
}

#[test]
fn a_purchase_in_order_satisfies_the_rules_and_nothing_is_found() {
    let result = look(bought());
    assert_eq!(result["satisfied"], json!(true));
    assert_eq!(result["findings"], json!([]));
    assert_eq!(result["estimated"], "30000");
    assert_eq!(result["accepted"], "26500");
    assert_eq!(result["requirement"]["min_quotations"], 2);
    assert_eq!(result["requirement"]["version"], "from-2025-05-01");
}

#[test]
fn the_day_of_the_invitation_governs_unless_the_settings_name_another() {
    // Invited under the old rules, ordered under the new ones.
    let across = after(bought(), |p| {
        p["requested_on"] = json!("2025-04-20");
        p["invited_on"] = json!("2025-04-30");
    });
    let old = look(across.clone());
    assert_eq!(old["requirement"]["version"], "pre-2025-05-01");
    assert_eq!(
        finding(&old, "too_few_received")["shortfall"],
        "1",
        "above 20,000 the old rules take quotations in writing only"
    );
    let settings = json!({"governing_date": "ordered_on"});
    let new = look_at(std::slice::from_ref(&across), Some(settings))["purchases"][0].clone();
    assert_eq!(new["requirement"]["version"], "from-2025-05-01");
    assert_eq!(new["satisfied"], json!(true));
    let settings = json!({"governing_date": "requested_on"});
    let asked = look_at(&[across], Some(settings));
    assert_eq!(asked["purchases"][0]["governing_date"], "2025-04-20");
    assert_eq!(asked["settings"]["governing_date"], "requested_on");
}

#[test]
fn too_few_quotations_are_named_with_the_exact_shortfall() {
    let short = after(bought(), |p| {
        p["quotations"] = json!({"invited": 1, "received": 1, "conforming": 1, "offers": [
            {"id": "q1", "amount": "26500.00", "conforming": true, "form": "written"}]});
    });
    let result = look(short);
    assert_eq!(result["satisfied"], json!(false));
    assert_eq!(
        found(&result),
        ["too_few_invited:fail", "too_few_received:fail"]
    );
    let received = finding(&result, "too_few_received");
    assert_eq!(received["shortfall"], "1");
    assert_eq!(received["params"]["received"], "1");
    assert_eq!(received["params"]["needed"], "2");
}

#[test]
fn which_offers_count_is_a_setting() {
    let one_conforms = after(bought(), |p| {
        p["quotations"]["offers"][1]["conforming"] = json!(false);
        p["quotations"]["conforming"] = json!(1);
    });
    assert_eq!(look(one_conforms.clone())["satisfied"], json!(true));
    let strict = look_at(&[one_conforms], Some(json!({"counted": "conforming"})));
    assert_eq!(found(&strict["purchases"][0]), ["too_few_received:fail"]);
}

#[test]
fn an_offer_in_a_form_that_is_not_accepted_does_not_count() {
    let five_written = |oral: usize| {
        after(bought(), |p| {
            p["parts"][0]["estimated"]["item"] = json!("98000.00");
            let offers: Vec<Value> = (0..5)
                .map(|n| {
                    let form = if n < oral { "oral" } else { "written" };
                    json!({"id": format!("q{n}"), "amount": format!("{}", 90_000 - n), "conforming": true, "form": form})
                })
                .collect();
            p["quotations"] = json!({"invited": 6, "offers": offers});
            p["chosen"] = json!("q4");
            p["accepted"] = json!({"item": "89996", "maintenance": null});
        })
    };
    assert_eq!(look(five_written(0))["satisfied"], json!(true));
    let result = look(five_written(1));
    assert_eq!(
        found(&result),
        ["too_few_received:fail", "form_not_accepted:warning"]
    );
    assert_eq!(
        finding(&result, "form_not_accepted")["params"]["offers"],
        "q0"
    );
    let all_oral = look(five_written(5));
    assert!(found(&all_oral).contains(&"chosen_form_not_accepted:fail".to_owned()));
    assert_eq!(finding(&all_oral, "too_few_received")["shortfall"], "5");
}

#[test]
fn a_tender_above_the_ceiling_and_nothing_lighter() {
    let large = |method: &str| {
        after(bought(), |p| {
            p["parts"] = json!([{"category": "works", "estimated": {"item": "3500000.01", "maintenance": null}}]);
            p["accepted"] = json!({"item": "26500", "maintenance": null});
            p["method"] = json!(method);
            p["quotations"]["offers"][1]["form"] = json!("written");
        })
    };
    assert_eq!(look(large("tender"))["satisfied"], json!(true));
    let light = look(large("quotation"));
    assert_eq!(found(&light), ["method_too_light:fail"]);
    assert_eq!(
        finding(&light, "method_too_light")["params"]["needed"],
        "tender"
    );
    assert_eq!(light["requirement"]["method"], "tender");
}

#[test]
fn maintenance_belongs_to_the_value() {
    let just_exempt = after(bought(), |p| {
        p["parts"][0]["estimated"] = json!({"item": "5000.00", "maintenance": null});
        p["quotations"] = json!({});
        p["chosen"] = Value::Null;
        p["method"] = json!("exempt");
        p["accepted"] = json!({"item": "4900.00", "maintenance": null});
    });
    assert_eq!(look(just_exempt.clone())["requirement"]["method"], "exempt");
    assert_eq!(look(just_exempt.clone())["satisfied"], json!(true));
    let mut with = just_exempt.clone();
    with["parts"][0]["estimated"]["maintenance"] = json!("0.01");
    assert_eq!(look(with)["requirement"]["method"], "quotation");
    let mut unknown = just_exempt;
    unknown["parts"][0]["estimated"] = json!({"item": "5000.00"});
    let result = look(unknown);
    assert_eq!(result["satisfied"], Value::Null);
    assert_eq!(result["requirement"], Value::Null);
    assert!(found(&result).contains(&"estimate_unknown:unknown".to_owned()));
}

#[test]
fn an_accepted_value_in_a_stricter_tier_is_found_with_its_excess() {
    let dearer = |offers: usize| {
        after(bought(), |p| {
            p["accepted"] = json!({"item": "50000.00", "maintenance": "0.01"});
            let offers: Vec<Value> = (0..offers)
                .map(|n| json!({"id": format!("q{n}"), "amount": "50000.01", "conforming": true, "form": "written"}))
                .collect();
            p["quotations"] = json!({"invited": 5, "offers": offers});
            p["chosen"] = json!("q0");
        })
    };
    let result = look(dearer(2));
    assert_eq!(found(&result), ["accepted_exceeds_tier:fail"]);
    let exceeds = finding(&result, "accepted_exceeds_tier");
    assert_eq!(exceeds["shortfall"], "0.01");
    assert_eq!(exceeds["params"]["over"], "50000");
    assert_eq!(exceeds["params"]["needed"], "5");
    let enough = look(dearer(5));
    assert_eq!(enough["satisfied"], json!(true), "five came all the same");
    assert_eq!(
        finding(&enough, "accepted_exceeds_tier")["severity"],
        "info"
    );
}

#[test]
fn the_larger_part_decides_a_mixed_purchase_and_of_equal_parts_the_stricter_tier() {
    let mixed = |goods: &str, services: &str, day: &str| {
        after(bought(), |p| {
            p["invited_on"] = json!(day);
            p["parts"] = json!([
                {"category": "goods", "estimated": {"item": goods, "maintenance": null}},
                {"category": "services", "estimated": {"item": services, "maintenance": null}}]);
        })
    };
    // Before May 2025 goods went to tender above 300,000, services above 700,000.
    let old = "2025-04-30";
    let goods = look(mixed("250000", "249999.99", old));
    assert_eq!(
        (&goods["category"], &goods["requirement"]["method"]),
        (&json!("goods"), &json!("tender"))
    );
    let services = look(mixed("249999.99", "250000", old));
    assert_eq!(services["category"], "services");
    assert_eq!(services["requirement"]["method"], "quotation");
    let tied = look(mixed("250000", "250000", old));
    assert_eq!(tied["category"], "goods");
    assert_eq!(finding(&tied, "mixed_categories")["params"]["tied"], "true");
    let strict = json!({"mixed_rule": "stricter_tier"});
    let strict = look_at(&[mixed("249999.99", "250000", old)], Some(strict));
    assert_eq!(strict["purchases"][0]["category"], "goods");
    assert_eq!(strict["purchases"][0]["by_category"]["services"], "250000");
}

#[test]
fn the_lowest_conforming_offer_is_taken_or_a_reason_recorded() {
    let dearer = |reason: Value| {
        after(bought(), |p| {
            p["chosen"] = json!("q2");
            p["accepted"] = json!({"item": "27000.00", "maintenance": null});
            p["lowest_reason"] = reason;
        })
    };
    let none = look(dearer(Value::Null));
    assert_eq!(found(&none), ["lowest_without_reason:fail"]);
    let none = finding(&none, "lowest_without_reason");
    assert_eq!(none["shortfall"], "500");
    assert_eq!(none["params"]["lowest"], "q1");
    let given = look(dearer(json!("Delivers within a week, as specified")));
    assert_eq!(given["satisfied"], json!(true));
    let mut unknown = dearer(Value::Null);
    unknown.as_object_mut().unwrap().remove("lowest_reason");
    assert_eq!(found(&look(unknown)), ["lowest_reason_unknown:unknown"]);
    let mut lower_does_not_conform = dearer(Value::Null);
    lower_does_not_conform["quotations"]["offers"][0]["conforming"] = json!(false);
    lower_does_not_conform["quotations"]["conforming"] = json!(1);
    assert_eq!(look(lower_does_not_conform)["satisfied"], json!(true));
}

#[test]
fn an_offer_of_unknown_price_or_conformity_leaves_the_lowest_unknown() {
    let mut unknown = bought();
    unknown["quotations"]["offers"][1] = json!({"id": "q2", "conforming": true, "form": "oral"});
    assert_eq!(found(&look(unknown)), ["lowest_unknown:unknown"]);
    let not_conforming = after(bought(), |p| {
        p["quotations"]["offers"][0]["conforming"] = json!(false);
        p["quotations"]["conforming"] = json!(1);
    });
    assert_eq!(found(&look(not_conforming)), ["chosen_not_conforming:fail"]);
}

#[test]
fn every_problem_of_a_question_is_listed_at_once() {
    let body = json!({"ruleset": rules(), "settings": {"mixed_rule": "coin", "split_months": 0, "x": 1}, "purchases": [
        {"id": "a", "invited_on": "soon", "parts": [{"category": "food", "estimated": {"item": "0", "maintenance": "-1"}}],
         "method": "barter", "quotations": {"received": 1, "conforming": 2},
         "chosen": "q9", "people": {"pay": "p"}, "note": ""},
        {"id": "a", "quotations": {"received": 3, "offers": [{"id": "q"}, {"id": "q"}]}}]});
    let problems = read(&Json::from(&body)).unwrap_err();
    assert_eq!(
        listed(&problems),
        [
            ("unknown_field", "settings.x"),
            ("not_one_of", "settings.mixed_rule"),
            ("out_of_range", "settings.split_months"),
            ("unknown_field", "purchases[0].note"),
            ("not_date", "purchases[0].invited_on"),
            ("unknown_category", "purchases[0].parts[0].category"),
            ("not_above_zero", "purchases[0].parts[0].estimated.item"),
            ("negative", "purchases[0].parts[0].estimated.maintenance"),
            ("not_one_of", "purchases[0].method"),
            ("unknown_field", "purchases[0].people.pay"),
            ("count_contradicts", "purchases[0].quotations.conforming"),
            ("unknown_offer", "purchases[0].chosen"),
            ("count_contradicts", "purchases[1].quotations.received"),
            ("duplicate_id", "purchases[1].quotations.offers[1].id"),
            ("duplicate_id", "purchases[1].id"),
        ]
    );
}

#[test]
fn the_hash_tells_unknown_from_stated_as_none() {
    let hash = |purchase: Value| look_at(&[purchase], None)["input_hash"].clone();
    assert_ne!(hash(bought()), hash(without("requirement")));
    let zeros = after(bought(), |p| p["accepted"]["item"] = json!("25000.000"));
    assert_eq!(hash(bought()), hash(zeros));
}

#[test]
fn every_code_has_its_own_word() {
    let words: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(words.len(), Code::ALL.len());
}
