//! `select`: the best set under a budget with a share for small organisations and a cap per group.
use explain::json::Json;
use serde_json::{Value, json};

use crate::{
    harness::{Engine, compare, not_run, refused},
    rank::score,
};

pub(crate) fn run() -> anyhow::Result<()> {
    for applications in [100, 1_000] {
        one(applications)?;
    }
    not_run("select", "HiGHS, CP-SAT", "no peer program yet")
}

fn one(applications: u32) -> anyhow::Result<()> {
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
    let engine = Engine::here("plumbline", ranking::ENGINE_VERSION, 1, || {
        std::hint::black_box(ranking::select::evaluate(&request).map_err(refused)?);
        Ok(())
    });
    compare("select", applications, vec![engine])?;
    Ok(())
}
