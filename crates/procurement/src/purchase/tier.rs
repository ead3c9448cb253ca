//! Which category decides a purchase of several, and so which tier asks what of it.
use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;
use explain::Problem;
use money::Amount;

use super::MixedRule;
use crate::{Ruleset, Tier, Version, evaluation::find};

/// A tier found, and the category under which.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    pub(super) version: &'a Version,
    pub(super) tier: &'a Tier,
    pub(super) category: String,
    /// Whether categories of equal value were told apart by the stricter tier.
    pub(super) tied: bool,
}

impl Placed<'_> {
    pub(super) fn is_stricter_than(&self, other: &Self) -> bool {
        strictness(self.tier) > strictness(other.tier)
    }
}

/// A stricter method, then more quotations, then fewer forms.
fn strictness(tier: &Tier) -> (crate::Method, u8, Reverse<usize>) {
    (tier.method, tier.quotations_min, Reverse(tier.forms.len()))
}

/// The tier of `amount`, looked up under the category that decides. Of equally strict tiers the
/// category that comes first by name is kept.
pub(super) fn place<'a>(
    ruleset: &'a Ruleset,
    rule: MixedRule,
    day: NaiveDate,
    by_category: &BTreeMap<String, Amount>,
    amount: Amount,
    at: &str,
) -> Result<Placed<'a>, Problem> {
    let largest = by_category.values().copied().max().unwrap_or(Amount::ZERO);
    let candidates: Vec<&String> = by_category
        .iter()
        .filter(|(_, value)| match rule {
            MixedRule::LargerPart => **value == largest,
            MixedRule::StricterTier => true,
        })
        .map(|(category, _)| category)
        .collect();
    let is_tie = rule == MixedRule::LargerPart && candidates.len() > 1;
    let mut best: Option<Placed<'a>> = None;
    for category in candidates {
        let (version, tier) = find(ruleset, day, category, amount, at)?;
        let placed = Placed {
            version,
            tier,
            category: category.clone(),
            tied: is_tie,
        };
        if best
            .as_ref()
            .is_none_or(|best| placed.is_stricter_than(best))
        {
            best = Some(placed);
        }
    }
    best.ok_or_else(|| {
        Problem::new(
            "no_tier",
            at,
            format!("{at} names no category; give one of the rule set, such as \"goods\"."),
        )
    })
}
