//! From counts over weightings to shares: acceptabilities, standings, central weights, wins.
use std::collections::BTreeMap;

use money::{Decimal, fixed_text, round_half_away};
use serde_json::{Value, json};

use super::{Criterion, Ranked, Request, Samples, line};

/// Digits after the point of a share.
pub(super) const SHARE_PLACES: u32 = 4;
/// Weights were added up in parts of 2^40.
const WEIGHT_UNIT: u64 = 1 << 40;

/// How often each application beats each other one when weights vary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairwise {
    /// Ranked applications, best first.
    pub ids: Vec<String>,
    /// Share of weightings in which the row's application scores above the column's; equal scores
    /// count half, so that two opposite shares add up to 1.
    pub wins: Vec<Vec<Decimal>>,
}

impl Pairwise {
    pub(super) fn of(counted: Samples) -> Self {
        let games = Decimal::from(counted.samples.max(1)) * Decimal::TWO;
        let row = |counts: &[u32]| {
            counts
                .iter()
                .map(|count| Decimal::from(*count) / games)
                .collect()
        };
        let size = counted.ids.len().max(1);
        Self {
            wins: counted.wins.chunks_exact(size).map(row).collect(),
            ids: counted.ids,
        }
    }

    /// Four places, half away from zero above the diagonal and what is left of 1 below it.
    pub(super) fn to_json(&self) -> Value {
        let shown = |row: usize, column: usize| {
            let share = self.wins.get(row.min(column))?.get(row.max(column))?;
            let share = round_half_away(*share, SHARE_PLACES);
            let share = if row <= column {
                share
            } else {
                Decimal::ONE - share
            };
            Some(fixed_text(share, SHARE_PLACES))
        };
        let places = 0..self.ids.len();
        let wins: Vec<Vec<Option<String>>> = places
            .clone()
            .map(|row| places.clone().map(|column| shown(row, column)).collect())
            .collect();
        json!({"ids": self.ids, "wins": wins})
    }
}

/// Fills in what was counted for every ranked application.
pub(super) fn fill(
    request: &Request,
    criteria: &[Criterion],
    counted: &Samples,
    applications: &mut [Ranked],
) {
    let mut find: BTreeMap<&str, &mut Ranked> = BTreeMap::new();
    let ids: Vec<String> = applications.iter().map(|each| each.id.clone()).collect();
    for (id, ranked) in ids.iter().zip(applications.iter_mut()) {
        find.insert(id, ranked);
    }
    let samples = Decimal::from(counted.samples.max(1));
    let width = counted.ids.len().max(1);
    for (id, row) in counted.ids.iter().zip(counted.ranks.chunks_exact(width)) {
        if let Some(ranked) = find.get_mut(id.as_str()) {
            ranked.rank_acceptability = row.iter().map(|count| share(*count, samples)).collect();
        }
    }
    if let Some(rule) = request.asks.line {
        line::standings(rule, counted, &mut find);
    }
    let rows = counted.first_weights.chunks_exact(criteria.len().max(1));
    for ((id, first), row) in counted.ids.iter().zip(&counted.first).zip(rows) {
        if let Some(ranked) = find.get_mut(id.as_str())
            && *first > 0
        {
            let units = Decimal::from(*first) * Decimal::from(WEIGHT_UNIT);
            let mean = |(criterion, sum): (&Criterion, &u64)| {
                (criterion.id.clone(), Decimal::from(*sum) / units)
            };
            ranked.central_weights = Some(criteria.iter().zip(row).map(mean).collect());
        }
    }
}

/// Most counts are zero; dividing them would take most of the time.
fn share(count: u32, samples: Decimal) -> Decimal {
    if count == 0 {
        Decimal::ZERO
    } else {
        Decimal::from(count) / samples
    }
}
