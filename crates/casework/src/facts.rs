//! The facts that criteria look at. A fact that nobody stated is missing, never zero; a fact of
//! another year never stands in for the reference year's.
use grants::SizeBand;
use money::Hkd;
use serde_json::{Map, Value, json};

use crate::{
    assembly::{Case, pick},
    settings::Settings,
};

/// Facts that belong to one financial year; the others take their newest statement.
const YEARLY: [&str; 6] = [
    "org.audited_accounts_fy",
    "org.subvention_mode",
    "org.provisional_subvention_hkd",
    "org.operating_expenditure_hkd",
    "org.pf_expenditure_hkd",
    "org.lsg_reserve_hkd",
];

/// `{"org":…, "project":…, "application":…, "rulesets":…}`.
pub(crate) fn of(case: &Case, rulesets: &Value) -> Value {
    json!({
        "org": organisation(case, &case.rules.settings),
        "project": case.section("project"),
        "application": application(case),
        "round": round(case),
        "rulesets": rulesets,
    })
}

/// What is known of the round; a draft has no place in its order yet.
fn round(case: &Case) -> Value {
    case.received_before
        .map_or_else(|| json!({}), |(received, first_time)| {
            json!({"received_before": received, "first_time_before": first_time})
        })
}

fn organisation(case: &Case, settings: &Settings) -> Value {
    let reference = settings.reference_year.map(|year| year.to_string());
    let mut facts = Map::new();
    // Rows come oldest year first, so that the newest statement stays.
    for row in &case.facts {
        let yearly = YEARLY.contains(&row.path.as_str());
        if yearly && Some(&row.financial_year) != reference.as_ref() {
            continue;
        }
        if let Some(name) = row.path.strip_prefix("org.") {
            facts.insert(name.to_owned(), row.value.clone());
        }
    }
    if !case.identifiers.is_empty() {
        let identifiers = case
            .identifiers
            .iter()
            .map(|row| json!({"type": row.kind, "value": row.value}))
            .collect();
        facts.insert("identifiers".to_owned(), identifiers);
    }
    facts.insert(
        "awarded_to_date_hkd".to_owned(),
        Value::String(money::fixed_text(case.awarded_to_date, 2)),
    );
    facts.insert(
        "first_time_applicant".to_owned(),
        Value::Bool(case.awarded_to_date.is_zero()),
    );
    let subvention = facts
        .get("provisional_subvention_hkd")
        .and_then(|value| Hkd::try_from_text(value.as_str()?).ok());
    if let Some(subvention) = subvention {
        let band = SizeBand::of(subvention);
        facts.insert("size_band".to_owned(), json!(band.as_str()));
    }
    Value::Object(facts)
}

fn application(case: &Case) -> Value {
    let budget = case.budget();
    let declarations = case.section("declarations");
    let mut facts = Map::new();
    facts.insert(
        "submitted_on".to_owned(),
        json!(case.submitted_on.to_string()),
    );
    if !budget.lines.is_empty() {
        let requested = budget.requested.unwrap_or_else(|| budget.ask());
        facts.insert("requested_hkd".to_owned(), json!(requested.to_string()));
        facts.insert("budget_lines".to_owned(), budget.line_facts());
        for (key, amount) in [
            ("total_cost_hkd", budget.total_cost()),
            ("own_contribution_hkd", budget.paid_by("own")),
            ("other_funders_hkd", budget.paid_by("other:")),
            ("in_kind_hkd", budget.paid_by("in_kind")),
        ] {
            facts.insert(key.to_owned(), json!(amount.to_string()));
        }
    }
    for key in [
        "board_endorsed_on",
        "staff_consultation_summary",
        "coi_declarations",
    ] {
        if let Some(value) = declarations.get(key) {
            facts.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(outcomes) = case
        .section("value_map")
        .get("outcomes")
        .and_then(Value::as_array)
    {
        let measured = outcomes
            .iter()
            .map(|outcome| pick(outcome, &["baseline", "target", "method"]))
            .collect();
        facts.insert("outcomes".to_owned(), measured);
    }
    if let Some(purchases) = case.section("procurement").get("purchases") {
        facts.insert("procurements".to_owned(), purchases.clone());
    }
    if case.sections.contains_key("cost_sharing") {
        facts.insert("cost_plan".to_owned(), case.section("cost_sharing"));
    }
    Value::Object(facts)
}
