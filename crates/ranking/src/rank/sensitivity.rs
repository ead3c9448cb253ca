//! How far one weight may move, all others rescaled in proportion, before an application's rank or
//! its side of the line changes. Exact: no float, no search over samples.
use money::{Decimal, fixed_text};
use serde_json::{Value, json};

use super::{
    Criterion, Ranked, Request,
    sides::{Sides, Turn},
    weight_move::{Moving, Way},
};

/// Digits after the point of a weight.
const WEIGHT_PLACES: u32 = 6;

/// The weights from one end to the other, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The smallest.
    pub from: Decimal,
    /// The largest.
    pub to: Decimal,
}

/// What one criterion's weight may do without effect on one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightRange {
    /// Id of the criterion whose weight moves.
    pub criterion: String,
    /// Id of a ranked application.
    pub application: String,
    /// Weights at which its rank is what it is.
    pub rank: Interval,
    /// Weights at which it stays on its side of the line; `None` without a line.
    pub line: Option<Interval>,
}

/// The smallest move of one weight that changes who is above the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallestMove {
    /// Id of the criterion whose weight moves.
    pub criterion: String,
    /// Who comes above the line; where nobody does, who falls below it.
    pub application: String,
    /// The nearest weight, of six places, at which this is so.
    pub to: Decimal,
}

/// Every weight's freedom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// By criterion, then by rank.
    pub ranges: Vec<WeightRange>,
    /// `None` when no weight can change who is above the line.
    pub smallest_move: Option<SmallestMove>,
}

impl Interval {
    const ALL: Self = Self {
        from: Decimal::ZERO,
        to: Decimal::ONE,
    };

    fn to_json(self) -> Value {
        json!({
            "from": fixed_text(self.from, WEIGHT_PLACES),
            "to": fixed_text(self.to, WEIGHT_PLACES),
        })
    }

    /// Shortens one end.
    pub(super) fn cut(&mut self, way: Way, end: Decimal) {
        match way {
            Way::Down => self.from = self.from.max(end),
            Way::Up => self.to = self.to.min(end),
        }
    }

    fn end(self, way: Way) -> Decimal {
        match way {
            Way::Down => self.from,
            Way::Up => self.to,
        }
    }
}

impl Sensitivity {
    pub(super) fn add_to(&self, value: &mut Value) {
        let row = |range: &WeightRange| {
            json!({
                "criterion": range.criterion,
                "application": range.application,
                "rank": range.rank.to_json(),
                "line": range.line.map(Interval::to_json),
            })
        };
        value["sensitivity"] = self.ranges.iter().map(row).collect();
        value["smallest_move"] = self.smallest_move.as_ref().map_or(Value::Null, |found| {
            json!({
                "criterion": found.criterion,
                "application": found.application,
                "to": fixed_text(found.to, WEIGHT_PLACES),
            })
        });
    }
}

/// Moves every weight in turn.
pub(super) fn weigh(
    request: &Request,
    criteria: &[Criterion],
    applications: &[Ranked],
) -> Sensitivity {
    let ranked: Vec<&Ranked> = applications
        .iter()
        .filter(|each| each.rank.is_some())
        .collect();
    let mut ranges = Vec::with_capacity(criteria.len() * ranked.len());
    let mut nearest: Option<(Decimal, SmallestMove)> = None;
    for criterion in criteria {
        let moving = Moving::of(criterion, &ranked);
        let mut ranks = vec![Interval::ALL; ranked.len()];
        let mut lines = request.asks.line.map(|_| vec![Interval::ALL; ranked.len()]);
        if let Some(moving) = &moving {
            rank_intervals(moving, &mut ranks);
            if let (Some(rule), Some(lines)) = (request.asks.line, &mut lines) {
                let sides = Sides::of(moving, rule.room, request, &ranked);
                for way in [Way::Down, Way::Up] {
                    if let Some(turn) = sides.walk(way, lines) {
                        keep_nearest(criterion, &ranked, turn, &mut nearest);
                    }
                }
            }
        }
        for (place, (each, rank)) in ranked.iter().zip(ranks).enumerate() {
            ranges.push(WeightRange {
                criterion: criterion.id.clone(),
                application: each.id.clone(),
                rank,
                line: lines.as_ref().and_then(|lines| lines.get(place).copied()),
            });
        }
    }
    Sensitivity {
        ranges,
        smallest_move: nearest.map(|(_, found)| found),
    }
}

/// Of two moves of one length the one met first stays: by criterion, downwards before upwards.
fn keep_nearest(
    criterion: &Criterion,
    ranked: &[&Ranked],
    turn: Turn,
    nearest: &mut Option<(Decimal, SmallestMove)>,
) {
    let length = (turn.to - criterion.weight).abs();
    if let Some(each) = ranked.get(turn.application)
        && nearest.as_ref().is_none_or(|(least, _)| length < *least)
    {
        let found = SmallestMove {
            criterion: criterion.id.clone(),
            application: each.id.clone(),
            to: turn.to,
        };
        *nearest = Some((length, found));
    }
}

/// A rank changes as soon as one application comes above, or ceases to be above.
fn rank_intervals(moving: &Moving, intervals: &mut [Interval]) {
    for way in [Way::Down, Way::Up] {
        for (a, course) in moving.courses.iter().enumerate() {
            for (b, other) in moving.courses.iter().enumerate().skip(a + 1) {
                let meetings = moving.meetings(course, other, way);
                for (own, [own_course, rival]) in [(a, [course, other]), (b, [other, course])] {
                    let Some(interval) = intervals.get_mut(own) else {
                        continue;
                    };
                    let above = |at: Decimal| rival.at(at) > own_course.at(at);
                    let now = above(moving.stated);
                    let Some(limit) = first_change(&meetings, way, now, above) else {
                        continue;
                    };
                    // Beyond what is already cut off nothing is left to refine.
                    if way.nearer(limit, way.step(interval.end(way), 1)).is_lt() {
                        interval.cut(way, moving.furthest(limit, way, |at| above(at) == now));
                    }
                }
            }
        }
    }
}

/// The meeting at or after which a rival is above, or no longer above.
fn first_change(
    meetings: &[Decimal],
    way: Way,
    now: bool,
    above: impl Fn(Decimal) -> bool,
) -> Option<Decimal> {
    if now {
        return meetings.first().copied();
    }
    meetings.iter().enumerate().find_map(|(place, at)| {
        let next = meetings.get(place + 1).copied();
        above(Moving::halfway(*at, next, way)).then_some(*at)
    })
}
