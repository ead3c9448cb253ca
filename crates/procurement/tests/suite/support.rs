//! The rule file that ships, and a short form of problems to compare.
use std::{fs, path::PathBuf};

use explain::Problems;
use serde_json::{Value, json};

/// The whole rule file.
pub(crate) fn rules() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../seed/rules/hk-swd-lsg-lf-procurement.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Codes and paths in the order listed.
pub(crate) fn listed(problems: &Problems) -> Vec<(&str, &str)> {
    problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect()
}

/// The approval policy that ships.
pub(crate) fn policy() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../seed/rules/requisition-policy-demo.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Goods of HK$30,000 in the second version: two quotations, in either form, all in order.
pub(crate) fn bought() -> Value {
    json!({
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
        "interests": {"p1": false, "p2": false, "p3": false, "p4": false},
    })
}

/// The purchase after a change.
pub(crate) fn after(mut purchase: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut purchase);
    purchase
}
