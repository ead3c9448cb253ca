//! Monte Carlo simulation of the ratio. Each (outcome, parameter, block of draws) has a random
//! stream of its own and blocks are summed in order, so the number of threads changes no digit.
#![expect(
    clippy::float_arithmetic,
    reason = "spread, not figures: the point estimate stays exact and is computed elsewhere"
)]

use std::num::NonZeroUsize;

use money::{Decimal, MoneyError};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

use crate::{
    evaluate::Evaluation,
    fixed::Fixed,
    model::{Model, Row, position},
    options::{Seed, Simulation},
    sample::{BLOCK, Block, Sampler, float_of},
    spread::{Histogram, Moments, decimal, float, percentiles},
    types::Parameter,
};

/// Name of the generator, printed with every simulation.
const GENERATOR: &str = "chacha8";
/// Most threads of one simulation: it shares the machine with other requests.
const THREADS_MAX: usize = 4;
/// Fewer blocks than this are not worth a thread.
const BLOCKS_PER_THREAD: usize = 16;
/// Draws whose remaining shares are computed side by side.
const LANES: usize = 16;

/// Spread of the ratio; all figures have four places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationResult {
    /// Name of the random number generator.
    pub generator: &'static str,
    /// Number of draws.
    pub draws: u32,
    /// The seed as text: the input hash or the number.
    pub seed: String,
    /// Shape of the distributions.
    pub distribution: &'static str,
    /// Fifth percentile (linear interpolation between order statistics).
    pub p5: Decimal,
    /// Median.
    pub p50: Decimal,
    /// Ninety-fifth percentile.
    pub p95: Decimal,
    /// Mean.
    pub mean: Decimal,
    /// Standard error of the mean.
    pub standard_error: Decimal,
    /// Share of draws above 1.
    pub probability_above_1: Decimal,
    /// Share of draws at or below the point estimate: 0.5 would be the median.
    pub point_percentile: Decimal,
    /// Where the draws fell.
    pub histogram: Histogram,
}

pub(crate) fn simulate(
    asked: Simulation,
    model: &Model,
    evaluation: &Evaluation,
) -> Result<SimulationResult, MoneyError> {
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    simulate_on(threads.min(THREADS_MAX), asked, model, evaluation)
}

fn simulate_on(
    threads: usize,
    asked: Simulation,
    model: &Model,
    evaluation: &Evaluation,
) -> Result<SimulationResult, MoneyError> {
    let plan = Plan::of(asked, model, evaluation)?;
    let mut ratios = vec![0.0; position(asked.draws)];
    let blocks = ratios.len().div_ceil(BLOCK);
    let mut moments = vec![Moments::NONE; blocks];
    let per_thread = blocks.div_ceil(threads.max(1)).max(BLOCKS_PER_THREAD);
    if blocks <= per_thread {
        plan.fill(0, &mut ratios, &mut moments);
    } else {
        let parts = ratios.chunks_mut(per_thread * BLOCK);
        std::thread::scope(|scope| {
            for (part, (ratios, moments)) in parts.zip(moments.chunks_mut(per_thread)).enumerate() {
                let plan = &plan;
                scope.spawn(move || plan.fill(part * per_thread, ratios, moments));
            }
        });
    }
    let all = moments.iter().fold(Moments::NONE, Moments::and);
    summarise(asked, evaluation, &ratios, all, plan.point)
}

/// One outcome as the simulation sees it.
struct Term {
    /// Position in the request: part of the stream's number.
    position: u64,
    /// The factors that vary, in the order of the calculation, drop-off apart.
    factors: Vec<(u64, Sampler)>,
    /// Present value of each year of the outcome before drop-off, in inputs, times every factor
    /// that does not vary.
    weights: Vec<f64>,
    /// The share kept each year.
    kept: Kept,
}

enum Kept {
    Always(f64),
    Drawn(u64, Sampler),
}

struct Plan {
    key: [u8; 32],
    terms: Vec<Term>,
    /// The point estimate.
    point: f64,
}

