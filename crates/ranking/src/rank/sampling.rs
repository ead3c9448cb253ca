//! How often each application holds each rank when weights vary.
//!
//! Samples come in blocks of fixed size, each from its own stream of the generator; everything
//! counted is a whole number, so neither the number of threads nor the machine changes a digit.
#![expect(
    clippy::float_arithmetic,
    reason = "weights are drawn from continuous distributions; the shares counted are exact"
)]
use std::{
    num::NonZero,
    sync::atomic::{AtomicU32, Ordering},
};

use explain::Problems;
use money::{Decimal, Hkd, normal_text};

use super::{
    Criterion, Ranked, Request, Room, Stability, WeightSpread,
    counting::{Points, Sorter, nearest},
    draw::Draw,
    evaluate, line,
};

/// Samples per stream of the generator.
const BLOCK_SAMPLES: u32 = 1_000;
/// Samples whose ranks are kept before they are counted, application by application.
const BATCH: usize = 250;
/// Most threads that share the blocks.
const THREADS_MAX: usize = 16;
/// Most counters of all threads together (a quarter of a gibibyte).
const COUNTERS_MAX: usize = 67_108_864;
/// Drawn weights are added up in parts of 2^40.
const WEIGHT_UNIT: f64 = 1_099_511_627_776.0;

/// What was counted, application by application in the order of a budget line: by score, then by
/// the keys that break ties, then by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Samples {
    /// Ids of the ranked applications; every other list has one entry, or one row, for each.
    pub ids: Vec<String>,
    /// Sets of weights drawn.
    pub samples: u32,
    /// Row by row: how often the application held rank 1, 2, …
    pub ranks: Vec<u32>,
    /// How often it ended above the line; empty without a line.
    pub above: Vec<u32>,
    /// Row by row: two for each win over the application of the column, one for each equal score;
    /// empty when not asked.
    pub wins: Vec<u32>,
    /// How often it came first.
    pub first: Vec<u32>,
    /// Row by row: the sum of the weights with which it came first, in parts of 2^40; empty when
    /// not asked.
    pub first_weights: Vec<u64>,
}

impl Samples {
    fn of(ids: Vec<String>, plan: &Plan) -> Self {
        let count = ids.len();
        let when = |asked: bool, size: usize| if asked { size } else { 0 };
        Self {
            ids,
            samples: plan.stability.samples,
            ranks: vec![0; count * count],
            above: vec![0; when(plan.room.is_some(), count)],
            wins: vec![0; when(plan.pairwise, count * count)],
            first: vec![0; count],
            first_weights: vec![0; when(plan.central, count * plan.stated.len())],
        }
    }

    fn add(&mut self, other: &Self) {
        for (own, others) in [
            (&mut self.ranks, &other.ranks),
            (&mut self.above, &other.above),
            (&mut self.wins, &other.wins),
            (&mut self.first, &other.first),
        ] {
            own.iter_mut()
                .zip(others)
                .for_each(|(own, other)| *own += other);
        }
        let weights = self.first_weights.iter_mut().zip(&other.first_weights);
        weights.for_each(|(own, other)| *own += other);
    }
}

/// Counts on so many threads; their number changes nothing but the time. Without `stability`
/// nothing is drawn.
pub fn sample(request: &Request, threads: usize) -> Result<Samples, Problems> {
    let (criteria, applications) = evaluate::ranked(request)?;
    Ok(request
        .stability
        .map(|stability| count(&criteria, stability, request, &applications, threads))
        .unwrap_or_default())
}

/// As many threads as there are processors.
pub(super) fn threads_here() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// What does not change from sample to sample.
struct Plan {
    stability: Stability,
    stated: Vec<f64>,
    shapes: Vec<f64>,
    points: Points,
    room: Option<Room>,
    costs: Vec<Option<Hkd>>,
    pairwise: bool,
    central: bool,
}

pub(super) fn count(
    criteria: &[Criterion],
    stability: Stability,
    request: &Request,
    applications: &[Ranked],
    threads: usize,
) -> Samples {
    let order = line::order(request, applications);
    let in_order: Vec<&Ranked> = order
        .iter()
        .filter_map(|place| applications.get(*place))
        .collect();
    let rows: Vec<Vec<Option<f64>>> = in_order
        .iter()
        .map(|ranked| points_row(criteria, ranked))
        .collect();
    let stated: Vec<f64> = criteria.iter().map(|each| float(each.weight)).collect();
    let shapes = match stability.weights {
        WeightSpread::Uniform => vec![1.0; stated.len()],
        WeightSpread::Dirichlet { concentration } => stated
            .iter()
            .map(|weight| weight * f64::from(concentration))
            .collect(),
    };
    let ids: Vec<String> = in_order.iter().map(|ranked| ranked.id.clone()).collect();
    let plan = Plan {
        stability,
        points: Points::of(&rows, criteria.len()),
        stated,
        shapes,
        room: request.asks.line.map(|line| line.room),
        costs: line::costs(request, &ids),
        pairwise: request.asks.pairwise,
        central: request.asks.central_weights,
    };
    run(&plan, ids, threads)
}

