//! A complete set of facts on which every criterion of the seed programme passes, and ways to
//! change one of them.
#![expect(
    clippy::unwrap_used,
    reason = "fixtures of this test; a wrong one should stop it"
)]
use eligibility::{Compiled, Facts};
use explain::json::Json;
use serde_json::{Value, json};

/// The demonstration programme as it ships, with the words for every criterion.
pub(crate) const SEED: &str = include_str!("../../../../seed/programmes/dedicated-fund-it.json");
/// The same programme as received, without words for reasons and fixes.
pub(crate) const PLAIN: &str = include_str!("../fixtures/programme-without-texts.json");
/// Fictional organisations and applications with expected checks; the cap is truncated to the
/// cent there (illustrative).
pub(crate) const CASES: &str = include_str!("../fixtures/demo-cases-fictional.json");

pub(crate) fn compiled(ruleset: &str) -> Compiled {
    Compiled::try_new(&Json::parse(ruleset).unwrap()).unwrap()
}

pub(crate) fn facts(value: &Value) -> Facts {
    Facts::try_new(&Json::from(value)).unwrap()
}

pub(crate) fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Facts with one value set, under a JSON pointer whose parent exists.
pub(crate) fn with(mut facts: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = facts.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => other[key] = value,
    }
    facts
}

/// Facts with one value taken out.
pub(crate) fn without(mut facts: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let entries = facts.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    entries.remove(key).unwrap();
    facts
}

pub(crate) fn complete() -> Value {
    let long = "Front-line staff and service users met twice a month and their views shaped it.";
    json!({
        "org": {
            "subvention_mode": "lsg",
            "provisional_subvention_hkd": "8000000.00",
            "awarded_to_date_hkd": "0.00",
            "s88_status": "current",
            "legal_form": "company",
            "identifiers": [{"type": "ubi_brn", "value": "99990001"}],
            "lsg_reserve_hkd": "9500000.00",
            "operating_expenditure_hkd": "40000000.00",
            "pf_expenditure_hkd": "2000000.00",
            "overdue_reports": 0,
            "audited_accounts_fy": "2024-25"
        },
        "project": {
            "scope_code": "it_system",
            "subvented_share": "0.80",
            "start_on": "2025-01-01",
            "end_on": "2027-12-31",
            "handles_personal_data": true,
            "pia_document": "file-1",
            "controls": [
                "encrypted_storage", "secure_transport", "end_to_end_encryption",
                "retention_policy", "audit_trail", "anonymisation_pseudonymisation",
                "data_minimisation", "consent_management"
            ],
            "uses_ai": true,
            "ai_plan": {
                "accountable_person": "Head of service",
                "human_decision_point": "Case worker confirms",
                "testing": "Parallel run",
                "emergency_procedure": "Switch off"
            },
            "user_facing": true,
            "inclusion_plan": long,
            "upkeep_plan": long,
            "participation_plan": long,
            "exit_plan": long,
            "data_export_plan": long,
            "interoperability_plan": long
        },
        "application": {
            "requested_hkd": "500000.00",
            "submitted_on": "2025-02-03",
            "board_endorsed_on": "2025-01-20",
            "staff_consultation_summary": long,
            "budget_lines": [
                {"requested_hkd": "300000.00", "other_funding_hkd": "0.00",
                 "cost_hkd": "300000.00", "cost_type": "software"},
                {"requested_hkd": "200000.00", "other_funding_hkd": "50000.00",
                 "cost_hkd": "250000.00", "cost_type": "services"}
            ],
            "outcomes": [{"baseline": "40", "target": "20", "method": "time sheets"}],
            "coi_declarations": [{"person": "Treasurer"}]
        },
        "rulesets": {
            "hk-swd-lsg-lf-procurement": true,
            "hk-lsg-cost-apportionment-demo": true
        }
    })
}
