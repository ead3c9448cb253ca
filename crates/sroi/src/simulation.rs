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
    sample::{BLOCK, Sampler, float, float_of},
    types::Parameter,
};

/// Name of the generator, printed with every simulation.
const GENERATOR: &str = "chacha8";
/// Most threads of one simulation: it shares the machine with other requests.
const THREADS_MAX: usize = 4;
/// Fewer blocks than this are not worth a thread.
const BLOCKS_PER_THREAD: usize = 8;

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
    let seed = match asked.seed {
        Seed::InputHash => evaluation.input_hash.clone(),
        Seed::Number(number) => number.to_string(),
    };
    let plan = Plan::of(asked, model, evaluation)?;
    let mut ratios = vec![0.0; position(asked.draws)];
    let blocks = ratios.len().div_ceil(BLOCK);
    let per_thread = blocks.div_ceil(threads.max(1)).max(BLOCKS_PER_THREAD);
    if blocks <= per_thread {
        plan.fill(0, &mut ratios);
    } else {
        std::thread::scope(|scope| {
            for (part, ratios) in ratios.chunks_mut(per_thread * BLOCK).enumerate() {
                let plan = &plan;
                scope.spawn(move || plan.fill(part * per_thread, ratios));
            }
        });
    }
    summarise(asked, seed, ratios, float(evaluation.ratio().decimal())?)
}

/// One outcome as the simulation sees it.
struct Term {
    /// Position in the request: part of the stream's number.
    position: u64,
    /// Product of everything that does not vary, the stated quantity included.
    constant: f64,
    /// What varies, in the order of the calculation, drop-off apart.
    factors: Vec<(u64, Factor, Sampler)>,
    /// Present value per year of the outcome before drop-off, per unit of `constant`.
    weights: Vec<f64>,
    dropoff: f64,
    dropoff_sampler: Option<Sampler>,
}

/// How a draw enters the product.
#[derive(Clone, Copy)]
enum Factor {
    /// As it is, times this.
    Times(f64),
    /// As one minus it.
    Complement,
}

struct Plan {
    key: [u8; 32],
    terms: Vec<Term>,
    investment: f64,
}

impl Plan {
    fn of(asked: Simulation, model: &Model, evaluation: &Evaluation) -> Result<Self, MoneyError> {
        let terms = model
            .rows
            .iter()
            .map(|(at, row)| term(asked, *at, row, evaluation))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            key: key(asked.seed, &evaluation.input_hash),
            terms,
            investment: float_of(evaluation.investment)?,
        })
    }

    /// Fills whole blocks, the first of which has number `first`.
    fn fill(&self, first: usize, ratios: &mut [f64]) {
        let mut product = [0.0; BLOCK];
        let mut draws = [0.0; BLOCK];
        for (at, totals) in ratios.chunks_mut(BLOCK).enumerate() {
            let block = u64::try_from(first + at).unwrap_or_default();
            for term in &self.terms {
                let product = product.get_mut(..totals.len()).unwrap_or_default();
                let draws = draws.get_mut(..totals.len()).unwrap_or_default();
                term.fill(&self.key, block, product, draws);
                for (total, value) in totals.iter_mut().zip(product) {
                    *total += *value;
                }
            }
            for total in totals {
                *total /= self.investment;
            }
        }
    }
}

impl Term {
    fn fill(&self, key: &[u8; 32], block: u64, product: &mut [f64], draws: &mut [f64]) {
        if let Some(sampler) = self.dropoff_sampler {
            let number = parameter_number(Parameter::Dropoff);
            sampler.fill(&mut self.stream(key, number, block), draws);
            for (value, dropoff) in product.iter_mut().zip(&*draws) {
                *value = self.constant * remaining(&self.weights, *dropoff);
            }
        } else {
            product.fill(self.constant * remaining(&self.weights, self.dropoff));
        }
        for (number, factor, sampler) in &self.factors {
            sampler.fill(&mut self.stream(key, *number, block), draws);
            match factor {
                Factor::Times(unit) => {
                    for (value, draw) in product.iter_mut().zip(&*draws) {
                        *value *= *draw * *unit;
                    }
                }
                Factor::Complement => {
                    for (value, draw) in product.iter_mut().zip(&*draws) {
                        *value *= 1.0 - *draw;
                    }
                }
            }
        }
    }

