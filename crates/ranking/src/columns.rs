//! The full order of very many applications: exact whole numbers in columns, no text, no working.
//!
//! A caller that holds the scores of one criterion side by side, in whole units such as hundredths
//! of a level, gets the same order as [`crate::rank`] gives: points between fixed anchors, weighted
//! and added up. Because anchors and weights are whole numbers too, the sums are brought to one
//! denominator and compared exactly – scores that differ anywhere differ here, also beyond the
//! twelve places to which the ranking compares. Everybody needs every score.
use std::num::NonZero;

use explain::{Problem, Problems};
use money::{Decimal, normal_text};

/// Rows that one thread scores before it takes the next column, so that sums stay in the cache.
const CHUNK: usize = 4_096;
/// Bits of a key that one pass of the sort looks at.
const DIGIT_BITS: u32 = 11;
/// Fewest rows that are worth a second thread.
const THREAD_ROWS: usize = 32_768;
/// Places after the point of a weight.
const WEIGHT_PLACES: u32 = 6;

/// One criterion with everybody's scores in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// Part of the whole, with at most six places; all weights sum to exactly 1.
    pub weight: Decimal,
    /// The score worth 0 points.
    pub zero: i64,
    /// The score worth 100 points; below `zero` where less is better.
    pub hundred: i64,
    /// One score for each application.
    pub values: &'a [i64],
}

/// Everybody in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Places in the columns, best first, equal scores in the order given.
    pub places: Vec<u32>,
    /// Scores in that order, as parts of `full`.
    pub scores: Vec<u64>,
    /// The score of 100 points.
    pub full: u64,
}

impl Order {
    /// Ranks in this order; equal scores share a rank (1, 2, 2, 4).
    pub fn ranks(&self) -> Vec<u32> {
        let mut shared = (1, None);
        (1_u32..)
            .zip(&self.scores)
            .map(|(place, score)| {
                if shared.1 != Some(score) {
                    shared = (place, Some(score));
                }
                shared.0
            })
            .collect()
    }

    /// A score as points from 0 to 100.
    pub fn points(&self, score: u64) -> Option<Decimal> {
        Decimal::from(score)
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(Decimal::from(self.full))
    }
}

/// A column ready to be added up: distance from the worst, at most `span`, times `factor`.
struct Scale<'a> {
    values: &'a [i64],
    zero: i64,
    /// Whether less is better.
    down: bool,
    span: u64,
    factor: u64,
}

/// Orders everybody on as many threads as there are processors; their number changes nothing.
pub fn order(columns: &[Column<'_>]) -> Result<Order, Problems> {
    let rows = check(columns)?;
    let (scales, full) = scales(columns)?;
    let key_bits = u64::BITS - full.leading_zeros();
    let place_bits = u64::BITS - u64::try_from(rows).unwrap_or(u64::MAX).leading_zeros();
    if key_bits + place_bits > u64::BITS {
        return Err(too_fine());
    }
    let mut keys = vec![0_u64; rows];
    score(&scales, full, place_bits, &mut keys);
    sort(&mut keys, place_bits, key_bits);
    let mask = (1 << place_bits) - 1;
    let place = |key: &u64| u32::try_from(key & mask).unwrap_or(u32::MAX);
    Ok(Order {
        places: keys.iter().map(place).collect(),
        scores: keys.iter().map(|key| full - (key >> place_bits)).collect(),
        full,
    })
}

/// The number of rows, when all columns have it and the weights sum to 1.
fn check(columns: &[Column<'_>]) -> Result<usize, Problems> {
    let mut problems = Problems::new();
    let rows = columns.first().map_or(0, |column| column.values.len());
    let mut sum = Decimal::ZERO;
    for (position, column) in columns.iter().enumerate() {
        let path = format!("columns[{position}]");
        if column.values.len() != rows || u32::try_from(rows).is_err() {
            let count = column.values.len();
            let message = format!(
                "{path} has {count} scores and the first has {rows}; give everybody one, such as \
                 [300, 450], at most four thousand million."
            );
            problems.add("uneven", &path, message);
        }
        if column.zero == column.hundred {
            let message =
                format!("{path} has equal anchors; give two, such as zero 0 and hundred 500.");
            problems.add("anchors_contradict", &path, message);
        }
        if column.weight < Decimal::ZERO || column.weight.normalize().scale() > WEIGHT_PLACES {
            let weight = normal_text(column.weight);
            let message = format!(
                "{path} has weight {weight}; it must be from 0 to 1 with at most six places, such \
                 as 0.30."
            );
            problems.add("out_of_range", &path, message);
        }
        sum = sum.saturating_add(column.weight);
    }
    if sum != Decimal::ONE {
        let message = format!(
            "The weights of columns sum to {}; they must sum to exactly 1, such as 0.60 and 0.40.",
            normal_text(sum)
        );
        problems.add("weights_not_one", "columns", message);
    }
    problems.into_result(Some(rows))
}

/// Brings weight ÷ span of every column to whole numbers without a common divisor.
fn scales<'a>(columns: &[Column<'a>]) -> Result<(Vec<Scale<'a>>, u64), Problems> {
    let spans: Vec<u64> = columns
        .iter()
        .map(|column| column.hundred.abs_diff(column.zero))
        .collect();
    let common = spans.iter().try_fold(1_u64, |common, span| {
        common.checked_mul(span / divisor(common, *span))
    });
    let factors: Option<Vec<u64>> = columns
        .iter()
        .zip(&spans)
        .map(|(column, span)| {
            let mut weight = column.weight;
            weight.rescale(WEIGHT_PLACES);
            let weight = u64::try_from(weight.mantissa()).ok()?;
            weight.checked_mul(common? / span)
        })
        .collect();
    let factors = factors.ok_or_else(too_fine)?;
    let shared = factors
        .iter()
        .fold(0, |shared, factor| divisor(shared, *factor));
    let scales: Vec<Scale<'a>> = columns
        .iter()
        .zip(spans)
        .zip(factors)
        .map(|((column, span), factor)| Scale {
            values: column.values,
            zero: column.zero,
            down: column.hundred < column.zero,
            span,
            factor: factor / shared.max(1),
        })
        .collect();
    let full = scales.iter().try_fold(0_u64, |full, scale| {
        full.checked_add(scale.factor.checked_mul(scale.span)?)
    });
    Ok((scales, full.ok_or_else(too_fine)?))
}

