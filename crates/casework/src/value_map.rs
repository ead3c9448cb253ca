//! From the form's value map to the question that the SROI engine answers. Inputs are not typed
//! twice: they are the budget's cells by year and source, with volunteers added.
use explain::FinancialYear;
use money::{Decimal, Hkd};
use serde_json::{Map, Value, json};

use crate::{
    assembly::{Case, pick},
    proxy_snapshot,
};

/// Places of a multiplier, as of any figure of a question.
const LEVER_PLACES: u32 = 6;

/// Shares and values that the tornado moves, down and up by a fifth.
const TORNADO_PARAMETERS: [&str; 6] = [
    "quantity",
    "proxy",
    "deadweight",
    "displacement",
    "attribution",
    "dropoff",
];

/// What one row of each list says to the engine; forms keep more beside it.
const STAKEHOLDER_FIELDS: [&str; 5] = ["name", "subgroup", "number", "consulted", "method"];
const EXCLUSION_FIELDS: [&str; 3] = ["kind", "name", "reason"];
const VOLUNTEER_FIELDS: [&str; 5] = ["name", "amount", "hours", "hourly_rate", "year"];

/// The request to the SROI engine about the map as stated, as `plumbline calc sroi` reads it.
pub(crate) fn request(case: &Case) -> Value {
    request_about(case, &case.section("value_map"))
}

/// The request about another map of the same case, such as the funder's assessed copy.
pub(crate) fn request_about(case: &Case, section: &Value) -> Value {
    question(case, section, inputs(case, section))
}

/// The request about what came of the project: its own map, and the money that was really spent.
pub(crate) fn outturn_request(case: &Case, outturn: &Value) -> Value {
    let section = &outturn["value_map"];
    let spent = rows(outturn, "spent").map(|row| {
        let source = row["source"].as_str().unwrap_or_default();
        let mut input = pick(row, &["amount", "year"]);
        input["name"] = json!(input_name(source, &row["year"]));
        input["kind"] = json!(input_kind(source));
        input
    });
    let inputs = spent.chain(volunteers(section)).collect();
    question(case, section, inputs)
}

/// The same question without what takes long: enough to compare two maps.
pub(crate) fn figures_only(mut question: Value) -> Value {
    if let Some(question) = question.as_object_mut() {
        question.remove("simulation");
        question.remove("sensitivity");
    }
    question
}

fn question(case: &Case, section: &Value, inputs: Value) -> Value {
    let settings = &case.rules.settings;
    let outcomes: Vec<Value> = rows(section, "outcomes")
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
        ("inputs".to_owned(), inputs),
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
    if let Some(year) = settings.price_year {
        body.insert("price_year".to_owned(), json!(year));
        let index = pick(
            &case.rules.catalogue["price_index"],
            &["name", "source", "values"],
        );
        if index["values"].is_object() {
            body.insert("price_index".to_owned(), index);
        }
    }
    for (key, fields) in [
        ("stakeholders", &STAKEHOLDER_FIELDS[..]),
        ("exclusions", &EXCLUSION_FIELDS[..]),
    ] {
        if section[key].is_array() {
            let listed = rows(section, key).map(|row| pick(row, fields));
            body.insert(key.to_owned(), listed.collect());
        }
    }
    if let Some(text) = section.get("responsiveness") {
        body.insert("responsiveness".to_owned(), text.clone());
    }
    if let Some(stated) = section.get("stated").filter(|stated| !stated.is_null()) {
        body.insert(
            "stated".to_owned(),
            pick(stated, &["ratio", "total_present_value", "investment"]),
        );
    }
    Value::Object(body)
}

fn rows<'a>(section: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    section[key].as_array().into_iter().flatten()
}

/// Money put in: its year and source, and the financial year's name. Year 0 is the financial year in
/// which the project starts, when the money is laid out; it is not discounted.
fn money_in(case: &Case) -> Vec<(i32, String, FinancialYear, Hkd)> {
    let budget = case.budget();
    let first = budget.first_year();
    let cells = budget.by_year_and_source().into_iter();
    cells
        .filter(|(_, _, amount)| amount.cents() > 0)
        .map(|(year, source, amount)| {
            let offset = first.map_or(0, |first| year.starts_in() - first.starts_in());
            (offset, source, year, amount)
        })
        .collect()
}

/// What was promised, in the shape in which what came is stated.
pub(crate) fn forecast(case: &Case) -> Value {
    let spent = money_in(case).into_iter();
    let spent: Value = spent
        .map(|(offset, source, _, amount)| {
            json!({"year": offset, "source": source, "amount": amount.to_string()})
        })
        .collect();
    json!({"value_map": case.section("value_map"), "spent": spent})
}

fn inputs(case: &Case, section: &Value) -> Value {
    let budgeted = money_in(case)
        .into_iter()
        .map(|(offset, source, year, amount)| {
            json!({"name": input_name(&source, &json!(year.to_string())),
                   "amount": amount.to_string(), "year": offset, "kind": input_kind(&source)})
        });
    budgeted.chain(volunteers(section)).collect()
}

fn input_name(source: &str, year: &Value) -> String {
    let year = year
        .as_str()
        .map_or_else(|| year.to_string(), str::to_owned);
    format!("{source} {year}")
}

fn input_kind(source: &str) -> &'static str {
    if source == "in_kind" {
        "in_kind"
    } else {
        "cash"
    }
}

fn volunteers(section: &Value) -> impl Iterator<Item = Value> + use<'_> {
    rows(section, "volunteers").map(|volunteer| {
        let mut input = pick(volunteer, &VOLUNTEER_FIELDS);
        input["kind"] = json!("volunteer");
        input
    })
}

fn tornado(outcomes: &[Value]) -> Value {
    // A cohort's quantities move together, but the engine moves one quantity per outcome.
    let has_cohorts = outcomes.iter().any(|outcome| !outcome["cohorts"].is_null());
    let mut levers: Vec<Value> = TORNADO_PARAMETERS
        .iter()
        .filter(|parameter| !(has_cohorts && **parameter == "quantity"))
        .map(|parameter| {
            json!({"parameter": parameter, "scope": "all", "low": "0.8",
                   "high": highest(outcomes, parameter), "unit": "multiplier"})
        })
        .collect();
    levers.push(json!({"parameter": "discount_rate", "low": "0", "high": "0.06"}));
    Value::Array(levers)
}

/// A fifth more, or as much more as keeps the largest share at 1.
fn highest(outcomes: &[Value], parameter: &str) -> String {
    let fifth = Decimal::new(12, 1);
    let share = !["quantity", "proxy"].contains(&parameter);
    let largest = outcomes
        .iter()
        .filter_map(|outcome| outcome[parameter].as_str())
        .filter_map(|text| money::decimal_from_text(text).ok())
        .filter(|value| share && *value > Decimal::ZERO && *value <= Decimal::ONE)
        .max();
    let room = largest.and_then(|largest| Decimal::ONE.checked_div(largest));
    let most = room.map_or(fifth, |room| room.min(fifth));
    money::normal_text(most.trunc_with_scale(LEVER_PLACES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_moves_a_share_beyond_the_whole() {
        let with = |share: &str| highest(&[json!({"deadweight": share})], "deadweight");
        assert_eq!(with("0.5"), "1.2");
        assert_eq!(with("0.9"), "1.111111");
        assert_eq!(with("1"), "1");
        assert_eq!(with("0"), "1.2");
        assert_eq!(highest(&[json!({"quantity": "0.9"})], "quantity"), "1.2");
    }
}
