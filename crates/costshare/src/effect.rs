//! What the exemptions do to the figures: every pool with and without them, activity by activity.
//! Apportionment and the annual report change separately, because the look-back to 2024-25 lifts
//! only the first.
use std::collections::{BTreeMap, BTreeSet};

use explain::{Problem, Problems};
use money::{Hkd, MoneyError};
use serde_json::{Value, json};

use crate::{
    PoolResult, ProjectResult, Request,
    pools::{Activities, split_all},
};

/// A figure without the exemptions, with them, and the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// As if no project were exempt.
    pub before: Hkd,
    /// With the exemptions.
    pub after: Hkd,
    /// After less before.
    pub change: Hkd,
}

impl Change {
    fn of(before: Hkd, after: Hkd) -> Result<Self, MoneyError> {
        Ok(Self {
            before,
            after,
            change: after.checked_sub(before)?,
        })
    }

    fn add(&mut self, other: Self) -> Result<(), MoneyError> {
        self.before = self.before.checked_add(other.before)?;
        self.after = self.after.checked_add(other.after)?;
        self.change = self.change.checked_add(other.change)?;
        Ok(())
    }

    fn to_json(self) -> Value {
        json!({
            "before": self.before.to_string(),
            "after": self.after.to_string(),
            "change": self.change.to_string(),
        })
    }
}

/// One pool with and without the exemptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolEffect {
    /// The pool.
    pub id: String,
    /// By activity; the changes sum to zero.
    pub activities: BTreeMap<String, Change>,
    /// The exempt activities whose weight stayed in the basis: their part is not charged to them.
    pub not_charged: BTreeSet<String>,
}

/// The effect of the exemptions on all pools.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// The pools in the order given.
    pub pools: Vec<PoolEffect>,
    /// All pools together, by activity.
    pub activities: BTreeMap<String, Change>,
    /// All pools and activities together; its change is zero.
    pub total: Change,
    /// What the exempt projects under each activity are, by activity.
    pub exempt: BTreeMap<String, Vec<String>>,
}

/// Splits every pool again as if no project were exempt and compares.
pub(crate) fn of(
    request: &Request,
    projects: &[ProjectResult],
    after: &[PoolResult],
    problems: &mut Problems,
) -> Option<Effect> {
    let before = split_all(request, &Activities::none_exempt(), problems);
    if before.len() != after.len() {
        return None;
    }
    let activities = Activities::of(request, projects);
    compare(request, &activities, &before, after)
        .map_err(|error| {
            let at = explain::read::join(&request.path, "pools");
            let message = format!("{at}: the sum of the pools {error}.");
            problems.push(Problem::new(error.code(), &at, message));
        })
        .ok()
}

fn compare(
    request: &Request,
    activities: &Activities,
    before: &[PoolResult],
    after: &[PoolResult],
) -> Result<Effect, MoneyError> {
    let mut effect = Effect::default();
    for ((pool, before), after) in request.pools.iter().zip(before).zip(after) {
        let mut compared = BTreeMap::new();
        for (activity, share) in &before.shares {
            let now = after.shares.get(activity).copied().unwrap_or_default();
            let change = Change::of(*share, now)?;
            effect
                .activities
                .entry(activity.clone())
                .or_default()
                .add(change)?;
            effect.total.add(change)?;
            compared.insert(activity.clone(), change);
        }
        let exempt = activities.exempt_in(pool);
        let left: BTreeSet<&str> = after
            .left_out
            .iter()
            .map(|out| out.activity.as_str())
            .collect();
        effect.pools.push(PoolEffect {
            id: pool.id.clone(),
            activities: compared,
            not_charged: exempt
                .iter()
                .map(|out| out.activity.clone())
                .filter(|activity| !left.contains(activity.as_str()))
                .collect(),
        });
        for out in exempt {
            effect.exempt.insert(out.activity, out.projects);
        }
    }
    Ok(effect)
}

impl Effect {
    /// As `calc costshare` prints it.
    pub fn to_json(&self) -> Value {
        let changes = |changes: &BTreeMap<String, Change>| -> Value {
            changes
                .iter()
                .map(|(activity, change)| {
                    let mut row = change.to_json();
                    row["activity"] = json!(activity);
                    row
                })
                .collect()
        };
        json!({
            "pools": self.pools.iter().map(|pool| json!({
                "id": pool.id,
                "activities": changes(&pool.activities),
                "not_charged": pool.not_charged,
            })).collect::<Vec<_>>(),
            "activities": changes(&self.activities),
            "total": self.total.to_json(),
            "exempt": self.exempt,
        })
    }
}