impl Plan {
    fn of(asked: Simulation, model: &Model, evaluation: &Evaluation) -> Result<Self, MoneyError> {
        let terms = model
            .rows
            .iter()
            .map(|(at, row)| term(asked, *at, row, evaluation))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            key: key(asked.seed, evaluation),
            terms,
            point: float(evaluation.ratio().decimal())?,
        })
    }

    /// Fills whole blocks, the first of which has number `first`. The last block may be cut off;
    /// its other draws are made all the same.
    fn fill(&self, first: usize, ratios: &mut [f64], moments: &mut [Moments]) {
        let mut product: Block = [0.0; BLOCK];
        for (at, (ratios, moments)) in ratios.chunks_mut(BLOCK).zip(moments).enumerate() {
            let block = u64::try_from(first + at).unwrap_or_default();
            for term in &self.terms {
                term.fill(&self.key, block, &mut product);
                for (ratio, value) in ratios.iter_mut().zip(product) {
                    *ratio += value;
                }
            }
            *moments = Moments::of(ratios, self.point);
        }
    }
}

impl Term {
    fn fill(&self, key: &[u8; 32], block: u64, product: &mut Block) {
        match &self.kept {
            Kept::Always(kept) => product.fill(*kept),
            Kept::Drawn(number, sampler) => {
                product.fill(1.0);
                sampler.multiply(&mut self.stream(key, *number, block), product);
            }
        }
        remaining(&self.weights, product);
        for (number, sampler) in &self.factors {
            sampler.multiply(&mut self.stream(key, *number, block), product);
        }
    }

    fn stream(&self, key: &[u8; 32], parameter: u64, block: u64) -> ChaCha8Rng {
        let mut stream = ChaCha8Rng::from_seed(*key);
        stream.set_stream((self.position << 40) | (parameter << 32) | block);
        stream
    }
}

/// Replaces each share kept by the sum of the weights, every later year keeping that share of the
/// one before.
fn remaining(weights: &[f64], kept: &mut Block) {
    for kept in kept.as_chunks_mut::<LANES>().0 {
        let mut sums = [0.0; LANES];
        for weight in weights.iter().rev() {
            for (sum, kept) in sums.iter_mut().zip(&*kept) {
                *sum = *sum * *kept + *weight;
            }
        }
        *kept = sums;
    }
}

fn parameter_number(parameter: Parameter) -> u64 {
    match parameter {
        Parameter::Quantity => 0,
        Parameter::Proxy => 1,
        Parameter::Deadweight => 2,
        Parameter::Displacement => 3,
        Parameter::Attribution => 4,
        Parameter::Dropoff => 5,
    }
}

fn term(
    asked: Simulation,
    at: usize,
    row: &Row,
    evaluation: &Evaluation,
) -> Result<Term, MoneyError> {
    let request = &evaluation.request;
    let outcome = request.outcomes.get(at).ok_or(MoneyError::OutOfRange)?;
    let sampler = |parameter| Sampler::of(request, outcome, parameter, asked.distribution);
    let mut constant = 1.0 / float_of(evaluation.investment)?;
    let mut factors = Vec::new();
    for parameter in Parameter::ALL {
        let value = float(outcome.value(parameter).unwrap_or_default())?;
        let found = sampler(parameter)?;
        let number = parameter_number(parameter);
        match (parameter, found) {
            (Parameter::Dropoff, _) | (Parameter::Quantity, None) => {}
            // The weights already hold the stated quantity.
            (Parameter::Quantity, Some(found)) => {
                factors.push((number, found.moved(0.0, 1.0 / value)));
            }
            (Parameter::Proxy, Some(found)) => factors.push((number, found)),
            (Parameter::Proxy, None) => constant *= value,
            (Parameter::Deadweight | Parameter::Displacement | Parameter::Attribution, found) => {
                match found {
                    Some(found) => factors.push((number, found.moved(1.0, -1.0))),
                    None => constant *= 1.0 - value,
                }
            }
        }
    }
    let kept = match sampler(Parameter::Dropoff)? {
        Some(found) => Kept::Drawn(parameter_number(Parameter::Dropoff), found.moved(1.0, -1.0)),
        None => Kept::Always(1.0 - float(row.dropoff)?),
    };
    let weights = weights(row, evaluation)?;
    Ok(Term {
        position: u64::try_from(at).map_err(|_| MoneyError::Overflow)?,
        factors,
        weights: weights.iter().map(|weight| weight * constant).collect(),
        kept,
    })
}

