//! How often each application holds each rank when weights vary: the only floats of this crate.
//!
//! Samples come in blocks of fixed size, each from its own stream of the generator, and the
//! mathematics is `libm`'s, so the digits depend on nothing but the seed: neither on how many
//! threads share the blocks nor on the machine.
#![expect(
    clippy::float_arithmetic,
    reason = "weights are drawn from continuous distributions; the shares counted are exact"
)]

use money::{Decimal, normal_text};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{Criterion, Ranked, Stability, WeightSpread};

/// Samples per stream of the generator.
const BLOCK_SAMPLES: u32 = 1_000;

/// Fills in the rank acceptabilities of every ranked application.
pub(super) fn acceptability(
    criteria: &[Criterion],
    stability: &Stability,
    applications: &mut [Ranked],
) {
    let points: Vec<Vec<Option<f64>>> = applications
        .iter()
        .filter(|ranked| ranked.rank.is_some())
        .map(|ranked| points_row(criteria, ranked))
        .collect();
    let mut counts = vec![vec![0_u32; points.len()]; points.len()];
    let blocks = stability.samples.div_ceil(BLOCK_SAMPLES);
    for block in 0..blocks {
        let size = BLOCK_SAMPLES.min(stability.samples - block * BLOCK_SAMPLES);
        count_block(criteria, stability, block, size, &points, &mut counts);
    }
    let samples = Decimal::from(stability.samples);
    for (ranked, row) in applications.iter_mut().zip(counts) {
        ranked.rank_acceptability = row
            .into_iter()
            .map(|count| Decimal::from(count) / samples)
            .collect();
    }
}

fn points_row(criteria: &[Criterion], ranked: &Ranked) -> Vec<Option<f64>> {
    criteria
        .iter()
        .map(|criterion| {
            ranked
                .contributions
                .iter()
                .find(|part| part.criterion == criterion.id)
                .map(|part| float(part.points))
        })
        .collect()
}

/// The nearest float; parsing the digits is correctly rounded everywhere.
fn float(value: Decimal) -> f64 {
    normal_text(value).parse().unwrap_or(0.0)
}

fn count_block(
    criteria: &[Criterion],
    stability: &Stability,
    block: u32,
    size: u32,
    points: &[Vec<Option<f64>>],
    counts: &mut [Vec<u32>],
) {
    let mut draw = Draw::new(stability.seed, u64::from(block));
    let stated: Vec<f64> = criteria
        .iter()
        .map(|criterion| float(criterion.weight))
        .collect();
    let mut scores: Vec<(f64, usize)> = Vec::with_capacity(points.len());
    for _ in 0..size {
        let weights = match stability.weights {
            WeightSpread::Uniform => draw.dirichlet(&vec![1.0; stated.len()], &stated),
            WeightSpread::Dirichlet { concentration } => {
                let shapes: Vec<f64> = stated
                    .iter()
                    .map(|weight| weight * f64::from(concentration))
                    .collect();
                draw.dirichlet(&shapes, &stated)
            }
        };
        scores.clear();
        scores.extend(points.iter().map(|row| weighted(row, &weights)).zip(0..));
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        count_ranks(&scores, counts);
    }
}

/// Weighted mean over the criteria that have points; the weights of the others are rescaled away.
fn weighted(row: &[Option<f64>], weights: &[f64]) -> f64 {
    let (mut sum, mut basis) = (0.0, 0.0);
    for (points, weight) in row.iter().zip(weights) {
        if let Some(points) = points {
            sum += weight * points;
            basis += weight;
        }
    }
    if basis > 0.0 { sum / basis } else { 0.0 }
}

/// Equal scores share the better rank, as in the ranking itself.
fn count_ranks(scores: &[(f64, usize)], counts: &mut [Vec<u32>]) {
    let mut rank = 0;
    let mut before = None;
    for (place, (score, application)) in scores.iter().enumerate() {
        if before.is_none_or(|before: f64| before.total_cmp(score).is_ne()) {
            rank = place;
        }
        before = Some(*score);
        if let Some(count) = counts
            .get_mut(*application)
            .and_then(|row| row.get_mut(rank))
        {
            *count += 1;
        }
    }
}

/// One stream of random draws.
struct Draw {
    generator: ChaCha20Rng,
}

impl Draw {
    fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha20Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self { generator }
    }

    /// Uniform in (0, 1): 52 random bits and a half, so that neither end occurs.
    fn uniform(&mut self) -> f64 {
        const HIGH_UNIT: f64 = 67_108_864.0; // 2^26
        let (high, low) = (
            self.generator.next_u32() >> 6,
            self.generator.next_u32() >> 6,
        );
        (f64::from(high) + (f64::from(low) + 0.5) / HIGH_UNIT) / HIGH_UNIT
    }

    /// Standard normal by the polar method (Marsaglia and Bray 1964); the second value is unused.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * libm::sqrt(-2.0 * libm::log(square) / square);
            }
        }
    }

    /// Gamma with this shape and scale 1 (Marsaglia and Tsang 2000); shape 0 is always 0.
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            let boost = libm::pow(self.uniform(), 1.0 / shape);
            return self.gamma(shape + 1.0) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            if libm::log(self.uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }

    /// Weights summing to 1, Dirichlet with these shapes; all shapes 1 is uniform on the simplex.
    fn dirichlet(&mut self, shapes: &[f64], stated: &[f64]) -> Vec<f64> {
        let parts: Vec<f64> = shapes.iter().map(|shape| self.gamma(*shape)).collect();
        let sum: f64 = parts.iter().sum();
        if sum > 0.0 {
            parts.iter().map(|part| part / sum).collect()
        } else {
            // Every part underflowed: only possible with vanishing shapes.
            stated.to_vec()
        }
    }
}
