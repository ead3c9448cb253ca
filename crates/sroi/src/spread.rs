//! What is told about many draws: moments block by block, order statistics and a histogram. Sums
//! run in the order of the blocks and everything else counts, so that who computed a block
//! changes no digit.
#![expect(
    clippy::float_arithmetic,
    reason = "spread, not figures: the point estimate stays exact and is computed elsewhere"
)]

use money::{Decimal, MoneyError};

/// Bars of the histogram.
pub(crate) const BARS: usize = 40;
/// Values are sorted into so many buckets first; only those that hold a wanted rank are sorted.
const BUCKETS: usize = 4_096;
/// Added to a number of 0..2^32, it leaves the nearest whole number in the low bits.
const TO_WHOLE: f64 = 4_503_599_627_370_496.0;

/// How many draws of the ratio fell where: equal bars from the 0.5th to the 99.5th percentile,
/// the tails counted into the first and the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// Where the first bar begins, six places.
    pub from: Decimal,
    /// Width of a bar, six places, above zero.
    pub width: Decimal,
    /// Draws per bar.
    pub counts: Vec<u32>,
}

/// Of some draws; deviations are from the point estimate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    pub(crate) sum: f64,
    pub(crate) squares: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
    pub(crate) above_one: u32,
    pub(crate) at_most_point: u32,
}

impl Moments {
    /// Of no draws.
    pub(crate) const NONE: Self = Self {
        sum: 0.0,
        squares: 0.0,
        least: f64::INFINITY,
        most: f64::NEG_INFINITY,
        above_one: 0,
        at_most_point: 0,
    };

    pub(crate) fn of(draws: &[f64], point: f64) -> Self {
        let mut of = Self::NONE;
        for draw in draws {
            let deviation = draw - point;
            of.sum += deviation;
            of.squares += deviation * deviation;
            of.least = if *draw < of.least { *draw } else { of.least };
            of.most = if *draw > of.most { *draw } else { of.most };
            of.above_one += u32::from(*draw > 1.0);
            of.at_most_point += u32::from(*draw <= point);
        }
        of
    }

    pub(crate) fn and(self, next: &Self) -> Self {
        Self {
            sum: self.sum + next.sum,
            squares: self.squares + next.squares,
            least: self.least.min(next.least),
            most: self.most.max(next.most),
            above_one: self.above_one + next.above_one,
            at_most_point: self.at_most_point + next.at_most_point,
        }
    }
}

/// Percentiles given in thousandths: linear interpolation between the order statistics around
/// rank p(n−1)/1000. `least` and `most` are those of `draws`, which are finite.
pub(crate) fn percentiles<const N: usize>(
    draws: &[f64],
    least: f64,
    most: f64,
    thousandths: [usize; N],
) -> [f64; N] {
    let end = draws.len().saturating_sub(1);
    let place = |thousandth: usize| (end * thousandth / 1_000, end * thousandth % 1_000);
    let mut ranks: Vec<usize> = Vec::with_capacity(2 * N);
    for thousandth in thousandths {
        let (rank, _) = place(thousandth);
        ranks.extend([rank, (rank + 1).min(end)]);
    }
    let found = order_statistics(draws, least, most, &ranks);
    let mut pairs = found.chunks_exact(2);
    thousandths.map(|thousandth| {
        let (_, rest) = place(thousandth);
        let fraction = u32::try_from(rest).map_or(0.0, f64::from) / 1_000.0;
        match pairs.next() {
            Some([at, next]) => at + (next - at) * fraction,
            Some(_) | None => 0.0,
        }
    })
}

/// The values that would stand at these ranks if the draws were sorted.
fn order_statistics(draws: &[f64], least: f64, most: f64, ranks: &[usize]) -> Vec<f64> {
    let per_unit = f64::from(4_095_u16) / (most - least);
    let bucket = |draw: f64| {
        if per_unit.is_finite() {
            nearest((draw - least) * per_unit) % BUCKETS
        } else {
            0
        }
    };
    let mut counts = vec![0_usize; BUCKETS];
    for draw in draws {
        counts[bucket(*draw)] += 1;
    }
    // Ranks count from the first draw; `skipped` of them lie before in buckets nobody wants.
    let mut wanted = [false; BUCKETS];
    let mut places = vec![0; ranks.len()];
    let (mut before, mut skipped) = (0, 0);
    for (wanted, count) in wanted.iter_mut().zip(counts) {
        for (place, rank) in places.iter_mut().zip(ranks) {
            if (before..before + count).contains(rank) {
                *wanted = true;
                *place = rank - skipped;
            }
        }
        before += count;
        skipped += if *wanted { 0 } else { count };
    }
    let among = draws.iter().copied().filter(|draw| wanted[bucket(*draw)]);
    let mut sorted: Vec<f64> = among.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = |place: &usize| sorted.get(*place).copied().unwrap_or_default();
    places.iter().map(at).collect()
}