    fn stream(&self, key: &[u8; 32], parameter: u64, block: u64) -> ChaCha8Rng {
        let mut stream = ChaCha8Rng::from_seed(*key);
        stream.set_stream((self.position << 40) | (parameter << 32) | block);
        stream
    }
}

/// Sum of the weights, each later year keeping (1 − dropoff) of the one before.
fn remaining(weights: &[f64], dropoff: f64) -> f64 {
    let kept = 1.0 - dropoff;
    weights
        .iter()
        .rev()
        .fold(0.0, |sum, weight| sum * kept + weight)
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
    let mut constant = 1.0;
    let mut factors = Vec::new();
    for parameter in Parameter::ALL {
        let value = float(outcome.value(parameter).unwrap_or_default())?;
        let found = sampler(parameter)?;
        let number = parameter_number(parameter);
        match (parameter, found) {
            (Parameter::Dropoff, _) | (Parameter::Quantity, None) => {}
            // The weights already hold the stated quantity.
            (Parameter::Quantity, Some(found)) => {
                factors.push((number, Factor::Times(1.0 / value), found));
            }
            (Parameter::Proxy, Some(found)) => factors.push((number, Factor::Times(1.0), found)),
            (Parameter::Proxy, None) => constant *= value,
            (Parameter::Deadweight | Parameter::Displacement | Parameter::Attribution, found) => {
                match found {
                    Some(found) => factors.push((number, Factor::Complement, found)),
                    None => constant *= 1.0 - value,
                }
            }
        }
    }
    Ok(Term {
        position: u64::try_from(at).map_err(|_| MoneyError::Overflow)?,
        constant,
        factors,
        weights: weights(row, evaluation)?,
        dropoff: float(row.dropoff)?,
        dropoff_sampler: sampler(Parameter::Dropoff)?,
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
fn key(seed: Seed, input_hash: &str) -> [u8; 32] {
    let mut key = [0; 32];
    match seed {
        Seed::Number(number) => {
            for (place, byte) in key.iter_mut().zip(number.to_le_bytes()) {
                *place = byte;
            }
        }
        Seed::InputHash => {
            let digits = input_hash.rsplit(':').next().unwrap_or_default();
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
    seed: String,
    mut ratios: Vec<f64>,
    point: f64,
) -> Result<SimulationResult, MoneyError> {
    let count = f64::from(asked.draws);
    let mean = ratios.iter().sum::<f64>() / count;
    let squares = ratios
        .iter()
        .map(|ratio| (ratio - mean) * (ratio - mean))
        .sum::<f64>();
    let share = |wanted: &dyn Fn(f64) -> bool| {
        let found = ratios.iter().filter(|ratio| wanted(**ratio)).count();
        u32::try_from(found).map_or(0.0, f64::from) / count
    };
    let above = share(&|ratio| ratio > 1.0);
    let below = share(&|ratio| ratio <= point);
    Ok(SimulationResult {
        generator: GENERATOR,
        draws: asked.draws,
        seed,
        distribution: asked.distribution.word(),
        p5: four_places(percentile(&mut ratios, 5))?,
        p50: four_places(percentile(&mut ratios, 50))?,
        p95: four_places(percentile(&mut ratios, 95))?,
        mean: four_places(mean)?,
        standard_error: four_places((squares / (count - 1.0) / count).sqrt())?,
        probability_above_1: four_places(above)?,
        point_percentile: four_places(below)?,
    })
}

/// Linear interpolation between the order statistics around rank p(n−1)/100.
fn percentile(ratios: &mut [f64], percent: usize) -> f64 {
    let scaled = ratios.len().saturating_sub(1) * percent;
    let (rank, rest) = (scaled / 100, scaled % 100);
    let (_, at, above) = ratios.select_nth_unstable_by(rank, f64::total_cmp);
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(*at);
    let fraction = u32::try_from(rest).map_or(0.0, f64::from) / 100.0;
    *at + (next - *at) * fraction
}

/// A float as a decimal of four places.
fn four_places(value: f64) -> Result<Decimal, MoneyError> {
    format!("{value:.4}")
        .parse()
        .map_err(|_| MoneyError::Overflow)
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
            for threads in 2..=5 {
                assert_eq!(run(threads), alone, "{threads} threads, {distribution}");
            }
        }
    }
}
