//! Random draws of one parameter between its low and high. The only floats are here and in
//! `simulation`; square roots are exact by IEEE 754 and everything else comes from `libm`, so
//! that every machine draws the same digits.
#![expect(
    clippy::float_arithmetic,
    reason = "a distribution is sampled; official figures never pass through here"
)]

use money::{Decimal, MoneyError};
use rand_chacha::{ChaCha8Rng, rand_core::Rng};

use crate::{
    fixed::Fixed,
    options::Distribution,
    types::{Outcome, Parameter, Range, Request},
};

/// Draws that share a stream; the unit of parallel work.
pub(crate) const BLOCK: usize = 2_048;
/// Standard normal quantile of 0.95: a stated range spans at least the middle nine tenths.
const NORMAL_Q95: f64 = 1.644_853_626_951_472_2;
/// One part of 2^32.
const UNIT: f64 = 1.0 / 4_294_967_296.0;

/// How one parameter is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sampler {
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Pert {
        low: f64,
        high: f64,
        alpha: f64,
        beta: f64,
    },
    Lognormal {
        median: f64,
        sigma: f64,
    },
}

impl Sampler {
    /// The sampler of a parameter; `None` when it does not vary.
    pub(crate) fn of(
        request: &Request,
        outcome: &Outcome,
        parameter: Parameter,
        distribution: Distribution,
    ) -> Result<Option<Self>, MoneyError> {
        let Some(value) = outcome.value(parameter) else {
            return Ok(None);
        };
        let range = effective_range(request, outcome, parameter, value)?;
        if range.low == range.high {
            return Ok(None);
        }
        let (low, mode, high) = (float(range.low)?, float(value)?, float(range.high)?);
        let lognormal = parameter == Parameter::Proxy && range.low > Decimal::ZERO;
        Ok(Some(match distribution {
            Distribution::Lognormal if lognormal => Self::Lognormal {
                median: mode,
                sigma: libm::fmax(libm::log(high / mode), libm::log(mode / low)) / NORMAL_Q95,
            },
            Distribution::Triangular | Distribution::Lognormal => {
                Self::Triangular { low, mode, high }
            }
            Distribution::Pert => Self::Pert {
                low,
                high,
                alpha: 1.0 + 4.0 * (mode - low) / (high - low),
                beta: 1.0 + 4.0 * (high - mode) / (high - low),
            },
        }))
    }

    /// Fills `out` with draws.
    pub(crate) fn fill(&self, stream: &mut ChaCha8Rng, out: &mut [f64]) {
        match *self {
            Self::Triangular { low, mode, high } => triangular(stream, out, low, mode, high),
            Self::Pert {
                low,
                high,
                alpha,
                beta,
            } => {
                for draw in out {
                    let (left, right) = (gamma(stream, alpha), gamma(stream, beta));
                    *draw = low + (high - low) * left / (left + right);
                }
            }
            Self::Lognormal { median, sigma } => {
                for draw in out {
                    *draw = median * libm::exp(sigma * normal(stream));
                }
            }
        }
    }
}

/// The programme's least band around the stated value, widened (never narrowed) by the stated
/// range; bands of shares are absolute and end at 0 and 1.
fn effective_range(
    request: &Request,
    outcome: &Outcome,
    parameter: Parameter,
    value: Decimal,
) -> Result<Range, MoneyError> {
    let width = outcome
        .grades
        .get(&parameter)
        .and_then(|grade| request.bands.get(grade))
        .map_or(Decimal::ZERO, |width| width.decimal());
    let half = if parameter.is_share() {
        width
    } else {
        value.abs().checked_mul(width).ok_or(MoneyError::Overflow)?
    };
    let stated = outcome.ranges.get(&parameter);
    let mut low = value.checked_sub(half).ok_or(MoneyError::Overflow)?;
    let mut high = value.checked_add(half).ok_or(MoneyError::Overflow)?;
    if let Some(stated) = stated {
        low = low.min(stated.low);
        high = high.max(stated.high);
    }
    if parameter.is_share() {
        low = low.max(Decimal::ZERO);
        high = high.min(Decimal::ONE);
    }
    Ok(Range { low, high })
}

/// Inverse of the distribution function, one uniform number per draw.
fn triangular(stream: &mut ChaCha8Rng, out: &mut [f64], low: f64, mode: f64, high: f64) {
    let width = high - low;
    let split = (mode - low) / width;
    let (rising, falling) = (width * (mode - low), width * (high - mode));
    let mut bytes = [0_u8; BLOCK * 4];
    stream.fill_bytes(&mut bytes);
    let (words, _) = bytes.as_chunks::<4>();
    for (draw, word) in out.iter_mut().zip(words) {
        let uniform = (f64::from(u32::from_le_bytes(*word)) + 0.5) * UNIT;
        let left = uniform < split;
        let area = if left {
            uniform * rising
        } else {
            (1.0 - uniform) * falling
        };
        let root = area.sqrt();
        *draw = if left { low + root } else { high - root };
    }
}

fn uniform(stream: &mut ChaCha8Rng) -> f64 {
    (f64::from(stream.next_u32()) + 0.5) * UNIT
}

/// Standard normal, Marsaglia's polar method.
fn normal(stream: &mut ChaCha8Rng) -> f64 {
    loop {
        let (x, y) = (2.0 * uniform(stream) - 1.0, 2.0 * uniform(stream) - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * (-2.0 * libm::log(square) / square).sqrt();
        }
    }
}

/// Gamma with a shape of at least one, Marsaglia and Tsang 2000.
fn gamma(stream: &mut ChaCha8Rng, shape: f64) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(stream);
        let v = 1.0 + c * x;
        if v <= 0.0 {
            continue;
        }
        let cube = v * v * v;
        if libm::log(uniform(stream)) < 0.5 * x * x + d - d * cube + d * libm::log(cube) {
            return d * cube;
        }
    }
}

/// The nearest float, by way of text: correctly rounded on every machine.
pub(crate) fn float(value: Decimal) -> Result<f64, MoneyError> {
    value.to_string().parse().map_err(|_| MoneyError::Overflow)
}

/// The nearest float of a figure.
pub(crate) fn float_of(value: Fixed) -> Result<f64, MoneyError> {
    value.text(30).parse().map_err(|_| MoneyError::Overflow)
}
