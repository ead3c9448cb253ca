//! Random draws of one parameter between its low and high. The only floats are here, in `pert`,
//! `quantile`, `spread` and `simulation`; they are only added, multiplied, divided and rooted,
//! which IEEE 754 fixes to the last bit, and everything else comes from `libm`, so that every
//! machine draws the same digits.
#![expect(
    clippy::float_arithmetic,
    reason = "a distribution is sampled; official figures never pass through here"
)]

use money::{Decimal, MoneyError};
use rand_chacha::{ChaCha8Rng, rand_core::Rng};

use crate::{
    fixed::Fixed,
    options::Distribution,
    pert::Pert,
    quantile::normal_quantile,
    spread::float,
    types::{Outcome, Parameter, Range, Request},
};

/// Draws that share a stream: the unit of parallel work, small enough for the nearest cache.
pub(crate) const BLOCK: usize = 1_024;
/// The draws of one parameter in one block.
pub(crate) type Block = [f64; BLOCK];
/// Draws made side by side: the words of one call of the generator.
const LANES: usize = 64;
/// Standard normal quantile of 0.95: a stated range spans at least the middle nine tenths.
const NORMAL_Q95: f64 = 1.644_853_626_951_472_2;
/// One part of 2^16 and of 2^32.
const HALF_WORD: f64 = 1.0 / 65_536.0;
const WORD: f64 = 1.0 / 4_294_967_296.0;

/// How one parameter, or a factor made from it, is drawn.
#[derive(Debug, Clone)]
pub(crate) enum Sampler {
    Triangular(Triangular),
    Pert(Pert),
    Lognormal {
        offset: f64,
        median: f64,
        sigma: f64,
    },
}

/// With u and v uniform, `(1−c)·min(u,v) + c·max(u,v)` is triangular on 0..1 with mode c (Stein
/// and Keblis 2009). Written with the sum and the distance of u and v, which are the two halves
/// of one random word: their steps of 2^-16 change mean and variance by less than 10^-9.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Triangular {
    base: f64,
    per_sum: f64,
    per_distance: f64,
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
                offset: 0.0,
                median: mode,
                sigma: libm::fmax(libm::log(high / mode), libm::log(mode / low)) / NORMAL_Q95,
            },
            Distribution::Triangular | Distribution::Lognormal => {
                Self::Triangular(Triangular::of(low, mode, high))
            }
            Distribution::Pert => Self::Pert(Pert::of(low, mode, high)),
        }))
    }

    /// The same draws, each times `scale` and then added to `offset`.
    #[must_use]
    pub(crate) fn moved(self, offset: f64, scale: f64) -> Self {
        match self {
            Self::Triangular(triangular) => Self::Triangular(Triangular {
                base: offset + scale * triangular.base,
                per_sum: scale * triangular.per_sum,
                per_distance: scale * triangular.per_distance,
            }),
            Self::Pert(pert) => Self::Pert(pert.moved(offset, scale)),
            Self::Lognormal {
                offset: before,
                median,
                sigma,
            } => Self::Lognormal {
                offset: offset + scale * before,
                median: scale * median,
                sigma,
            },
        }
    }

    /// Multiplies every place by a draw of its own.
    pub(crate) fn multiply(&self, stream: &mut ChaCha8Rng, product: &mut Block) {
        match self {
            Self::Triangular(triangular) => triangular.multiply(stream, product),
            Self::Pert(pert) => {
                for value in product {
                    *value *= pert.draw(stream);
                }
            }
            Self::Lognormal {
                offset,
                median,
                sigma,
            } => {
                for (value, word) in product.iter_mut().zip(words(stream)) {
                    let uniform = (f64::from(u32::from_le_bytes(word)) + 0.5) * WORD;
                    *value *= offset + median * libm::exp(sigma * normal_quantile(uniform));
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

impl Triangular {
    fn of(low: f64, mode: f64, high: f64) -> Self {
        let width = high - low;
        let skew = 2.0 * (mode - low) / width - 1.0;
        Self {
            // The middle of the first step of each of the two numbers.
            base: low + 0.5 * HALF_WORD * width,
            per_sum: 0.5 * HALF_WORD * width,
            per_distance: 0.5 * HALF_WORD * width * skew,
        }
    }

    fn multiply(&self, stream: &mut ChaCha8Rng, product: &mut Block) {
        let mut words = [[0; 4]; LANES];
        let (mut sums, mut distances) = ([0; LANES], [0; LANES]);
        for values in product.as_chunks_mut::<LANES>().0 {
            stream.fill_bytes(words.as_flattened_mut());
            for ((sum, distance), word) in sums.iter_mut().zip(&mut distances).zip(&words) {
                let word = i32::from_le_bytes(*word);
                let (left, right) = (word & 0xFFFF, (word >> 16) & 0xFFFF);
                *sum = left + right;
                *distance = (left - right).abs();
            }
            // A distance that counts nothing changes no digit and need not be added.
            if self.per_distance == 0.0 {
                for (value, sum) in values.iter_mut().zip(&sums) {
                    *value *= self.base + f64::from(*sum) * self.per_sum;
                }
            } else {
                for (value, (sum, distance)) in values.iter_mut().zip(sums.iter().zip(&distances)) {
                    let draw = self.base + f64::from(*sum) * self.per_sum;
                    *value *= draw + f64::from(*distance) * self.per_distance;
                }
            }
        }
    }
}

/// One word per draw of a block.
fn words(stream: &mut ChaCha8Rng) -> [[u8; 4]; BLOCK] {
    let mut words = [[0; 4]; BLOCK];
    stream.fill_bytes(words.as_flattened_mut());
    words
}

/// A number between 0 and 1, neither of them reached.
pub(crate) fn uniform(stream: &mut ChaCha8Rng) -> f64 {
    (f64::from(stream.next_u32()) + 0.5) * WORD
}

/// The nearest float of a figure.
pub(crate) fn float_of(value: Fixed) -> Result<f64, MoneyError> {
    value.text(30).parse().map_err(|_| MoneyError::Overflow)
}
