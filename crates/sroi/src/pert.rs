//! PERT draws: a beta distribution of weight 4 on the stated value, drawn exactly by rejection
//! from strips of equal area laid over its density (after Ahrens 1995, "A one-table method for
//! sampling from continuous and discrete distributions").
#![expect(
    clippy::float_arithmetic,
    reason = "a distribution is sampled; official figures never pass through here"
)]

use rand_chacha::{ChaCha8Rng, rand_core::Rng};

use crate::sample::uniform;

/// Area of one strip under a density whose peak is 1: about a hundred strips cover it, and one
/// draw in twenty needs the density itself.
const STRIP_AREA: f64 = 1.0 / 256.0;
/// Weight of the stated value against the two ends.
const WEIGHT: f64 = 4.0;

/// The sampler of one parameter.
#[derive(Debug, Clone)]
pub(crate) struct Pert {
    low: f64,
    width: f64,
    density: Density,
    strips: Vec<Strip>,
    count: u64,
}

/// x^p · (1−x)^q between 0 and 1, scaled so that its peak is 1.
#[derive(Debug, Clone, Copy)]
struct Density {
    left: f64,
    right: f64,
    scale: f64,
}

/// A box over the density, from its higher end outwards.
#[derive(Debug, Clone, Copy)]
struct Strip {
    from: f64,
    /// Width; negative to the left of the peak.
    step: f64,
    height: f64,
    /// The density at the outer end: whatever lies below is accepted at once.
    floor: f64,
}

impl Pert {
    /// `low` and `high` differ and `mode` lies between them.
    pub(crate) fn of(low: f64, mode: f64, high: f64) -> Self {
        let peak = (mode - low) / (high - low);
        let density = Density::of(peak);
        let mut strips = Vec::new();
        for (end, direction) in [(0.0, -1.0), (1.0, 1.0)] {
            let (mut from, mut height) = (peak, 1.0);
            while (end - from) * direction > 0.0 {
                let step = direction * STRIP_AREA / height;
                let floor = density.at(from + step);
                strips.push(Strip {
                    from,
                    step,
                    height,
                    floor,
                });
                (from, height) = (from + step, floor);
            }
        }
        Self {
            low,
            width: high - low,
            density,
            count: u64::try_from(strips.len()).unwrap_or_default(),
            strips,
        }
    }

    pub(crate) fn moved(self, offset: f64, scale: f64) -> Self {
        Self {
            low: offset + scale * self.low,
            width: scale * self.width,
            ..self
        }
    }

    pub(crate) fn draw(&self, stream: &mut ChaCha8Rng) -> f64 {
        loop {
            // The whole part of the product names the strip, the rest the place inside it.
            let product = u64::from(stream.next_u32()) * self.count;
            let strip = usize::try_from(product >> 32).unwrap_or_default();
            let Some(strip) = self.strips.get(strip) else {
                continue;
            };
            let rest = u32::try_from(product & 0xFFFF_FFFF).unwrap_or_default();
            let x = strip.from + strip.step * ((f64::from(rest) + 0.5) / 4_294_967_296.0);
            let y = strip.height * uniform(stream);
            if y <= strip.floor || y <= self.density.at(x) {
                return self.low + self.width * x;
            }
        }
    }
}

impl Density {
    fn of(peak: f64) -> Self {
        let (left, right) = (WEIGHT * peak, WEIGHT * (1.0 - peak));
        Self {
            left,
            right,
            scale: -(power(left, peak) + power(right, 1.0 - peak)),
        }
    }

    fn at(&self, x: f64) -> f64 {
        if x <= 0.0 || x >= 1.0 {
            return 0.0;
        }
        libm::exp(power(self.left, x) + power(self.right, 1.0 - x) + self.scale)
    }
}

/// The logarithm of `base` to the power of `exponent`; nothing to the power of nothing is one.
fn power(exponent: f64, base: f64) -> f64 {
    if exponent > 0.0 {
        exponent * libm::log(base)
    } else {
        0.0
    }
}
