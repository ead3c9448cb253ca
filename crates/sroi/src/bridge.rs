//! The bridge from gross value to total present value: what each deduction takes away, in the
//! order of the calculation.
//!
//! It starts at the gross value of **all** years (quantity × proxy × duration), because drop-off
//! and discounting act on years; for outcomes of one year that is the gross value itself. Each
//! level is rounded to two places and each part is the difference of two rounded levels, so the
//! parts (deductions are negative) always sum exactly to the printed total.
use money::MoneyError;

use crate::{fixed::Fixed, model::Model};

/// Levels before printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bridge {
    /// Quantity × proxy over all years.
    pub gross: Fixed,
    /// After deadweight.
    pub after_deadweight: Fixed,
    /// After displacement.
    pub after_displacement: Fixed,
    /// After attribution: the impact, as if nothing dropped off.
    pub after_attribution: Fixed,
    /// After drop-off: the sum of the year totals.
    pub after_dropoff: Fixed,
    /// After discounting: the total present value.
    pub total: Fixed,
}

impl Bridge {
    /// From the levels of one year of each row, and the year totals.
    pub(crate) fn of(
        model: &Model,
        levels: &[[Fixed; 4]],
        years: &[Fixed],
        total: Fixed,
    ) -> Result<Self, MoneyError> {
        let mut sums = [Fixed::ZERO; 4];
        for ((_, row), levels) in model.rows.iter().zip(levels) {
            for (sum, level) in sums.iter_mut().zip(levels) {
                *sum = sum.plus(level.times_count(row.duration)?)?;
            }
        }
        let [
            gross,
            after_deadweight,
            after_displacement,
            after_attribution,
        ] = sums;
        Ok(Self {
            gross,
            after_deadweight,
            after_displacement,
            after_attribution,
            after_dropoff: years
                .iter()
                .try_fold(Fixed::ZERO, |sum, year| sum.plus(*year))?,
            total,
        })
    }

    /// The printed parts by name: two places, deductions negative, summing exactly to `total`.
    pub fn parts(&self) -> [(&'static str, String); 7] {
        let between = |name, before: Fixed, after: Fixed| {
            // Two numbers of two places: their difference has two places and always fits.
            let part = after
                .rounded_to_cents()
                .minus(before.rounded_to_cents())
                .unwrap_or(Fixed::ZERO);
            (name, part.cents_text())
        };
        [
            ("gross", self.gross.cents_text()),
            between("deadweight", self.gross, self.after_deadweight),
            between(
                "displacement",
                self.after_deadweight,
                self.after_displacement,
            ),
            between(
                "attribution",
                self.after_displacement,
                self.after_attribution,
            ),
            between("dropoff", self.after_attribution, self.after_dropoff),
            between("discounting", self.after_dropoff, self.total),
            ("total", self.total.cents_text()),
        ]
    }
}