fn points_row(criteria: &[Criterion], ranked: &Ranked) -> Vec<Option<f64>> {
    let mut parts = ranked.contributions.iter().peekable();
    criteria
        .iter()
        .map(|criterion| {
            parts
                .next_if(|part| part.criterion == criterion.id)
                .map(|part| float(part.points))
        })
        .collect()
}

/// The nearest float; parsing the digits is correctly rounded everywhere.
fn float(value: Decimal) -> f64 {
    normal_text(value).parse().unwrap_or(0.0)
}

/// Shares the blocks among the threads and adds up what they counted.
fn run(plan: &Plan, ids: Vec<String>, threads: usize) -> Samples {
    let mut all = Samples::of(ids, plan);
    let blocks = plan.stability.samples.div_ceil(BLOCK_SAMPLES);
    let fit = COUNTERS_MAX / all.ranks.len().max(1);
    let threads = threads
        .min(THREADS_MAX)
        .min(fit)
        .min(usize::try_from(blocks).unwrap_or(THREADS_MAX));
    let next = AtomicU32::new(0);
    let work = |counted: &mut Samples| {
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks {
                break;
            }
            count_block(plan, block, counted);
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|_| {
                let mut counted = Samples::of(all.ids.clone(), plan);
                scope.spawn(|| {
                    work(&mut counted);
                    counted
                })
            })
            .collect();
        work(&mut all);
        for other in others {
            match other.join() {
                Ok(counted) => all.add(&counted),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    all
}

/// Draws and counts the samples of one block.
fn count_block(plan: &Plan, block: u32, counted: &mut Samples) {
    let size = BLOCK_SAMPLES.min(plan.stability.samples - block * BLOCK_SAMPLES);
    let mut draw = Draw::new(plan.stability.seed, u64::from(block));
    let count = counted.ids.len();
    let (mut weights, mut scores) = (Vec::new(), Vec::new());
    let mut sorter = Sorter::default();
    let mut batch: Vec<u16> = Vec::new();
    let mut ranks = vec![0; count];
    for sample in 0..size {
        draw.dirichlet(&plan.shapes, &plan.stated, &mut weights);
        plan.points.scores(&weights, &mut scores);
        let in_order = sorter.order(&scores);
        rank(in_order, &mut ranks);
        batch.extend_from_slice(&ranks);
        count_line(plan, in_order, counted);
        count_first(plan, in_order, &weights, counted);
        if plan.pairwise {
            count_wins(&scores, &mut counted.wins);
        }
        if batch.len() >= BATCH * count || sample + 1 == size {
            count_ranks(&batch, count, &mut counted.ranks);
            batch.clear();
        }
    }
}

/// Equal scores share the better rank, as in the ranking itself.
fn rank(sorted: &[(f64, u32)], ranks: &mut [u16]) {
    let mut shared = 0;
    let mut before = None;
    for ((score, application), place) in sorted.iter().zip(0_u16..) {
        if before.is_none_or(|before: f64| before.total_cmp(score).is_ne()) {
            shared = place;
        }
        before = Some(*score);
        if let Some(rank) = usize::try_from(*application)
            .ok()
            .and_then(|application| ranks.get_mut(application))
        {
            *rank = shared;
        }
    }
}

/// Application by application, so that a row of counters stays in the cache.
fn count_ranks(batch: &[u16], applications: usize, counters: &mut [u32]) {
    for (application, row) in counters.chunks_exact_mut(applications.max(1)).enumerate() {
        for rank in batch.iter().skip(application).step_by(applications) {
            if let Some(counter) = row.get_mut(usize::from(*rank)) {
                *counter += 1;
            }
        }
    }
}

fn count_line(plan: &Plan, sorted: &[(f64, u32)], counted: &mut Samples) {
    let Some(room) = plan.room else { return };
    let places = sorted
        .iter()
        .filter_map(|(_, application)| usize::try_from(*application).ok());
    let costs = places
        .clone()
        .map(|place| plan.costs.get(place).copied().flatten());
    let above = line::fit(room, costs);
    for place in places.take(above) {
        if let Some(counter) = counted.above.get_mut(place) {
            *counter += 1;
        }
    }
}

/// Everybody with the best score comes first.
fn count_first(plan: &Plan, sorted: &[(f64, u32)], weights: &[f64], counted: &mut Samples) {
    let Some((best, _)) = sorted.first() else {
        return;
    };
    for (score, application) in sorted {
        if best.total_cmp(score).is_ne() {
            break;
        }
        let Ok(place) = usize::try_from(*application) else {
            continue;
        };
        if let Some(counter) = counted.first.get_mut(place) {
            *counter += 1;
        }
        if plan.central {
            let row = counted.first_weights.iter_mut().skip(place * weights.len());
            row.zip(weights)
                .for_each(|(sum, weight)| *sum += nearest(weight * WEIGHT_UNIT));
        }
    }
}

fn count_wins(scores: &[f64], wins: &mut [u32]) {
    for (row, own) in wins.chunks_exact_mut(scores.len().max(1)).zip(scores) {
        for (counter, other) in row.iter_mut().zip(scores) {
            *counter += u32::from(own > other) + u32::from(own >= other);
        }
    }
}
