//! `make bench`: times the calculators on seeded workloads, five runs each, and prints JSON lines with
//! wall median, least and most. Peers that are not installed are said to be "not run", never guessed.
use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use explain::json::Json;
use serde_json::{Value, json};

/// Runs per row; the median counts.
const RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    for outcomes in [20, 200, 500] {
        sroi_exact(outcomes)?;
    }
    for draws in [10_000, 100_000] {
        sroi_simulation(draws)?;
    }
    eligibility()?;
    for applications in [100, 1_000] {
        rank(applications)?;
        select(applications)?;
    }
    for (name, peer) in [
        ("sroi-exact", "Python decimal"),
        ("sroi-simulation", "numpy"),
        ("eligibility", "zen, JSON-logic"),
        ("rank", "numpy, pymcdm"),
        ("select", "HiGHS, CP-SAT"),
    ] {
        print(&json!({"bench": name, "peer": peer, "status": "not run"}))?;
    }
    Ok(())
}

/// Times `RUNS` runs of `work`, which does `units` things, and prints the row.
fn measure(
    bench: &str,
    size: usize,
    units: usize,
    mut work: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut walls: Vec<Duration> = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        work()?;
        walls.push(start.elapsed());
    }
    walls.sort_unstable();
    let each = |wall: &Duration| wall.as_nanos() / u128::try_from(units).unwrap_or(1);
    print(&json!({
        "bench": bench,
        "size": size,
        "units": units,
        "median_ns_per_unit": walls.get(RUNS / 2).map(each),
        "least_ns_per_unit": walls.first().map(each),
        "most_ns_per_unit": walls.last().map(each),
    }))
}

fn print(row: &Value) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{row}")?;
    Ok(())
}

fn refused(problems: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("the workload was refused: {problems}")
}

/// A value map of ten years with varied shares; the same for the same size on every machine.
fn value_map(outcomes: usize) -> Value {
    let outcomes: Vec<Value> = (0..outcomes)
        .map(|n| {
            json!({
                "id": format!("o{n}"), "stakeholder": "S", "name": "N",
                "quantity": (10 + n % 90).to_string(), "proxy": format!("{}.50", 400 + n * 7 % 5_000),
                "deadweight": format!("0.{:02}", 5 + n % 40), "displacement": format!("0.{:02}", n % 15),
                "attribution": format!("0.{:02}", 10 + n % 30), "dropoff": format!("0.{:02}", 5 + n % 50),
                "duration": 10, "start": 1 + n % 2, "evidence_grade": "B"
            })
        })
        .collect();
    json!({"currency": "HKD", "discount_rate": "0.035", "outcomes": outcomes,
           "inputs": [{"name": "Grant", "amount": "500000.00", "year": 0, "kind": "cash"}]})
}

fn sroi_exact(outcomes: usize) -> anyhow::Result<()> {
    let request = sroi::read(&Json::from(&value_map(outcomes))).map_err(refused)?;
    let maps = 4_000 / outcomes;
    measure("sroi-exact", outcomes, maps, || {
        for _ in 0..maps {
            std::hint::black_box(sroi::evaluate(&request).map_err(refused)?);
        }
        Ok(())
    })
}

fn sroi_simulation(draws: usize) -> anyhow::Result<()> {
    let mut body = value_map(20);
    body["bands"] = json!({"A": "0.05", "B": "0.15", "C": "0.30", "D": "0.50"});
    body["simulation"] = json!({"draws": draws, "seed": 1});
    let request = sroi::read(&Json::from(&body)).map_err(refused)?;
    measure("sroi-simulation", draws, 1, || {
        std::hint::black_box(sroi::evaluate(&request).map_err(refused)?);
        Ok(())
    })
}

fn eligibility() -> anyhow::Result<()> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../seed/programmes/dedicated-fund-it.json"
    );
    let ruleset = Json::parse(&std::fs::read_to_string(path)?).map_err(|p| refused(p.message))?;
    let compiled = eligibility::Compiled::try_new(&ruleset).map_err(refused)?;
    let facts = Json::from(&json!({
        "org": {"subvention_mode": "lsg", "s88_status": "current", "legal_form": "company",
                "provisional_subvention_hkd": "8000000.00", "awarded_to_date_hkd": "0.00",
                "overdue_reports": 0, "audited_accounts_fy": "2025-26",
                "identifiers": [{"type": "ubi_brn", "value": "99990001"}]},
        "project": {"scope_code": "it_system", "subvented_share": "0.8", "start_on": "2026-04-01",
                    "end_on": "2028-03-31", "handles_personal_data": false, "uses_ai": false,
                    "user_facing": false, "controls": []},
        "application": {"requested_hkd": "400000.00", "submitted_on": "2026-11-21",
                        "board_endorsed_on": "2026-10-01", "budget_lines": [], "outcomes": [],
                        "coi_declarations": []}}));
    let facts = eligibility::Facts::try_new(&facts).map_err(refused)?;
    let decisions = compiled.criteria().len() * 2_000;
    measure("eligibility", 2_000, decisions, || {
        for _ in 0..2_000 {
            std::hint::black_box(compiled.evaluate(&facts));
        }
        Ok(())
    })
}

fn score(n: usize, criterion: usize) -> String {
    format!(
        "{}.{:02}",
        (n * 7 + criterion * 13) % 100,
        (n * 31 + criterion) % 100
    )
}

fn rank(applications: usize) -> anyhow::Result<()> {
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
    measure("rank", applications, applications, || {
        std::hint::black_box(ranking::rank::evaluate(&request).map_err(refused)?);
        Ok(())
    })
}

fn select(applications: usize) -> anyhow::Result<()> {
    let rows: Vec<Value> = (0..applications)
        .map(|n| {
            json!({"id": format!("a{n}"), "group": (n % (applications / 3)).to_string(),
                   "small": n % 3 == 0, "cost": (50_000 + n * 7_919 % 950_000).to_string(),
                   "score": score(n, 3)})
        })
        .collect();
    let body = json!({"budget": (applications * 150_000).to_string(), "applications": rows,
                      "constraints": {"small_share": "0.2", "max_per_group": 2}});
    let request = ranking::select::read(&Json::from(&body)).map_err(refused)?;
    measure("select", applications, 1, || {
        std::hint::black_box(ranking::select::evaluate(&request).map_err(refused)?);
        Ok(())
    })
}
