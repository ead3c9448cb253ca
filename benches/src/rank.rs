//! `rank`: the full order of a thousand to a million applications on twelve criteria, exact.
use std::hint::black_box;

use explain::json::Json;
use ranking::columns::{Column, Order, order};
use serde_json::{Value, json};

use crate::{
    harness::{Engine, compare, growth, not_run, refused},
    peer::Peer,
};

const BENCH: &str = "rank";
const CRITERIA: u32 = 12;
/// Scores in hundredths of a point, from 0 to this.
const SCORE_MAX: u64 = 10_000;
/// Weights in percent.
const WEIGHTS: [i64; 12] = [12, 12, 11, 11, 9, 9, 8, 8, 6, 6, 5, 3];
/// How many places of an order a peer's answer names.
const SHOWN: usize = 1_000;

pub(crate) fn run() -> anyhow::Result<()> {
    with_contributions(1_000)?;
    let mut points = Vec::new();
    for applications in [1_000, 100_000, 1_000_000] {
        points.push((applications, against_peers(applications)?));
    }
    growth(BENCH, &points)
}

fn against_peers(applications: u32) -> anyhow::Result<f64> {
    let scores: Vec<Vec<i64>> = (0..CRITERIA)
        .map(|criterion| {
            (0..applications)
                .map(|n| hundredths(n, criterion))
                .collect()
        })
        .collect();
    let runs = (200_000 / applications).max(1);
    let mut engines = vec![Engine::here(
        "plumbline, columns of whole numbers",
        ranking::ENGINE_VERSION,
        runs,
        || {
            for _ in 0..runs {
                black_box(ordered(black_box(&scores))?);
            }
            Ok(())
        },
    )];
    let ours = ordered(&scores)?;
    let workload = json!({"applications": applications, "weights": WEIGHTS, "score_max": SCORE_MAX,
                          "shown": SHOWN});
    for (program, name, runs) in [
        ("rank_numpy.py", "numpy", runs),
        ("rank_pymcdm.py", "pymcdm", (runs / 10).max(1)),
    ] {
        match Peer::start(program, &workload, runs) {
            Ok(peer) => {
                agree(&ours, &peer.answer)?;
                engines.push(peer.engine());
            }
            Err(reason) => not_run(BENCH, name, &reason.to_string())?,
        }
    }
    engines.push(Engine::here(
        "limit: one read of the matrix",
        "one thread",
        runs,
        || {
            for _ in 0..runs {
                for column in black_box(&scores) {
                    black_box(column.iter().fold(0_i64, |sum, score| sum ^ score));
                }
            }
            Ok(())
        },
    ));
    compare(BENCH, applications, engines)
}

fn ordered(scores: &[Vec<i64>]) -> anyhow::Result<Order> {
    let columns: Vec<Column<'_>> = scores
        .iter()
        .zip(WEIGHTS)
        .map(|(values, weight)| Column {
            weight: money::Decimal::new(weight, 2),
            zero: 0,
            hundred: 10_000,
            values,
        })
        .collect();
    order(&columns).map_err(refused)
}

/// The peer found the same scores from best to worst, and where it keeps equal ones in the order
/// given, the same applications.
fn agree(ours: &Order, theirs: &Value) -> anyhow::Result<()> {
    let every = (ours.places.len() / SHOWN).max(1);
    let shown = |values: &mut dyn Iterator<Item = u64>| -> Vec<u64> {
        values.step_by(every).take(SHOWN).collect()
    };
    let unit = ours.full / (100 * SCORE_MAX);
    let scores = shown(&mut ours.scores.iter().map(|score| score / unit));
    anyhow::ensure!(theirs["scores"] == json!(scores), "the scores differ");
    if !theirs["places"].is_null() {
        let places = shown(&mut ours.places.iter().map(|place| u64::from(*place)));
        anyhow::ensure!(theirs["places"] == json!(places), "the orders differ");
    }
    Ok(())
}

/// A score in hundredths that looks random; the peers compute the same. The first two applications
/// hold the worst and the best score, so that a scale from the batch is the fixed one.
fn hundredths(n: u32, criterion: u32) -> i64 {
    let mixed = (u64::from(n) * 2_654_435_761 + u64::from(criterion) * 40_503_001) % 4_294_967_296;
    let score = match n {
        0 => 0,
        1 => SCORE_MAX,
        _ => (mixed * (mixed / 65_536 + 1) / 65_536) % (SCORE_MAX + 1),
    };
    i64::try_from(score).unwrap_or_default()
}

/// The ranking that people read: contributions, ties, working at hand.
fn with_contributions(applications: u32) -> anyhow::Result<()> {
    let request = ranking::rank::read(&Json::from(&question(applications))).map_err(refused)?;
    let engine = Engine::here(
        "plumbline, with contributions",
        ranking::ENGINE_VERSION,
        1,
        || {
            black_box(ranking::rank::evaluate(&request).map_err(refused)?);
            Ok(())
        },
    );
    compare(BENCH, applications, vec![engine])?;
    Ok(())
}

/// The same scores as the JSON of `calc rank`.
pub(crate) fn question(applications: u32) -> Value {
    let criteria: Vec<Value> = (0..CRITERIA)
        .zip(WEIGHTS)
        .map(|(c, weight)| {
            json!({"id": format!("c{c:02}"), "weight": format!("0.{weight:02}"),
                   "direction": "max", "zero": "0", "hundred": "100"})
        })
        .collect();
    let rows: Vec<Value> = (0..applications)
        .map(|n| {
            let scores: serde_json::Map<String, Value> = (0..CRITERIA)
                .map(|c| {
                    let text = money::Decimal::new(hundredths(n, c), 2).to_string();
                    (format!("c{c:02}"), json!(text))
                })
                .collect();
            json!({"id": format!("a{n:06}"), "scores": scores})
        })
        .collect();
    json!({"criteria": criteria, "applications": rows})
}
