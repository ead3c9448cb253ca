//! The line: best first until the next does not fit. Nobody below it is above it, even when a
//! smaller request further down would fit; that question is `calc select`'s.
use std::{cmp::Ordering, collections::BTreeMap};

use money::{Decimal, Hkd};
use serde_json::{Value, json};

use super::{
    Application, LineRule, Ranked, Request, Room, Samples,
    evaluate::{by_keys, comparable},
};

/// Where the money or the places end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How it was drawn.
    pub rule: LineRule,
    /// Ids above the line, best first.
    pub above: Vec<String>,
    /// What those above ask for together; `None` when one of them states no cost.
    pub committed: Option<Hkd>,
}

/// How firmly an application stands on its side of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Above the line in at least the robust share of the weightings.
    RobustlyShortlisted,
    /// Neither.
    Contested,
    /// Below the line in at least that share.
    RobustlyOut,
}

impl Standing {
    /// `robustly_shortlisted`, `contested` or `robustly_out`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RobustlyShortlisted => "robustly_shortlisted",
            Self::Contested => "contested",
            Self::RobustlyOut => "robustly_out",
        }
    }

    pub(super) fn of(share: Decimal, robust: Decimal) -> Self {
        if share >= robust {
            Self::RobustlyShortlisted
        } else if share <= Decimal::ONE - robust {
            Self::RobustlyOut
        } else {
            Self::Contested
        }
    }
}

impl Line {
    pub(super) fn to_json(&self) -> Value {
        let budget = match self.rule.room {
            Room::Budget(budget) => Some(budget.to_string()),
            Room::Places(_) => None,
        };
        json!({
            "budget": budget,
            "places": self.above.len(),
            "above": self.above,
            "committed": self.committed.map(|sum| sum.to_string()),
            "robust": money::normal_text(self.rule.robust),
        })
    }
}

/// Places in `applications` of the ranked ones: by score, then by the keys, then by id.
pub(super) fn order(request: &Request, applications: &[Ranked]) -> Vec<usize> {
    let given = by_id(request);
    let mut ranked: Vec<(usize, &Ranked, Option<Decimal>)> = applications
        .iter()
        .enumerate()
        .filter(|(_, ranked)| ranked.rank.is_some())
        .map(|(place, ranked)| (place, ranked, comparable(ranked)))
        .collect();
    ranked.sort_by(|(_, a, score_a), (_, b, score_b)| {
        score_b.cmp(score_a).then_with(|| {
            match (given.get(a.id.as_str()), given.get(b.id.as_str())) {
                (Some(a), Some(b)) => by_keys(&request.tie_break, a, b).0,
                _ => Ordering::Equal,
            }
            .then_with(|| a.id.cmp(&b.id))
        })
    });
    ranked.into_iter().map(|(place, _, _)| place).collect()
}

pub(super) fn by_id(request: &Request) -> BTreeMap<&str, &Application> {
    request
        .applications
        .iter()
        .map(|application| (application.id.as_str(), application))
        .collect()
}

/// What these applications ask for.
pub(super) fn costs(request: &Request, ids: &[String]) -> Vec<Option<Hkd>> {
    let given = by_id(request);
    ids.iter()
        .map(|id| given.get(id.as_str()).and_then(|each| each.cost))
        .collect()
}

/// How many fit, in this order; a request without a cost ends a budget line.
pub(super) fn fit(room: Room, costs: impl Iterator<Item = Option<Hkd>>) -> usize {
    match room {
        Room::Places(places) => costs.zip(0..places).count(),
        Room::Budget(budget) => {
            let mut left = budget.cents();
            costs
                .take_while(|cost| {
                    let cost = cost.map_or(i64::MAX, Hkd::cents);
                    let fits = cost <= left;
                    if fits {
                        left -= cost;
                    }
                    fits
                })
                .count()
        }
    }
}

/// Draws the line through the ranking.
pub(super) fn draw(rule: LineRule, request: &Request, applications: &[Ranked]) -> Line {
    let ids: Vec<String> = order(request, applications)
        .into_iter()
        .filter_map(|place| applications.get(place))
        .map(|ranked| ranked.id.clone())
        .collect();
    let costs = costs(request, &ids);
    let above = fit(rule.room, costs.iter().copied());
    let committed = costs
        .into_iter()
        .take(above)
        .collect::<Option<Vec<Hkd>>>()
        .and_then(|costs| Hkd::checked_sum(costs).ok());
    Line {
        rule,
        above: ids.into_iter().take(above).collect(),
        committed,
    }
}

/// Fills in how often each application ended above the line, and how firmly it stands.
pub(super) fn standings(rule: LineRule, counted: &Samples, find: &mut BTreeMap<&str, &mut Ranked>) {
    let samples = Decimal::from(counted.samples.max(1));
    for (id, above) in counted.ids.iter().zip(&counted.above) {
        if let Some(ranked) = find.get_mut(id.as_str()) {
            let share = Decimal::from(*above) / samples;
            ranked.line_share = Some(share);
            ranked.standing = Some(Standing::of(share, rule.robust));
        }
    }
}
