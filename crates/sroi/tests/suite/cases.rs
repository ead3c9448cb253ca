//! Building requests and reading results.
use explain::{Problems, json::Json};
use serde_json::{Value, json};

/// A published vector, as its source gave it.
pub(crate) fn vector(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn try_calc(body: &Value) -> Result<Value, Problems> {
    sroi::calc(&Json::from(body))
}

pub(crate) fn calc(body: &Value) -> Value {
    try_calc(body).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Cases of each property.
pub(crate) const CASES: u32 = 10_000;

/// The figures alone: no working is written, which would cost most of the time.
pub(crate) fn evaluated(body: &Value) -> sroi::Evaluation {
    let request = sroi::read(&Json::from(body)).unwrap_or_else(|problems| panic!("{problems}"));
    sroi::evaluate(&request).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Codes and paths of everything that is wrong with a body.
pub(crate) fn problems(body: &Value) -> Vec<(String, String)> {
    try_calc(body)
        .unwrap_err()
        .into_vec()
        .into_iter()
        .map(|problem| (problem.code, problem.path))
        .collect()
}

/// A value map whose outcomes come from a vector: ids are added, the rest is kept.
pub(crate) fn map(investment: &str, rate: &str, timing: &str, outcomes: &Value) -> Value {
    let outcomes: Vec<Value> = outcomes
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, outcome)| {
            let mut outcome = outcome.clone();
            outcome["id"] = json!(format!("o{}", at + 1));
            outcome["stakeholder"] = json!("Members");
            outcome
        })
        .collect();
    json!({
        "currency": "HKD",
        "convention": {"timing": timing},
        "discount_rate": rate,
        "inputs": [{"name": "Grant", "amount": investment, "year": 0, "kind": "cash"}],
        "outcomes": outcomes,
    })
}

/// Vector 01 under its own convention.
pub(crate) fn timebank() -> Value {
    let vector = vector("01_timebank_ireland_2023");
    map(
        "50000.00",
        "0.035",
        "year1_undiscounted",
        &vector["outcomes"],
    )
}

/// One outcome with nothing deducted.
pub(crate) fn plain_outcome(quantity: &str, proxy: &str, duration: u32) -> Value {
    json!({
        "name": "Change", "quantity": quantity, "proxy": proxy, "deadweight": "0",
        "displacement": "0", "attribution": "0", "dropoff": "0", "duration": duration, "start": 1,
    })
}

/// A decimal text rounded half away from zero to the given places, by hand: an independent
/// reading of long published fractions.
pub(crate) fn rounded(text: &str, places: usize) -> String {
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut digits: Vec<u8> = whole
        .bytes()
        .chain(part.bytes())
        .map(|byte| byte - b'0')
        .collect();
    let keep = whole.len() + places;
    digits.resize(digits.len().max(keep + 1), 0);
    let mut carry = u8::from(digits[keep] >= 5);
    digits.truncate(keep);
    for digit in digits.iter_mut().rev() {
        *digit += carry;
        carry = *digit / 10;
        *digit %= 10;
    }
    if carry > 0 {
        digits.insert(0, carry);
    }
    let text: String = digits
        .iter()
        .map(|digit| char::from(digit + b'0'))
        .collect();
    let (whole, part) = text.split_at(text.len() - places);
    let joined = if places == 0 {
        whole.to_owned()
    } else {
        format!("{whole}.{part}")
    };
    format!("{sign}{joined}")
}

/// The `*_exact` form of a long fraction.
pub(crate) fn exact(text: &str) -> String {
    let text = rounded(text, 12);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(crate) fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is not text"))
}
