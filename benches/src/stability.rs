//! `stability`: how often each of a thousand applications holds each rank when weights vary.
#![expect(
    clippy::float_arithmetic,
    reason = "mean ranks are compared; no figure of the platform passes through here"
)]
use std::{hint::black_box, num::NonZero};

use anyhow::Context as _;
use explain::json::Json;
use ranking::rank::{Request, Samples, evaluate, sample};
use serde_json::{Value, json};

use crate::{
    harness::{Engine, compare, growth, not_run, refused},
    peer::Peer,
    rank::question,
};

const BENCH: &str = "stability";
const APPLICATIONS: u32 = 1_000;
/// How many standard errors two mean ranks may lie apart.
const ERRORS_APART: f64 = 6.0;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut points = Vec::new();
    for samples in [1_000, 10_000, 100_000] {
        points.push((samples, against_peer(samples)?));
    }
    growth(BENCH, &points)
}

fn against_peer(samples: u32) -> anyhow::Result<f64> {
    let mut body = question(APPLICATIONS);
    // More samples than a request may ask for are counted through the typed function only.
    body["stability"] = json!({"samples": samples.min(10_000), "seed": 1, "weights": "uniform"});
    let mut request = ranking::rank::read(&Json::from(&body)).map_err(refused)?;
    if let Some(stability) = &mut request.stability {
        stability.samples = samples;
    }
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let ours = sample(&request, threads).map_err(refused)?;
    let mut engines = vec![counting("plumbline, counts", &request, threads)];
    if samples == 10_000 {
        engines.push(counting("plumbline, counts, one thread", &request, 1));
        let name = "plumbline, whole ranking with shares";
        engines.push(Engine::here(name, ranking::ENGINE_VERSION, 1, || {
            black_box(evaluate(&request).map_err(refused)?);
            Ok(())
        }));
    }
    if samples <= 10_000 {
        let workload = json!({"applications": APPLICATIONS, "criteria": 12, "samples": samples,
                              "score_max": 10_000});
        match Peer::start("stability_numpy.py", &workload, 1) {
            Ok(peer) => {
                agree(&ours, &peer.answer)?;
                engines.push(peer.engine());
            }
            Err(reason) => not_run(BENCH, "numpy", &reason.to_string())?,
        }
    }
    compare(BENCH, samples, engines)
}

fn counting<'a>(name: &str, request: &'a Request, threads: usize) -> Engine<'a> {
    Engine::here(name, ranking::ENGINE_VERSION, 1, move || {
        black_box(sample(request, threads).map_err(refused)?);
        Ok(())
    })
}

/// Mean ranks lie within the error of the two samples; each draws its own weights.
fn agree(ours: &Samples, theirs: &Value) -> anyhow::Result<()> {
    let samples = f64::from(ours.samples);
    let width = ours.ids.len();
    for (id, row) in ours.ids.iter().zip(ours.ranks.chunks_exact(width.max(1))) {
        let place: usize = id.trim_start_matches('a').parse()?;
        let moment = |power: i32| {
            let terms = (0_u32..).zip(row);
            terms
                .map(|(rank, count)| f64::from(rank).powi(power) * f64::from(*count))
                .sum::<f64>()
                / samples
        };
        let (mean, square) = (moment(1), moment(2));
        let error = ((square - mean * mean).max(0.0) * 2.0 / samples).sqrt();
        let other = theirs["mean_ranks"][place]
            .as_f64()
            .with_context(|| format!("no mean rank of {id}"))?;
        anyhow::ensure!(
            (mean - other).abs() <= ERRORS_APART * error + 1e-9,
            "the mean rank of {id} is {mean} here and {other} there"
        );
    }
    Ok(())
}
