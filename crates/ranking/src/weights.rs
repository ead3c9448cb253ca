//! Weights from comparisons in pairs: the analytic hierarchy process (Saaty 1980), for people who
//! find it easier to say "twice as important" than to hand out points. It proposes weights with
//! their consistency; what the rubric then states is decided by people.
mod read;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use explain::Problems;
use money::{Decimal, exact_text, fixed_text};
use serde_json::{Value, json};

pub use read::read;

/// Most items; nobody compares more in pairs, and Saaty's table ends here.
pub const ITEMS_MAX: usize = 15;

/// Consistency index of random judgements by number of items (Saaty 1980, *The Analytic Hierarchy
/// Process*, table of random indices for n = 1..15).
const RANDOM_INDEX: [u32; ITEMS_MAX] = [
    0, 0, 58, 90, 112, 124, 132, 141, 145, 149, 151, 148, 156, 157, 159,
];
/// Digits after the point of a shown weight.
const PLACES: u32 = 4;
/// Most judgements listed as the worst.
const WORST_MAX: usize = 3;
/// Squarings of the matrix: as many as 2^20 steps of the power method.
const SQUARINGS: u32 = 20;

/// One comparison: `a` is so many times as important as `b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Id of an item.
    pub a: String,
    /// Id of another item.
    pub b: String,
    /// From 1/9 to 9.
    pub value: Decimal,
}

/// Items and a judgement for every pair of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The items, in the order in which they are shown.
    pub items: Vec<String>,
    /// One for each pair.
    pub judgements: Vec<Judgement>,
}

/// Weights and how well the judgements hang together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// By item; they sum to 1 but for the last digit.
    pub weights: BTreeMap<String, Decimal>,
    /// Largest eigenvalue; equal to the number of items when fully consistent.
    pub lambda_max: Decimal,
    /// (largest eigenvalue − n) ÷ (n − 1).
    pub consistency_index: Decimal,
    /// Consistency index ÷ that of random judgements; 0 below three items.
    pub consistency_ratio: Decimal,
    /// The judgements furthest from what the weights imply, worst first.
    pub worst: Vec<Strained>,
}

/// A judgement and what the weights imply instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strained {
    /// Id of an item.
    pub a: String,
    /// Id of another item.
    pub b: String,
    /// What was stated.
    pub stated: Decimal,
    /// Weight of `a` ÷ weight of `b`.
    pub implied: Decimal,
}

type Matrix = Vec<Vec<Decimal>>;

/// The principal eigenvector of the judgements.
pub fn evaluate(request: &Request) -> Result<Weights, Problems> {
    let mut problems = read::check(request);
    if !problems.is_empty() {
        return Err(problems);
    }
    let found = weigh(request);
    if found.is_none() {
        problems.add(
            "overflow",
            "judgements",
            "The judgements cannot be computed; use values from \"1/9\" to \"9\".",
        );
    }
    problems.into_result(found)
}

fn weigh(request: &Request) -> Option<Weights> {
    let matrix = matrix(request)?;
    let vector = eigenvector(&matrix)?;
    let size = Decimal::from(vector.len());
    let image = times(&matrix, &vector)?;
    let lambda_max = image
        .iter()
        .zip(&vector)
        .try_fold(Decimal::ZERO, |sum, (image, weight)| {
            sum.checked_add(image.checked_div(*weight)?)
        })?
        .checked_div(size)?;
    let spare = size - Decimal::ONE;
    let consistency_index = if spare.is_zero() {
        Decimal::ZERO
    } else {
        // Rounding may leave a hair below the number of items.
        lambda_max.max(size).checked_sub(size)?.checked_div(spare)?
    };
    let random = RANDOM_INDEX.get(vector.len() - 1).copied().unwrap_or(0);
    let consistency_ratio = if random == 0 {
        Decimal::ZERO
    } else {
        consistency_index.checked_div(Decimal::new(i64::from(random), 2))?
    };
    let weights: BTreeMap<String, Decimal> = request.items.iter().cloned().zip(vector).collect();
    Some(Weights {
        worst: worst(request, &weights)?,
        weights,
        lambda_max,
        consistency_index,
        consistency_ratio,
    })
}

/// Every judgement and its reciprocal, ones on the diagonal.
fn matrix(request: &Request) -> Option<Matrix> {
    let size = request.items.len();
    let place = |id: &str| request.items.iter().position(|item| item == id);
    let mut matrix = vec![vec![Decimal::ONE; size]; size];
    for judgement in &request.judgements {
        let (a, b) = (place(&judgement.a)?, place(&judgement.b)?);
        *matrix.get_mut(a)?.get_mut(b)? = judgement.value;
        *matrix.get_mut(b)?.get_mut(a)? = Decimal::ONE.checked_div(judgement.value)?;
    }
    Some(matrix)
}

