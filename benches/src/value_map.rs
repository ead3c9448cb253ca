//! The seeded value map of the two SROI benchmarks: the same for the same size on every machine.
use serde_json::{Value, json};

/// Years that every outcome lasts.
pub(crate) const YEARS: u32 = 10;

/// A value map of ten years with varied shares; every parameter is graded, so that a simulation
/// varies all six.
pub(crate) fn value_map(outcomes: u32) -> Value {
    let outcomes: Vec<Value> = (0..outcomes)
        .map(|n| {
            json!({
                "id": format!("o{n}"), "stakeholder": "S", "name": "N",
                "quantity": (10 + n % 90).to_string(), "proxy": format!("{}.50", 400 + n * 7 % 5_000),
                "deadweight": format!("0.{:02}", 5 + n % 40), "displacement": format!("0.{:02}", n % 15),
                "attribution": format!("0.{:02}", 10 + n % 30), "dropoff": format!("0.{:02}", 5 + n % 50),
                "duration": YEARS, "start": 1 + n % 2, "evidence_grade": "B"
            })
        })
        .collect();
    json!({"currency": "HKD", "discount_rate": "0.035", "outcomes": outcomes,
           "inputs": [{"name": "Grant", "amount": "500000.00", "year": 0, "kind": "cash"}]})
}

/// The same map with bands and a simulation of so many draws.
pub(crate) fn simulated(outcomes: u32, draws: u32, distribution: &str) -> Value {
    let mut body = value_map(outcomes);
    body["bands"] = json!({"A": "0.05", "B": "0.15", "C": "0.30", "D": "0.50"});
    body["simulation"] = json!({"draws": draws, "seed": 1, "distribution": distribution});
    body
}
