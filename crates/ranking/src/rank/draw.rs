//! Draws weights: one stream of the generator per block of samples. The mathematics is `libm`'s, so
//! the digits depend on nothing but the seed.
#![expect(
    clippy::float_arithmetic,
    reason = "weights are drawn from continuous distributions; the shares counted are exact"
)]

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

/// One stream of random draws.
pub(super) struct Draw {
    generator: ChaCha20Rng,
}

impl Draw {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
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
    pub(super) fn dirichlet(&mut self, shapes: &[f64], stated: &[f64], weights: &mut Vec<f64>) {
        weights.clear();
        for shape in shapes {
            let part = self.gamma(*shape);
            weights.push(part);
        }
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 {
            for part in weights.iter_mut() {
                *part /= sum;
            }
        } else {
            // Every part underflowed: only possible with vanishing shapes.
            weights.clear();
            weights.extend_from_slice(stated);
        }
    }
}