/// Squares the matrix until its columns point one way, then polishes with single steps.
fn eigenvector(matrix: &Matrix) -> Option<Vec<Decimal>> {
    let mut power = matrix.clone();
    for _ in 0..SQUARINGS {
        let columns: Vec<Vec<Decimal>> = (0..power.len())
            .map(|column| power.iter().map(|row| row.get(column).copied()).collect())
            .collect::<Option<_>>()?;
        let mut square: Matrix = columns
            .iter()
            .map(|column| times(&power, column))
            .collect::<Option<_>>()?;
        // Rows and columns have changed places, which a second change puts right.
        square = (0..square.len())
            .map(|row| {
                square
                    .iter()
                    .map(|column| column.get(row).copied())
                    .collect()
            })
            .collect::<Option<_>>()?;
        let largest = square.iter().flatten().copied().max()?;
        for cell in square.iter_mut().flatten() {
            *cell = cell.checked_div(largest)?;
        }
        power = square;
    }
    let mut vector: Vec<Decimal> = power
        .iter()
        .map(|row| row.first().copied())
        .collect::<Option<_>>()?;
    for _ in 0..3 {
        vector = times(matrix, &vector)?;
        let sum: Decimal = vector.iter().sum();
        for weight in &mut vector {
            *weight = weight.checked_div(sum)?;
        }
    }
    Some(vector)
}

fn times(matrix: &Matrix, vector: &[Decimal]) -> Option<Vec<Decimal>> {
    let product = |row: &Vec<Decimal>| {
        row.iter()
            .zip(vector)
            .try_fold(Decimal::ZERO, |sum, (a, b)| {
                sum.checked_add(a.checked_mul(*b)?)
            })
    };
    matrix.iter().map(product).collect()
}

/// Judgements by the factor between stated and implied, largest first.
fn worst(request: &Request, weights: &BTreeMap<String, Decimal>) -> Option<Vec<Strained>> {
    let mut all = Vec::with_capacity(request.judgements.len());
    for judgement in &request.judgements {
        let implied = weights
            .get(&judgement.a)?
            .checked_div(*weights.get(&judgement.b)?)?;
        let (low, high) = (judgement.value.min(implied), judgement.value.max(implied));
        let strained = Strained {
            a: judgement.a.clone(),
            b: judgement.b.clone(),
            stated: judgement.value,
            implied,
        };
        // A factor that prints as 1 is no strain.
        let factor = money::round_half_away(high.checked_div(low)?, PLACES);
        if factor > Decimal::ONE {
            all.push((factor, strained));
        }
    }
    all.sort_by(|(a, one), (b, other)| {
        b.cmp(a)
            .then_with(|| (&one.a, &one.b).cmp(&(&other.a, &other.b)))
    });
    Some(
        all.into_iter()
            .take(WORST_MAX)
            .map(|(_, strained)| strained)
            .collect(),
    )
}

impl Weights {
    /// Whether the judgements hang together well enough (ratio at most 0.10, Saaty 1980).
    pub fn consistent(&self) -> bool {
        self.consistency_ratio <= Decimal::new(10, 2)
    }

    /// Weights of four places that sum to exactly 1: what cutting leaves over goes to the largest
    /// remainders, ties to the earlier id.
    pub fn shown(&self) -> BTreeMap<&str, Decimal> {
        let step = Decimal::new(1, PLACES);
        let mut cut: Vec<(&str, Decimal, Decimal)> = self
            .weights
            .iter()
            .map(|(id, weight)| {
                let kept = weight.trunc_with_scale(PLACES);
                (id.as_str(), kept, *weight - kept)
            })
            .collect();
        let mut left = Decimal::ONE - cut.iter().map(|(_, kept, _)| *kept).sum::<Decimal>();
        cut.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
        for (_, kept, _) in &mut cut {
            if left < step {
                break;
            }
            *kept += step;
            left -= step;
        }
        cut.into_iter().map(|(id, kept, _)| (id, kept)).collect()
    }

    /// The JSON of `calc weights`.
    pub fn to_json(&self) -> Value {
        let shown: BTreeMap<&str, String> = self
            .shown()
            .into_iter()
            .map(|(id, weight)| (id, fixed_text(weight, PLACES)))
            .collect();
        let exact: BTreeMap<&str, String> = self
            .weights
            .iter()
            .map(|(id, weight)| (id.as_str(), exact_text(*weight)))
            .collect();
        let worst: Vec<Value> = self
            .worst
            .iter()
            .map(|strained| {
                json!({
                    "a": strained.a,
                    "b": strained.b,
                    "stated": fixed_text(strained.stated, PLACES),
                    "implied": fixed_text(strained.implied, PLACES),
                })
            })
            .collect();
        json!({
            "weights": shown,
            "weights_exact": exact,
            "lambda_max": exact_text(self.lambda_max),
            "consistency_index": exact_text(self.consistency_index),
            "consistency_ratio": exact_text(self.consistency_ratio),
            "consistent": self.consistent(),
            "worst": worst,
        })
    }
}
