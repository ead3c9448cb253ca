//! From the form's value map to the question that the SROI engine answers. Inputs are not typed
//! twice: they are the budget's cells by year and source, with volunteers added.
use serde_json::{Map, Value, json};

use crate::{
    assembly::{Case, pick},
    proxy_snapshot,
};

/// Shares and values that the tornado moves, down and up by a fifth.
const TORNADO_PARAMETERS: [&str; 6] = [
    "quantity",
    "proxy",
    "deadweight",
    "displacement",
    "attribution",
    "dropoff",
];

/// The request to the SROI engine, as `plumbline calc sroi` reads it.
pub(crate) fn request(case: &Case) -> Value {
    let section = case.section("value_map");
    let settings = &case.rules.settings;
    let outcomes = section.get("outcomes").and_then(Value::as_array);
    let outcomes: Vec<Value> = outcomes
        .into_iter()
        .flatten()
        .map(|outcome| proxy_snapshot::pin(pick(outcome, &sroi::OUTCOME_FIELDS), &case.proxies))
        .collect();
    let mut body = Map::from_iter([
        ("format".to_owned(), json!(1)),
        (
            "currency".to_owned(),
            case.rules.programme["currency"].clone(),
        ),
        ("convention".to_owned(), json!({"timing": settings.timing})),
        ("discount_rate".to_owned(), json!(settings.discount_rate)),
        ("inputs".to_owned(), inputs(case, &section)),
        ("bands".to_owned(), settings.bands.clone()),
        (
            "simulation".to_owned(),
            json!({"draws": settings.draws, "seed": "input_hash"}),
        ),
        (
            "sensitivity".to_owned(),
            json!({"tornado": tornado(&outcomes), "switching": true}),
        ),
        ("outcomes".to_owned(), Value::Array(outcomes)),
    ]);
    if let Some(stated) = section.get("stated").filter(|stated| !stated.is_null()) {
        body.insert(
            "stated".to_owned(),
            pick(stated, &["ratio", "total_present_value", "investment"]),
        );
    }
    Value::Object(body)
}

/// Money put in, by source and year. Year 0 is the financial year in which the project starts, when
/// the money is laid out; it is not discounted.
fn inputs(case: &Case, section: &Value) -> Value {
    let budget = case.budget();
    let first = budget.first_year();
    let mut inputs: Vec<Value> = budget
        .by_year_and_source()
        .into_iter()
        .filter(|(_, _, amount)| amount.cents() > 0)
        .map(|(year, source, amount)| {
            let offset = first.map_or(0, |first| year.starts_in() - first.starts_in());
            let kind = if source == "in_kind" {
                "in_kind"
            } else {
                "cash"
            };
            json!({"name": format!("{source} {year}"), "amount": amount.to_string(),
                   "year": offset, "kind": kind})
        })
        .collect();
    let volunteers = section.get("volunteers").and_then(Value::as_array);
    for volunteer in volunteers.into_iter().flatten() {
        let mut input = pick(volunteer, &["name", "amount", "year"]);
        input["kind"] = json!("volunteer");
        inputs.push(input);
    }
    Value::Array(inputs)
}

fn tornado(outcomes: &[Value]) -> Value {
    // A cohort's quantities move together, but the engine moves one quantity per outcome.
    let has_cohorts = outcomes.iter().any(|outcome| !outcome["cohorts"].is_null());
    let mut levers: Vec<Value> = TORNADO_PARAMETERS
        .iter()
        .filter(|parameter| !(has_cohorts && **parameter == "quantity"))
        .map(|parameter| {
            json!({"parameter": parameter, "scope": "all", "low": "0.8", "high": "1.2",
                   "unit": "multiplier"})
        })
        .collect();
    levers.push(json!({"parameter": "discount_rate", "low": "0", "high": "0.06"}));
    Value::Array(levers)
}