fn too_fine() -> Problems {
    Problems::from(Problem::new(
        "overflow",
        "columns",
        "The anchors have no common denominator of 64 bits; use coarser units, such as hundredths, \
         or rank with text.",
    ))
}

/// Greatest common divisor; that of 0 and a number is the number.
fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// The distance to the best above the place: one number sorts best first, then as given. Each
/// thread has rows of its own.
fn score(scales: &[Scale<'_>], full: u64, place_bits: u32, keys: &mut [u64]) {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = keys.len().div_ceil(threads).max(THREAD_ROWS);
    let work = |part: usize, keys: &mut [u64]| {
        for (chunk, keys) in keys.chunks_mut(CHUNK).enumerate() {
            let first = part * share + chunk * CHUNK;
            add_up(scales, first, keys);
            let places = u64::try_from(first).unwrap_or(u64::MAX)..;
            for (key, place) in keys.iter_mut().zip(places) {
                *key = (full - *key) << place_bits | place;
            }
        }
    };
    std::thread::scope(|scope| {
        let mut parts = keys.chunks_mut(share).enumerate();
        let own = parts.next();
        for (part, keys) in parts {
            scope.spawn(move || work(part, keys));
        }
        if let Some((part, keys)) = own {
            work(part, keys);
        }
    });
}

/// The full score fits, and no row scores more.
fn add_up(scales: &[Scale<'_>], first: usize, sums: &mut [u64]) {
    for scale in scales {
        let values = scale.values.get(first..).unwrap_or_default();
        let (zero, span, factor) = (scale.zero, scale.span, scale.factor);
        if scale.down {
            for (sum, value) in sums.iter_mut().zip(values) {
                let reached = if *value < zero {
                    zero.abs_diff(*value)
                } else {
                    0
                };
                *sum += reached.min(span) * factor;
            }
        } else {
            for (sum, value) in sums.iter_mut().zip(values) {
                let reached = if *value > zero {
                    value.abs_diff(zero)
                } else {
                    0
                };
                *sum += reached.min(span) * factor;
            }
        }
    }
}

/// Sorts by the bits above the lowest ones, keeping the order of equals: digit by digit from below.
fn sort(keys: &mut Vec<u64>, lowest: u32, bits: u32) {
    if keys.len() < 1 << DIGIT_BITS {
        keys.sort_unstable();
        return;
    }
    let mask = (1_u64 << DIGIT_BITS) - 1;
    let mut other = vec![0; keys.len()];
    let mut shift = lowest;
    while shift < lowest + bits {
        let digit = |key: u64| usize::try_from((key >> shift) & mask).unwrap_or_default();
        let mut starts = [0_usize; 1 << DIGIT_BITS];
        for key in keys.iter() {
            if let Some(count) = starts.get_mut(digit(*key)) {
                *count += 1;
            }
        }
        let mut before = 0;
        for start in &mut starts {
            (*start, before) = (before, before + *start);
        }
        for key in keys.iter() {
            if let Some(start) = starts.get_mut(digit(*key)) {
                if let Some(slot) = other.get_mut(*start) {
                    *slot = *key;
                }
                *start += 1;
            }
        }
        std::mem::swap(keys, &mut other);
        shift += DIGIT_BITS;
    }
}

#[cfg(test)]
mod tests;
