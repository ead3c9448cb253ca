//! `sroi-simulation`: draws of the ratio of 20 outcomes, all six parameters of each varying.
#![expect(
    clippy::float_arithmetic,
    reason = "percentiles are compared; no figure of the platform passes through here"
)]
use std::hint::black_box;

use anyhow::Context as _;
use explain::json::Json;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use serde_json::Value;

use crate::{
    harness::{Engine, compare, growth, not_run, refused},
    peer::Peer,
    value_map::simulated,
};

const BENCH: &str = "sroi-simulation";
const OUTCOMES: u32 = 20;
/// Random words per draw: one for each parameter of each outcome.
const WORDS: u32 = 6 * OUTCOMES;
/// How many standard errors two engines may lie apart; a fair difference exceeds it once in two
/// millions.
const ERRORS_APART: f64 = 5.0;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut points = Vec::new();
    for draws in [10_000, 100_000, 1_000_000] {
        points.push((draws, against_peers(draws)?));
    }
    growth(BENCH, &points)?;
    for distribution in ["lognormal", "pert"] {
        let body = simulated(12, 10_000, distribution);
        let request = sroi::read(&Json::from(&body)).map_err(refused)?;
        let name = format!("plumbline, 12 outcomes, {distribution}");
        compare(BENCH, 10_000, vec![simulation(&name, &request)])?;
    }
    Ok(())
}

fn against_peers(draws: u32) -> anyhow::Result<f64> {
    let body = simulated(OUTCOMES, draws, "triangular");
    let request = sroi::read(&Json::from(&body)).map_err(refused)?;
    let mut engines = vec![simulation("plumbline", &request)];
    let peer = Peer::start("sroi_numpy.py", &body, 1);
    match peer {
        Ok(peer) => {
            agree(&request, &peer.answer)?;
            engines.push(peer.engine());
        }
        Err(reason) => not_run(BENCH, "numpy", &reason.to_string())?,
    }
    let name = "limit: the random numbers alone, two threads";
    engines.push(Engine::here(name, "chacha8", 1, move || {
        std::thread::scope(|scope| {
            for seed in 0..2 {
                scope.spawn(move || random_words(seed, draws / 2));
            }
        });
        Ok(())
    }));
    compare(BENCH, draws, engines)
}

fn simulation<'a>(name: &str, request: &'a sroi::Request) -> Engine<'a> {
    Engine::here(name, sroi::ENGINE_VERSION, 1, || {
        black_box(sroi::evaluate(request).map_err(refused)?);
        Ok(())
    })
}

fn random_words(seed: u64, draws: u32) {
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    let mut words = [0_u8; 4_096];
    for _ in 0..u64::from(draws) * u64::from(WORDS) / 1_024 {
        stream.fill_bytes(black_box(&mut words));
    }
}

/// Mean and percentiles of the two engines lie within the error of their samples.
fn agree(request: &sroi::Request, theirs: &Value) -> anyhow::Result<()> {
    let evaluation = sroi::evaluate(request).map_err(refused)?;
    let ours = evaluation.simulation.context("no simulation")?;
    let error: f64 = ours.standard_error.to_string().parse()?;
    let printed = 0.000_05;
    // Quantiles of a normal distribution are so many times less certain than its mean.
    for (key, value, factor) in [
        ("p5", ours.p5, 2.12),
        ("p50", ours.p50, 1.26),
        ("p95", ours.p95, 2.12),
        ("mean", ours.mean, 1.0),
    ] {
        let ours: f64 = value.to_string().parse()?;
        let theirs = theirs[key].as_f64().with_context(|| format!("no {key}"))?;
        let most = ERRORS_APART * factor * (error + printed) * 2.0_f64.sqrt() + printed;
        anyhow::ensure!(
            (ours - theirs).abs() < most,
            "{key} is {ours} here and {theirs} there"
        );
    }
    Ok(())
}
