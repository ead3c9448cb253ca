//! What a purchase is expected to cost, in all and by category, as far as it is known.
use std::collections::BTreeMap;

use explain::{Problem, read::join};
use money::{Amount, MoneyError};

use super::{Code, Finding, Part, Purchase};

/// The estimate of one purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Estimate {
    /// All parts; unknown while the value of any is.
    pub(super) total: Option<Amount>,
    /// By category; unknown while the value or category of any part is.
    pub(super) by_category: Option<BTreeMap<String, Amount>>,
}

impl Estimate {
    pub(super) fn of(purchase: &Purchase, at: &str) -> Result<Self, Problem> {
        let parts = purchase.parts.as_deref().unwrap_or_default();
        let at = join(at, "parts");
        Ok(Self {
            total: total(parts).map_err(|error| too_large(&at, error))?,
            by_category: by_category(parts).map_err(|error| too_large(&at, error))?,
        })
    }

    /// What keeps the tier from being known, the day aside.
    pub(super) fn findings(&self, purchase: &Purchase) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.total.is_none() {
            findings.push(Finding::unknown(Code::EstimateUnknown));
        }
        let parts = purchase.parts.as_deref().unwrap_or_default();
        if parts.is_empty() || parts.iter().any(|part| part.category.is_none()) {
            findings.push(Finding::unknown(Code::CategoryUnknown));
        }
        findings
    }
}

fn total(parts: &[Part]) -> Result<Option<Amount>, MoneyError> {
    if parts.is_empty() {
        return Ok(None);
    }
    let mut sum = Amount::ZERO;
    for part in parts {
        match part.estimated.total()? {
            Some(amount) => sum = sum.checked_add(amount)?,
            None => return Ok(None),
        }
    }
    Ok(Some(sum))
}

fn by_category(parts: &[Part]) -> Result<Option<BTreeMap<String, Amount>>, MoneyError> {
    if parts.is_empty() {
        return Ok(None);
    }
    let mut sums: BTreeMap<String, Amount> = BTreeMap::new();
    for part in parts {
        let (Some(category), Some(amount)) = (&part.category, part.estimated.total()?) else {
            return Ok(None);
        };
        let sum = sums.entry(category.clone()).or_default();
        *sum = sum.checked_add(amount)?;
    }
    Ok(Some(sums))
}

/// A sum that does not fit: the figures cannot be meant.
pub(super) fn too_large(at: &str, error: MoneyError) -> Problem {
    Problem::new(
        error.code(),
        at,
        format!("{at}: the sum {error}; give amounts such as \"50000.00\"."),
    )
}