/// Present value of the units in each year of the outcome, before price and deductions.
fn weights(row: &Row, evaluation: &Evaluation) -> Result<Vec<f64>, MoneyError> {
    (0..position(row.duration))
        .map(|offset| {
            let mut sum = Fixed::ZERO;
            for (start, quantity) in &row.cohorts {
                let units = Fixed::try_from_decimal(*quantity)?;
                let year = start + offset;
                sum = sum.plus(evaluation.discounting.present_value(units, year)?)?;
            }
            float_of(sum)
        })
        .collect()
}

/// The generator's key: the 32 bytes of the input hash, or the number in little-endian bytes.
fn key(seed: Seed, evaluation: &Evaluation) -> [u8; 32] {
    let mut key = [0; 32];
    match seed {
        Seed::Number(number) => {
            for (place, byte) in key.iter_mut().zip(number.to_le_bytes()) {
                *place = byte;
            }
        }
        Seed::InputHash => {
            let digits = evaluation
                .input_hash()
                .rsplit(':')
                .next()
                .unwrap_or_default();
            for (place, at) in key.iter_mut().zip((0..digits.len()).step_by(2)) {
                let pair = digits.get(at..at + 2).unwrap_or_default();
                *place = u8::from_str_radix(pair, 16).unwrap_or_default();
            }
        }
    }
    key
}

fn summarise(
    asked: Simulation,
    evaluation: &Evaluation,
    ratios: &[f64],
    all: Moments,
    point: f64,
) -> Result<SimulationResult, MoneyError> {
    // One draw that is no number makes the sum none.
    if !all.squares.is_finite() {
        return Err(MoneyError::Overflow);
    }
    let count = f64::from(asked.draws);
    let excess = (all.squares - all.sum * all.sum / count).max(0.0);
    let found = percentiles(ratios, all.least, all.most, [5, 50, 500, 950, 995]);
    let [low, p5, p50, p95, high] = found;
    Ok(SimulationResult {
        generator: GENERATOR,
        draws: asked.draws,
        seed: match asked.seed {
            Seed::InputHash => evaluation.input_hash().to_owned(),
            Seed::Number(number) => number.to_string(),
        },
        distribution: asked.distribution.word(),
        p5: decimal(p5, 4)?,
        p50: decimal(p50, 4)?,
        p95: decimal(p95, 4)?,
        mean: decimal(point + all.sum / count, 4)?,
        standard_error: decimal((excess / (count - 1.0) / count).sqrt(), 4)?,
        probability_above_1: decimal(f64::from(all.above_one) / count, 4)?,
        point_percentile: decimal(f64::from(all.at_most_point) / count, 4)?,
        histogram: Histogram::of(ratios, low, high)?,
    })
}

#[cfg(test)]
mod tests {
    use explain::json::Json;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_number_of_threads_changes_no_digit() {
        let outcome = |id: &str, proxy: &str| {
            json!({
                "id": id, "stakeholder": "Members", "name": "Change", "quantity": "12",
                "proxy": proxy, "deadweight": "0.2", "displacement": "0.1", "attribution": "0.3",
                "dropoff": "0.25", "duration": 4, "start": 1, "evidence_grade": "C",
            })
        };
        for distribution in ["triangular", "pert", "lognormal"] {
            let body = json!({
                "currency": "HKD", "discount_rate": "0.035", "bands": {"C": "0.30"},
                "inputs": [{"name": "Grant", "amount": "9000", "year": 0, "kind": "cash"}],
                "outcomes": [outcome("o1", "400"), outcome("o2", "1250.50")],
                "simulation": {"draws": 70_001, "seed": 5, "distribution": distribution},
            });
            let request = crate::read(&Json::from(&body)).unwrap();
            let evaluation = crate::evaluate(&request).unwrap();
            let asked = request.simulation.unwrap();
            let model = Model::of(&request).unwrap();
            let run = |threads| simulate_on(threads, asked, &model, &evaluation).unwrap();
            let alone = run(1);
            for threads in [2, 3, 8] {
                assert_eq!(run(threads), alone, "{threads} threads, {distribution}");
            }
        }
    }
}
