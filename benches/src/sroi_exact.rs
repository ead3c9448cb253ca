//! `sroi-exact`: whole value maps of ten years, evaluated exactly.
use std::hint::black_box;

use explain::json::Json;
use serde_json::{Value, json};

use crate::{
    flat::{Flat, Number, Whole},
    harness::{Engine, compare, growth, not_run, refused},
    peer::Peer,
    value_map::value_map,
};

const BENCH: &str = "sroi-exact";
/// Outcomes evaluated by one run.
const OUTCOMES_PER_RUN: u32 = 20_000;

pub(crate) fn run() -> anyhow::Result<()> {
    for outcomes in [20, 200, 500] {
        against_peers(outcomes)?;
    }
    let mut points = Vec::new();
    for outcomes in [5, 50, 500] {
        let request = read(&value_map(outcomes))?;
        let cpu = compare(BENCH, outcomes, vec![evaluation(&request, outcomes)])?;
        points.push((outcomes, cpu));
    }
    growth(BENCH, &points)
}

fn against_peers(outcomes: u32) -> anyhow::Result<()> {
    let map = value_map(outcomes);
    let request = read(&map)?;
    let maps = OUTCOMES_PER_RUN / outcomes;
    let ratio = sroi::evaluate(&request).map_err(refused)?.ratio().to_text();
    let mut floats = Flat::<f64>::of(&map)?;
    let mut integers = Flat::<Whole>::of(&map)?;
    agree("floats", &ratio, &format!("{:.4}", floats.evaluate().ratio))?;
    agree(
        "integers",
        &ratio,
        &format!("{:.4}", integers.evaluate().ratio),
    )?;
    let text = map.to_string();
    let mut engines = vec![evaluation(&request, outcomes)];
    engines.push(here("plumbline, evaluated and hashed", maps, || {
        let evaluation = sroi::evaluate(&request).map_err(refused)?;
        black_box(evaluation.input_hash());
        Ok(())
    }));
    let documents = (maps / 20).max(1);
    engines.push(here(
        "plumbline, document read and evaluated",
        documents,
        || {
            let body = Json::parse(&text).map_err(|problem| refused(problem.message))?;
            let request = sroi::read(&body).map_err(refused)?;
            black_box(sroi::evaluate(&request).map_err(refused)?);
            Ok(())
        },
    ));
    engines.push(here(
        "plumbline, document to document with hash and working",
        documents,
        || {
            let body = Json::parse(&text).map_err(|problem| refused(problem.message))?;
            black_box(sroi::calc(&body).map_err(refused)?);
            Ok(())
        },
    ));
    let peer = Peer::start("sroi_decimal.py", &map, (maps / 10).max(1));
    match peer {
        Ok(peer) => {
            agree(
                "Python decimal",
                &ratio,
                peer.answer["ratio"].as_str().unwrap_or_default(),
            )?;
            engines.push(peer.engine());
        }
        Err(reason) => not_run(BENCH, "Python decimal", &reason.to_string())?,
    }
    engines.push(limit("limit: floats, not exact", maps, &mut floats));
    engines.push(limit(
        "limit: 64-bit integers, not exact",
        maps,
        &mut integers,
    ));
    compare(BENCH, outcomes, engines)?;
    Ok(())
}

fn read(map: &Value) -> anyhow::Result<sroi::Request> {
    sroi::read(&Json::from(map)).map_err(refused)
}

/// Every figure with the tables of years and outcomes, from a read map; neither hash nor working.
fn evaluation(request: &sroi::Request, outcomes: u32) -> Engine<'_> {
    here(
        "plumbline, all figures",
        OUTCOMES_PER_RUN / outcomes,
        || {
            black_box(sroi::evaluate(black_box(request)).map_err(refused)?);
            Ok(())
        },
    )
}

fn limit<'a, N: Number>(name: &str, maps: u32, flat: &'a mut Flat<N>) -> Engine<'a> {
    here(name, maps, || {
        let figures = black_box(&mut *flat).evaluate();
        black_box((figures.totals, figures.levels));
        Ok(())
    })
}

fn here<'a>(
    name: &str,
    maps: u32,
    mut work: impl FnMut() -> anyhow::Result<()> + 'a,
) -> Engine<'a> {
    Engine::here(name, sroi::ENGINE_VERSION, maps, move || {
        for _ in 0..maps {
            work()?;
        }
        Ok(())
    })
}

fn agree(engine: &str, ours: &str, theirs: &str) -> anyhow::Result<()> {
    anyhow::ensure!(
        ours == theirs,
        "{engine} computes {}",
        json!([theirs, ours])
    );
    Ok(())
}
