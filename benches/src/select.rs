//! `select`: the best set under a budget, a cap per district and two applications per
//! organisation, to a proven gap of one in ten thousand, beside two solvers that are asked the same.
use anyhow::Context as _;
use explain::json::Json;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use ranking::select::{Effort, Request, Selection, best_set};
use serde_json::{Value, json};

use crate::{
    harness::{Engine, compare, growth, not_run, print, refused},
    peer::Peer,
};

const BENCH: &str = "select";
const DISTRICTS: u32 = 18;
/// Best and bound are at most one part in so many apart.
const CLOSE: u32 = 10_000;
/// Partial selections that are looked at before giving up.
const WORK_MAX: u64 = 3_000_000;
/// What each peer may take.
const PEER_SECONDS: u32 = 30;
/// Beyond this size the peers take longer than they may.
const PEERS_UP_TO: u32 = 10_000;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut points = Vec::new();
    for applications in [100, 1_000, 10_000, 100_000] {
        points.push((applications, one(applications)?));
    }
    growth(BENCH, &points)
}

fn one(applications: u32) -> anyhow::Result<f64> {
    let body = workload(applications);
    let request = ranking::select::read(&Json::from(&body)).map_err(refused)?;
    let effort = Effort {
        work_max: WORK_MAX,
        close: Some(CLOSE),
    };
    let found = best_set(&request, effort).map_err(refused)?;
    say(applications, &found)?;
    let mut engines = vec![ours(&request, effort)];
    if applications <= PEERS_UP_TO {
        let mut asked = body;
        asked["gap"] = json!(0.0001);
        asked["seconds"] = json!(PEER_SECONDS);
        for program in ["select_highs.py", "select_cpsat.py"] {
            match Peer::start(program, &asked, 1) {
                Ok(peer) => {
                    agree(program, &found, &peer.answer)?;
                    print(&json!({
                        "bench": BENCH, "size": applications, "engine": program,
                        "answer": peer.answer,
                    }))?;
                    engines.push(peer.engine());
                }
                Err(reason) => not_run(BENCH, program, &reason.to_string())?,
            }
        }
    } else {
        not_run(
            BENCH,
            "HiGHS, CP-SAT",
            "not asked beyond 10,000 applications, where 30 s would be all that is measured",
        )?;
    }
    compare(BENCH, applications, engines)
}

fn ours(request: &Request, effort: Effort) -> Engine<'_> {
    Engine::here("plumbline", ranking::ENGINE_VERSION, 1, move || {
        std::hint::black_box(best_set(request, effort).map_err(refused)?);
        Ok(())
    })
}

fn say(applications: u32, found: &Selection) -> anyhow::Result<()> {
    print(&json!({
        "bench": BENCH, "size": applications, "status": found.status.word(),
        "objective": found.objective.map(|points| points.to_string()),
        "bound": found.bound.map(|points| points.to_string()),
        "gap": found.gap().map(|points| points.to_string()),
    }))
}

/// No engine finds more than another's bound allows.
fn agree(engine: &str, ours: &Selection, theirs: &Value) -> anyhow::Result<()> {
    let objective = cents(ours.objective.map(|points| points.to_string()))?;
    let bound = cents(ours.bound.map(|points| points.to_string()))?;
    let Some(other) = theirs["objective"].as_i64() else {
        return Ok(());
    };
    anyhow::ensure!(other <= bound, "{engine} finds {other}, above {bound}");
    let theirs = theirs["bound"].as_i64().unwrap_or(i64::MAX);
    anyhow::ensure!(
        objective <= theirs,
        "{engine} proves that nothing exceeds {theirs}, we find {objective}"
    );
    Ok(())
}

/// Points with at most two places, in hundredths.
fn cents(points: Option<String>) -> anyhow::Result<i64> {
    let points = points.context("nothing was found")?;
    let (whole, rest) = points.split_once('.').unwrap_or((&points, ""));
    Ok(format!("{whole}{rest:0<2}").parse()?)
}

/// A round of which the budget meets three tenths; every district may take a tenth more than its
/// even part, so that budget and most caps bind.
fn workload(applications: u32) -> Value {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut between = |low: u32, high: u32| low + random.next_u32() % (high - low + 1);
    let mut total = 0_u64;
    let rows: Vec<Value> = (0..applications)
        .map(|n| {
            let cost = between(50, 1_000);
            total += u64::from(cost);
            let district = between(0, DISTRICTS - 1);
            let parts = if between(0, 3) == 0 {
                let other = (district + 5) % DISTRICTS;
                json!({format!("d{district}"): "0.6", format!("d{other}"): "0.4"})
            } else {
                json!({format!("d{district}"): "1"})
            };
            json!({
                "id": format!("a{n}"), "group": format!("g{}", between(0, applications / 3)),
                "small": between(0, 2) == 0, "cost": (cost * 1_000).to_string(),
                "score": format!("{}.{:02}", between(20, 99), between(0, 99)),
                "parts": {"district": parts},
            })
        })
        .collect();
    let budget = total * 300;
    let caps: Vec<Value> = (0..DISTRICTS)
        .map(|district| {
            json!({"dimension": "district", "code": format!("d{district}"), "measure": "spend",
                   "value": (budget * 11 / 10 / u64::from(DISTRICTS)).to_string()})
        })
        .collect();
    json!({
        "budget": budget.to_string(), "applications": rows,
        "constraints": {"max_per_group": 2, "at_most": caps},
    })
}
