//! How scores move when one weight moves and all others are rescaled in proportion: each score is
//! the ratio of two straight lines, so two applications meet at the roots of a quadratic.
//!
//! Weights stand on a grid of six places, as they are written; what holds at a grid point is read
//! off the scores themselves, equal where the ranking calls them equal.
use std::cmp::Ordering;

use money::Decimal;

use super::{Criterion, Ranked, evaluate::equal_scale};
use crate::square_root::square_root;

/// Grid points between the weights 0 and 1.
pub(super) const GRID: u32 = 1_000_000;
/// Roots closer than this are one meeting.
pub(super) const CLOSE: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// Which way a weight moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Down,
    Up,
}

/// The score of one application as the weight moves: (n0 + n1·t) ÷ (d0 + d1·t).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Course {
    n0: Decimal,
    n1: Decimal,
    d0: Decimal,
    d1: Decimal,
}

impl Course {
    /// The course of a ranked application; `None` when a step does not fit. Where only this
    /// criterion was scored, or where it was left out, the weight changes nothing.
    fn of(moving: &Criterion, ranked: &Ranked) -> Option<Self> {
        let rest = Decimal::ONE.checked_sub(moving.weight)?;
        let (mut sum, mut basis, mut own) = (Decimal::ZERO, Decimal::ZERO, None);
        for part in &ranked.contributions {
            if part.criterion == moving.id {
                own = Some(part.points);
            } else {
                sum = sum.checked_add(part.weight.checked_mul(part.points)?)?;
                basis = basis.checked_add(part.weight)?;
            }
        }
        let still = |n0, d0| Self {
            n0,
            n1: Decimal::ZERO,
            d0,
            d1: Decimal::ZERO,
        };
        match own {
            None => Some(still(sum, basis)),
            Some(points) if basis.is_zero() => Some(still(points, Decimal::ONE)),
            Some(points) => Some(Self {
                n0: sum,
                n1: rest.checked_mul(points)?.checked_sub(sum)?,
                d0: basis,
                d1: rest.checked_sub(basis)?,
            }),
        }
    }

    /// The score at a weight, as scores are compared.
    pub(super) fn at(&self, weight: Decimal) -> Decimal {
        let over = self.n0 + self.n1 * weight;
        let under = self.d0 + self.d1 * weight;
        // Under is above zero from 0 to 1; a ranked application rests on some weight.
        equal_scale(over.checked_div(under).unwrap_or_default())
    }

    /// Where two courses meet strictly between 0 and 1, in ascending order.
    fn meets(&self, other: &Self) -> Vec<Decimal> {
        let [c0, c1, c2] = if self.d1.is_zero() && other.d1.is_zero() && self.d0 == other.d0 {
            [self.n0 - other.n0, self.n1 - other.n1, Decimal::ZERO]
        } else {
            [
                self.n0 * other.d0 - other.n0 * self.d0,
                self.n0 * other.d1 + self.n1 * other.d0 - other.n0 * self.d1 - other.n1 * self.d0,
                self.n1 * other.d1 - other.n1 * self.d1,
            ]
        };
        let mut roots: Vec<Decimal> = roots(c0, c1, c2)
            .into_iter()
            .flatten()
            .filter(|root| *root > Decimal::ZERO && *root < Decimal::ONE)
            .collect();
        roots.sort_unstable();
        roots
    }
}

/// Real roots of c0 + c1·t + c2·t², without cancellation; one that does not fit lies far outside.
fn roots(c0: Decimal, c1: Decimal, c2: Decimal) -> [Option<Decimal>; 2] {
    if c2.is_zero() {
        return [c0.checked_div(c1).map(|root| -root), None];
    }
    let square = c1 * c1 - Decimal::from(4) * c0 * c2;
    let Some(root) = square_root(square) else {
        return [None, None];
    };
    let sum = if c1.is_sign_negative() {
        c1 - root
    } else {
        c1 + root
    };
    let half = -sum / Decimal::TWO;
    [half.checked_div(c2), c0.checked_div(half)]
}

/// One criterion's weight and everybody's course, in the order of the ranking.
pub(super) struct Moving {
    pub(super) stated: Decimal,
    pub(super) courses: Vec<Course>,
}

impl Moving {
    /// `None` when there is no other weight to rescale: then nothing can move.
    pub(super) fn of(criterion: &Criterion, ranked: &[&Ranked]) -> Option<Self> {
        if criterion.weight == Decimal::ONE {
            return None;
        }
        let courses = ranked.iter().map(|each| Course::of(criterion, each));
        Some(Self {
            stated: criterion.weight,
            courses: courses.collect::<Option<_>>()?,
        })
    }

    /// Where two of them meet, nearest first on that way; their own equality now comes first.
    pub(super) fn meetings(&self, a: &Course, b: &Course, way: Way) -> Vec<Decimal> {
        let mut meetings = a.meets(b);
        if way == Way::Down {
            meetings.reverse();
        }
        meetings.retain(|at| self.beyond(*at, way));
        if a.at(self.stated) == b.at(self.stated) {
            meetings.retain(|at| (*at - self.stated).abs() > CLOSE);
            meetings.insert(0, self.stated);
        }
        meetings
    }

    fn beyond(&self, at: Decimal, way: Way) -> bool {
        match way {
            Way::Down => at < self.stated,
            Way::Up => at > self.stated,
        }
    }

    /// Halfway from a meeting to the next one, or to the end of the way.
    pub(super) fn halfway(at: Decimal, next: Option<Decimal>, way: Way) -> Decimal {
        let end = next.unwrap_or_else(|| way.end());
        (at + end) / Decimal::TWO
    }

    /// The furthest grid point from the stated weight to `limit` at which `holds` still holds.
    pub(super) fn furthest(
        &self,
        limit: Decimal,
        way: Way,
        holds: impl Fn(Decimal) -> bool,
    ) -> Decimal {
        let near = way.inward(limit);
        let next = way.step(near, 1);
        if (next - limit).abs() <= CLOSE && holds(next) {
            return next;
        }
        if !self.beyond(near, way) {
            return self.stated;
        }
        if holds(near) {
            return near;
        }
        // Only where scores are equal to twelve places over a whole step or more.
        let steps = (near - self.stated).abs() * Decimal::from(GRID);
        let (mut low, mut high) = (0_u32, u32::try_from(steps.trunc()).unwrap_or(GRID));
        while low + 1 < high {
            let middle = low.midpoint(high);
            if holds(way.step(near, -i64::from(middle))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        let found = way.step(near, -i64::from(high));
        if self.beyond(found, way) {
            found
        } else {
            self.stated
        }
    }
}

impl Way {
    pub(super) fn end(self) -> Decimal {
        match self {
            Self::Down => Decimal::ZERO,
            Self::Up => Decimal::ONE,
        }
    }

    /// The grid point at or before a weight.
    fn inward(self, weight: Decimal) -> Decimal {
        let scaled = weight * Decimal::from(GRID);
        let point = match self {
            Self::Down => scaled.ceil(),
            Self::Up => scaled.floor(),
        };
        point / Decimal::from(GRID)
    }

    /// So many grid points further along.
    pub(super) fn step(self, point: Decimal, steps: i64) -> Decimal {
        let length = Decimal::new(steps, 6);
        match self {
            Self::Down => point - length,
            Self::Up => point + length,
        }
    }

    pub(super) fn nearer(self, a: Decimal, b: Decimal) -> Ordering {
        match self {
            Self::Down => b.cmp(&a),
            Self::Up => a.cmp(&b),
        }
    }
}