impl Histogram {
    /// Between two percentiles, counted on the edges that are printed.
    pub(crate) fn of(draws: &[f64], low: f64, high: f64) -> Result<Self, MoneyError> {
        let bars = u32::try_from(BARS).map_or(1.0, f64::from);
        let from = decimal(low, 6)?;
        let width = decimal((high - low) / bars, 6)?.max(Decimal::new(1, 6));
        let (start, per_unit) = (float(from)?, 1.0 / float(width)?);
        let mut counts = vec![0_u32; BARS];
        for draw in draws {
            let bar = whole(((draw - start) * per_unit).clamp(0.0, bars - 1.0));
            if let Some(count) = counts.get_mut(bar) {
                *count += 1;
            }
        }
        Ok(Self {
            from,
            width,
            counts,
        })
    }
}

/// The whole number nearest to one between 0 and 2^32.
fn nearest(value: f64) -> usize {
    let bits = (value + TO_WHOLE).to_bits() & 0xFFFF_FFFF;
    usize::try_from(bits).unwrap_or_default()
}

/// The whole part of a number between 0 and 2^32.
fn whole(value: f64) -> usize {
    let rounded = (value + TO_WHOLE) - TO_WHOLE;
    nearest(value) - usize::from(rounded > value)
}

/// A float as a decimal of so many places.
pub(crate) fn decimal(value: f64, places: usize) -> Result<Decimal, MoneyError> {
    format!("{value:.places$}")
        .parse()
        .map_err(|_| MoneyError::Overflow)
}

/// The nearest float, by way of text: correctly rounded on every machine.
pub(crate) fn float(value: Decimal) -> Result<f64, MoneyError> {
    value.to_string().parse().map_err(|_| MoneyError::Overflow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn order_statistics_are_those_of_the_sorted_list(
            draws in prop::collection::vec(
                prop_oneof![-5.0..5.0_f64, Just(1.0), 1e9..2e9_f64], 1..400
            ),
        ) {
            let mut sorted = draws.clone();
            sorted.sort_by(f64::total_cmp);
            let ranks: Vec<usize> = (0..draws.len()).rev().step_by(3).collect();
            let found = order_statistics(&draws, sorted[0], sorted[draws.len() - 1], &ranks);
            let expected: Vec<f64> = ranks.iter().map(|rank| sorted[*rank]).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn the_bars_count_every_draw_once(
            draws in prop::collection::vec(-5.0..5.0_f64, 1..400),
            low in -4.0..0.0_f64,
            width in 0.0..4.0_f64,
        ) {
            let histogram = Histogram::of(&draws, low, low + width).unwrap();
            let sum: u32 = histogram.counts.iter().sum();
            prop_assert_eq!(usize::try_from(sum).unwrap(), draws.len());
            let from = float(histogram.from).unwrap();
            let first = draws.iter().filter(|draw| {
                **draw < from + float(histogram.width).unwrap()
            });
            prop_assert_eq!(usize::try_from(histogram.counts[0]).unwrap(), first.count());
        }
    }

    #[test]
    fn percentiles_are_interpolated_between_order_statistics() {
        let draws = [4.0, 1.0, 3.0, 2.0];
        let found = percentiles(&draws, 1.0, 4.0, [0, 50, 500, 1_000]);
        assert_eq!(
            found.map(|value| decimal(value, 4).unwrap().to_string()),
            ["1.0000", "1.1500", "2.5000", "4.0000"]
        );
    }

    #[test]
    fn the_whole_part_is_cut_off_and_not_rounded() {
        for (value, expected) in [
            (0.0, 0),
            (0.4, 0),
            (0.5, 0),
            (0.999, 0),
            (1.0, 1),
            (38.5, 38),
        ] {
            assert_eq!(whole(value), expected, "{value}");
        }
    }
}
