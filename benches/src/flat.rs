//! Limits for `sroi-exact`: the same figures over flat arrays without allocation, once in floats
//! and once in whole millionths with binary factors. Neither is exact; they show what a machine
//! could do if nothing had to be.
#![expect(
    clippy::float_arithmetic,
    reason = "a limit to measure against; no figure of the platform passes through here"
)]
use anyhow::Context as _;
use serde_json::Value;

use crate::value_map::YEARS;

/// Places after the point of a binary factor.
const FACTOR_BITS: u32 = 32;
/// Years in the tables: outcomes start in year 1 or 2.
const TABLE: usize = 12;

/// A number of the calculation.
pub(crate) trait Number: Copy + Default {
    fn of(value: f64) -> Self;
    fn plus(self, other: Self) -> Self;
    /// Times a factor between 0 and a few thousands.
    fn times(self, factor: Self) -> Self;
    fn float(self) -> f64;
}

impl Number for f64 {
    fn of(value: f64) -> Self {
        value
    }
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn times(self, factor: Self) -> Self {
        self * factor
    }
    fn float(self) -> f64 {
        self
    }
}

/// So many parts of 2^32: 64 bits hold up to two billions.
#[derive(Clone, Copy, Default)]
pub(crate) struct Whole(i64);

impl Number for Whole {
    fn of(value: f64) -> Self {
        let scaled = format!("{:.0}", value * f64::from(FACTOR_BITS).exp2());
        Self(scaled.parse().unwrap_or_default())
    }
    fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
    fn times(self, factor: Self) -> Self {
        let product = (i128::from(self.0) * i128::from(factor.0)) >> FACTOR_BITS;
        Self(i64::try_from(product).unwrap_or_default())
    }
    fn float(self) -> f64 {
        let digits = self.0.to_string();
        digits.parse::<f64>().unwrap_or_default() / f64::from(FACTOR_BITS).exp2()
    }
}

struct Row<N> {
    quantity_proxy: [N; 2],
    kept: [N; 4],
    start: usize,
}

/// A value map as numbers, with room for its figures.
pub(crate) struct Flat<N> {
    rows: Vec<Row<N>>,
    /// Discount factors under both timings.
    factors: [[N; TABLE]; 2],
    investment: f64,
    /// Values and present values by outcome and year.
    years: Vec<[[N; 2]; TABLE]>,
    /// Gross, impact and present value by outcome.
    outcomes: Vec<[N; 3]>,
}

/// The figures of the whole map.
pub(crate) struct Figures<N> {
    pub(crate) totals: [N; 2],
    pub(crate) levels: [N; 4],
    pub(crate) ratio: f64,
}

impl<N: Number> Flat<N> {
    pub(crate) fn of(map: &Value) -> anyhow::Result<Self> {
        let number = |value: &Value| -> anyhow::Result<f64> {
            Ok(value.as_str().context("a number is text")?.parse()?)
        };
        let outcomes = map["outcomes"].as_array().context("no outcomes")?;
        let mut rows = Vec::new();
        for outcome in outcomes {
            let kept = |key: &str| Ok(N::of(1.0 - number(&outcome[key])?));
            let start = outcome["start"].as_u64().context("no start")?;
            rows.push(Row {
                quantity_proxy: [number(&outcome["quantity"])?, number(&outcome["proxy"])?]
                    .map(N::of),
                kept: [
                    kept("deadweight"),
                    kept("displacement"),
                    kept("attribution"),
                    kept("dropoff"),
                ]
                .into_iter()
                .collect::<anyhow::Result<Vec<N>>>()?
                .try_into()
                .map_err(|_| anyhow::anyhow!("four shares"))?,
                start: usize::try_from(start)?,
            });
        }
        let growth = 1.0 + number(&map["discount_rate"])?;
        let mut factors = [[N::of(1.0); TABLE]; 2];
        let [end_of_year, undiscounted] = &mut factors;
        let mut power = 1.0;
        for (end, undiscounted) in end_of_year.iter_mut().zip(undiscounted).skip(1) {
            *undiscounted = N::of(1.0 / power);
            power *= growth;
            *end = N::of(1.0 / power);
        }
        Ok(Self {
            years: vec![[[N::default(); 2]; TABLE]; rows.len()],
            outcomes: vec![[N::default(); 3]; rows.len()],
            rows,
            factors,
            investment: number(&map["inputs"][0]["amount"])?,
        })
    }

    pub(crate) fn evaluate(&mut self) -> Figures<N> {
        let mut levels = [N::default(); 4];
        let mut totals = [N::default(); TABLE];
        let duration = usize::try_from(YEARS).unwrap_or_default();
        let tables = self.years.iter_mut().zip(&mut self.outcomes);
        for (row, (years, outcome)) in self.rows.iter().zip(tables) {
            let [quantity, proxy] = row.quantity_proxy;
            let [deadweight, displacement, attribution, dropoff] = row.kept;
            let mut level = quantity.times(proxy);
            let gross = level;
            levels[0] = levels[0].plus(level);
            for (sum, kept) in levels[1..]
                .iter_mut()
                .zip([deadweight, displacement, attribution])
            {
                level = level.times(kept);
                *sum = sum.plus(level);
            }
            *outcome = [gross, level, N::default()];
            for year in row.start..row.start + duration {
                let present = level.times(self.factors[0][year]);
                years[year] = [level, present];
                totals[year] = totals[year].plus(level);
                outcome[2] = outcome[2].plus(present);
                level = level.times(dropoff);
            }
        }
        let total = |factors: &[N; TABLE]| {
            let parts = totals.iter().zip(factors);
            parts.fold(N::default(), |sum, (value, factor)| {
                sum.plus(value.times(*factor))
            })
        };
        let sums = [total(&self.factors[0]), total(&self.factors[1])];
        Figures {
            totals: sums,
            levels,
            ratio: sums[0].float() / self.investment,
        }
    }
}
