//! The facts that criteria look at. A fact that nobody stated is missing, never zero; a fact of
//! another year never stands in for the reference year's.
use explain::{Problem, Problems, json::Json};
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

/// What of the facts can be read. A draft keeps whatever was typed, such as words where an amount belongs; its own
/// section says so, and to the criteria it is as unknown as a fact that nobody stated.
pub(crate) fn readable(mut facts: Value) -> Value {
    for problem in unread(&facts) {
        forget(&mut facts, &problem.path);
    }
    // Whatever was not found under its path takes its branch along.
    for problem in unread(&facts) {
        let branch = problem.path.split(['.', '[']).next().unwrap_or_default();
        facts[branch] = json!({});
    }
    facts
}

fn unread(facts: &Value) -> Vec<Problem> {
    let read = eligibility::Facts::try_new(&Json::from(facts));
    read.err().map(Problems::into_vec).unwrap_or_default()
}

/// Takes away what stands under a path such as `project.cost_hkd` or `application.budget_lines[3].ask_hkd`. An entry
/// of a list leaves its place behind, so that the paths of the others still hold.
fn forget(facts: &mut Value, path: &str) {
    let (around, last) = path.rsplit_once(['.', '[']).unwrap_or(("", path));
    let last = last.trim_end_matches(']');
    let mut pointer = String::new();
    for key in around.split(['.', '[']).filter(|key| !key.is_empty()) {
        pointer.push('/');
        pointer.push_str(
            &key.trim_end_matches(']')
                .replace('~', "~0")
                .replace('/', "~1"),
        );
    }
    match facts.pointer_mut(&pointer) {
        Some(Value::Object(entries)) => {
            entries.remove(last);
        }
        Some(Value::Array(items)) => {
            let place = last
                .parse()
                .ok()
                .and_then(|place: usize| items.get_mut(place));
            if let Some(item) = place {
                *item = Value::Null;
            }
        }
        _ => {}
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_unknown_and_nothing_else_is() {
        let facts = json!({
            "org": {"size_band": "small"},
            "project": {"subvented_share": "about 80", "title": "Ropes"},
            "application": {"budget_lines": [{"ask_hkd": "1.00"}, {"ask_hkd": "one", "id": "b2"}, 1.5]},
            "round": {}, "rulesets": {},
        });
        assert_eq!(
            readable(facts),
            json!({
                "org": {"size_band": "small"},
                "project": {"title": "Ropes"},
                "application": {"budget_lines": [{"ask_hkd": "1.00"}, {"id": "b2"}, null]},
                "round": {}, "rulesets": {},
            })
        );
        let odd = json!({"org": {}, "project": {"a.b_hkd": "much", "title": "Ropes"}});
        assert_eq!(readable(odd), json!({"org": {}, "project": {}}));
        let fine = json!({"org": {}, "project": {"cost_hkd": "1.00"}});
        assert_eq!(readable(fine.clone()), fine);
    }
}
