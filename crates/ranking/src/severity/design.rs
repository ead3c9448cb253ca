//! Who reviewed what on one dimension, and which reviewers hang together through applications
//! that they share.
use std::collections::{BTreeMap, BTreeSet};

use money::Decimal;

use super::Request;

/// The levels of one dimension; reviewers and applications stand by id.
pub(super) struct Design<'a> {
    pub(super) reviewers: Vec<&'a str>,
    pub(super) applications: Vec<&'a str>,
    /// By application: place of the reviewer, and the level.
    pub(super) levels: Vec<Vec<(usize, Decimal)>>,
    /// Connected parts: places of reviewers, each part by its first reviewer.
    pub(super) parts: Vec<Vec<usize>>,
}

impl<'a> Design<'a> {
    /// One dimension of the reviews; abstentions are left out.
    pub(super) fn of(request: &'a Request, dimension: &str) -> Self {
        let mut table: BTreeMap<&str, BTreeMap<&str, Decimal>> = BTreeMap::new();
        for review in &request.reviews {
            if let Some(Some(level)) = review.scores.get(dimension) {
                let row = table.entry(review.application.as_str()).or_default();
                row.insert(review.reviewer.as_str(), *level);
            }
        }
        let names: BTreeSet<&str> = table.values().flat_map(|row| row.keys().copied()).collect();
        let reviewers: Vec<&str> = names.into_iter().collect();
        let place = |name: &str| reviewers.partition_point(|other| *other < name);
        let levels: Vec<Vec<(usize, Decimal)>> = table
            .values()
            .map(|row| {
                row.iter()
                    .map(|(name, level)| (place(name), *level))
                    .collect()
            })
            .collect();
        Self {
            parts: parts(reviewers.len(), &levels),
            applications: table.keys().copied().collect(),
            reviewers,
            levels,
        }
    }

    /// Levels less what is estimated from them.
    pub(super) fn degrees_of_freedom(&self) -> usize {
        let levels: usize = self.levels.iter().map(Vec::len).sum();
        // Applications and reviewers, less one reviewer in each part whose severity follows.
        let estimated = self.applications.len() + self.reviewers.len() - self.parts.len();
        levels.saturating_sub(estimated)
    }

    /// Reviews of everybody, by place.
    pub(super) fn reviews(&self) -> Vec<usize> {
        let mut counts = vec![0; self.reviewers.len()];
        for (reviewer, _) in self.levels.iter().flatten() {
            if let Some(count) = counts.get_mut(*reviewer) {
                *count += 1;
            }
        }
        counts
    }
}

/// Reviewers joined by shared applications: the smallest place names the part.
fn parts(reviewers: usize, levels: &[Vec<(usize, Decimal)>]) -> Vec<Vec<usize>> {
    let mut name: Vec<usize> = (0..reviewers).collect();
    loop {
        let mut changed = false;
        for row in levels {
            let names = row.iter().filter_map(|(place, _)| name.get(*place));
            let Some(least) = names.min().copied() else {
                continue;
            };
            for (place, _) in row {
                if let Some(own) = name.get_mut(*place)
                    && *own != least
                {
                    *own = least;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, name) in name.into_iter().enumerate() {
        parts.entry(name).or_default().push(place);
    }
    parts.into_values().collect()
}
