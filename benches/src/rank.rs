//! `rank`: a full order with contributions on ten criteria.
use explain::json::Json;
use serde_json::{Value, json};

use crate::harness::{Engine, compare, not_run, refused};

pub(crate) fn run() -> anyhow::Result<()> {
    for applications in [100, 1_000] {
        one(applications)?;
    }
    not_run("rank", "numpy, pymcdm", "no peer program yet")
}

fn one(applications: u32) -> anyhow::Result<()> {
    let criteria: Vec<Value> = (0..10)
        .map(|c| {
            json!({"id": format!("c{c}"), "weight": "0.1", "direction": "max",
                        "zero": "0", "hundred": "100"})
        })
        .collect();
    let rows: Vec<Value> = (0..applications)
        .map(|n| {
            let scores: serde_json::Map<String, Value> = (0..10)
                .map(|c| (format!("c{c}"), json!(score(n, c))))
                .collect();
            json!({"id": format!("a{n}"), "scores": scores})
        })
        .collect();
    let body = json!({"criteria": criteria, "applications": rows});
    let request = ranking::rank::read(&Json::from(&body)).map_err(refused)?;
    let engine = Engine::here("plumbline", ranking::ENGINE_VERSION, applications, || {
        std::hint::black_box(ranking::rank::evaluate(&request).map_err(refused)?);
        Ok(())
    });
    compare("rank", applications, vec![engine])?;
    Ok(())
}

/// A score of two places that looks random and is the same everywhere.
pub(crate) fn score(n: u32, criterion: u32) -> String {
    format!(
        "{}.{:02}",
        (n * 7 + criterion * 13) % 100,
        (n * 31 + criterion) % 100
    )
}
