//! Splitting each pool between its activities, after the weight of exempt activities has left
//! the basis.
use std::collections::BTreeMap;

use explain::{Problem, Problems};
use money::{Decimal, Hkd, split_by_largest_remainder};

use crate::{ExemptBasis, Pool, ProjectResult, Request};

/// The code of the problem that a pool has nothing left to be split by.
pub(crate) const NO_BASIS_LEFT: &str = "no_basis_left";

/// A pool and what each activity bears of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolResult {
    /// The pool.
    pub id: String,
    /// What was split; the shares sum to it exactly.
    pub total: Hkd,
    /// What each activity bears, in whole cents.
    pub shares: BTreeMap<String, Hkd>,
    /// Activities whose weight left the basis.
    pub left_out: Vec<LeftOut>,
    /// The weights that made up the basis.
    pub(crate) basis: BTreeMap<String, Decimal>,
}

/// An activity whose weight left the basis because every project naming it is exempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The activity.
    pub activity: String,
    /// The exempt projects that name it.
    pub projects: Vec<String>,
}

/// An activity that some exempt and some other projects name: its weight stays in the basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MixedActivity {
    /// The activity.
    pub activity: String,
    /// Projects that are exempt.
    pub exempt: Vec<String>,
    /// Projects that are not, or not known to be.
    pub not_exempt: Vec<String>,
}

/// The projects that name one activity.
#[derive(Debug, Default)]
struct Named {
    exempt: Vec<String>,
    not_exempt: Vec<String>,
}

/// What the statuses of the projects mean for the basis.
#[derive(Debug)]
pub(crate) struct Activities {
    by_id: BTreeMap<String, Named>,
}

impl Activities {
    /// As if no project were exempt.
    pub(crate) const fn none_exempt() -> Self {
        Self {
            by_id: BTreeMap::new(),
        }
    }

    pub(crate) fn of(request: &Request, results: &[ProjectResult]) -> Self {
        let mut by_id: BTreeMap<String, Named> = BTreeMap::new();
        for (project, result) in request.projects.iter().zip(results) {
            let Some(activity) = &project.activity else {
                continue;
            };
            let named = by_id.entry(activity.clone()).or_default();
            if result.status.is_exempt() {
                named.exempt.push(project.id.clone());
            } else {
                named.not_exempt.push(project.id.clone());
            }
        }
        Self { by_id }
    }

    pub(crate) fn mixed(&self) -> Vec<MixedActivity> {
        self.by_id
            .iter()
            .filter(|(_, named)| !named.exempt.is_empty() && !named.not_exempt.is_empty())
            .map(|(activity, named)| MixedActivity {
                activity: activity.clone(),
                exempt: named.exempt.clone(),
                not_exempt: named.not_exempt.clone(),
            })
            .collect()
    }

    /// The exempt activities of a pool, by id.
    pub(crate) fn exempt_in(&self, pool: &Pool) -> Vec<LeftOut> {
        self.by_id
            .iter()
            .filter(|(activity, named)| {
                named.not_exempt.is_empty() && pool.weights.contains_key(*activity)
            })
            .map(|(activity, named)| LeftOut {
                activity: activity.clone(),
                projects: named.exempt.clone(),
            })
            .collect()
    }
}

/// Splits every pool, or lists every pool that cannot be split.
pub(crate) fn split_all(
    request: &Request,
    activities: &Activities,
    problems: &mut Problems,
) -> Vec<PoolResult> {
    let mut results = Vec::with_capacity(request.pools.len());
    for (position, pool) in request.pools.iter().enumerate() {
        let at = explain::read::join(&request.path, &format!("pools[{position}].weights"));
        let left_out = match request.settings.unwrap_or_default().exempt_basis {
            ExemptBasis::Leave => activities.exempt_in(pool),
            ExemptBasis::Stay => Vec::new(),
        };
        match split(pool, left_out, &at) {
            Ok(result) => results.push(result),
            Err(problem) => problems.push(problem),
        }
    }
    results
}

fn split(pool: &Pool, left_out: Vec<LeftOut>, at: &str) -> Result<PoolResult, Problem> {
    let mut basis = pool.weights.clone();
    for out in &left_out {
        basis.remove(&out.activity);
    }
    if basis.values().all(Decimal::is_zero) {
        return Err(Problem::new(
            NO_BASIS_LEFT,
            at,
            format!(
                "{at} has no weight left once the exempt activities are taken out, so {} cannot \
                 be apportioned; give a weight above zero to an activity that is not exempt, \
                 such as {{\"fsa\":\"1\"}}.",
                pool.amount
            ),
        )
        .with("pool", pool.id.clone()));
    }
    let weights: Vec<Decimal> = basis.values().copied().collect();
    // The map is ordered by byte, so the earlier position that wins a tie is the id that comes
    // first in byte order.
    let parts = split_by_largest_remainder(pool.amount, &weights)
        .map_err(|error| Problem::new(error.code(), at, format!("{at}: the split {error}.")))?;
    let mut shares: BTreeMap<String, Hkd> = basis.keys().cloned().zip(parts).collect();
    for out in &left_out {
        shares.insert(out.activity.clone(), Hkd::ZERO);
    }
    Ok(PoolResult {
        id: pool.id.clone(),
        total: pool.amount,
        shares,
        left_out,
        basis,
    })
}
