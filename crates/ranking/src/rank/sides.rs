//! Who is above the line as one weight moves: the order changes only where two applications meet,
//! and the line only where one above meets one below, or where the first below is overtaken.
use std::{cmp::Ordering, collections::BTreeSet};

use money::{Decimal, Hkd};

use super::{
    Application, Ranked, Request, Room, TieKey,
    evaluate::by_keys,
    line,
    sensitivity::Interval,
    weight_move::{CLOSE, Moving, Way},
};

/// Everybody's side of the line under one moving weight.
pub(super) struct Sides<'a> {
    moving: &'a Moving,
    room: Room,
    keys: &'a [TieKey],
    given: Vec<Option<&'a Application>>,
    costs: Vec<Option<Hkd>>,
    ids: Vec<&'a str>,
    now: BTreeSet<usize>,
}

/// The first weight on a way at which other applications are above the line.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    pub(super) to: Decimal,
    /// Place of the application that came above, else of one that fell below.
    pub(super) application: usize,
}

/// Where two applications meet.
struct Meeting {
    at: Decimal,
    pair: [usize; 2],
}

/// The line in one order: who is above, and who is first below.
struct Drawn {
    above: BTreeSet<usize>,
    first_below: Option<usize>,
    order: Vec<usize>,
}

impl<'a> Sides<'a> {
    pub(super) fn of(
        moving: &'a Moving,
        room: Room,
        request: &'a Request,
        ranked: &[&'a Ranked],
    ) -> Self {
        let by_id = line::by_id(request);
        let given: Vec<Option<&Application>> = ranked
            .iter()
            .map(|each| by_id.get(each.id.as_str()).copied())
            .collect();
        let mut sides = Self {
            moving,
            room,
            keys: &request.tie_break,
            costs: given
                .iter()
                .map(|each| each.and_then(|each| each.cost))
                .collect(),
            given,
            ids: ranked.iter().map(|each| each.id.as_str()).collect(),
            now: BTreeSet::new(),
        };
        sides.now = sides.drawn(moving.stated).above;
        sides
    }

    /// The line at one weight, drawn as in the ranking itself.
    fn drawn(&self, weight: Decimal) -> Drawn {
        let scores: Vec<Decimal> = self
            .moving
            .courses
            .iter()
            .map(|course| course.at(weight))
            .collect();
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| {
            let score = |place: &usize| scores.get(*place);
            score(b)
                .cmp(&score(a))
                .then_with(|| self.by_keys(*a, *b))
                .then_with(|| self.ids.get(*a).cmp(&self.ids.get(*b)))
        });
        let costs = order
            .iter()
            .map(|place| self.costs.get(*place).copied().flatten());
        let above = line::fit(self.room, costs);
        Drawn {
            first_below: order.get(above).copied(),
            above: order.iter().take(above).copied().collect(),
            order,
        }
    }

    fn by_keys(&self, a: usize, b: usize) -> Ordering {
        let given = |place: usize| self.given.get(place).copied().flatten();
        match (given(a), given(b)) {
            (Some(a), Some(b)) => by_keys(self.keys, a, b).0,
            _ => Ordering::Equal,
        }
    }

    /// Cuts every interval where its application changes sides; tells where anybody first does.
    pub(super) fn walk(&self, way: Way, intervals: &mut [Interval]) -> Option<Turn> {
        let meetings = self.meetings(way);
        let groups: Vec<&[Meeting]> = meetings
            .chunk_by(|a, b| (a.at - b.at).abs() <= CLOSE)
            .collect();
        let mut ended: BTreeSet<usize> = BTreeSet::new();
        let mut here = self.drawn(self.moving.stated);
        let mut turn = None;
        for (place, group) in groups.iter().enumerate() {
            let Some(first) = group.first() else { continue };
            if !group.iter().any(|meeting| here.touched_by(meeting)) {
                continue;
            }
            let next = groups
                .get(place + 1)
                .and_then(|group| group.first())
                .map(|meeting| meeting.at);
            here = self.drawn(Moving::halfway(first.at, next, way));
            let mut changed: BTreeSet<usize> = self
                .now
                .symmetric_difference(&here.above)
                .copied()
                .collect();
            changed.extend(self.changed_at(first.at, way));
            for application in changed {
                if ended.insert(application)
                    && let Some(interval) = intervals.get_mut(application)
                {
                    interval.cut(way, self.last_same(first.at, way, application));
                }
            }
            if turn.is_none() {
                turn = self.turn(first.at, way);
            }
        }
        turn
    }

    /// Every meeting on this way, nearest first.
    fn meetings(&self, way: Way) -> Vec<Meeting> {
        let courses = &self.moving.courses;
        let mut meetings = Vec::new();
        for (a, course) in courses.iter().enumerate() {
            for (b, other) in courses.iter().enumerate().skip(a + 1) {
                let all = self.moving.meetings(course, other, way);
                meetings.extend(all.into_iter().map(|at| Meeting { at, pair: [a, b] }));
            }
        }
        meetings.sort_by(|a, b| way.nearer(a.at, b.at));
        meetings
    }

    /// Who is on another side at a meeting that falls on a grid point, where keys decide.
    fn changed_at(&self, at: Decimal, way: Way) -> BTreeSet<usize> {
        let point = self.moving.furthest(at, way, |_| true);
        if (point - at).abs() > CLOSE {
            return BTreeSet::new();
        }
        let there = self.drawn(point).above;
        self.now.symmetric_difference(&there).copied().collect()
    }

    fn last_same(&self, at: Decimal, way: Way, application: usize) -> Decimal {
        let now = self.now.contains(&application);
        self.moving.furthest(at, way, |weight| {
            self.drawn(weight).above.contains(&application) == now
        })
    }

    /// The next grid point at or after a meeting, when others are above the line there.
    fn turn(&self, at: Decimal, way: Way) -> Option<Turn> {
        let last = self
            .moving
            .furthest(at, way, |weight| self.drawn(weight).above == self.now);
        let to = way.step(last, 1);
        let there = self.drawn(to);
        let came = there
            .order
            .iter()
            .find(|place| there.above.contains(place) && !self.now.contains(place));
        let went = self.now.difference(&there.above).next();
        let application = came.or(went).copied()?;
        let inside = to >= Decimal::ZERO && to <= Decimal::ONE;
        inside.then_some(Turn { to, application })
    }
}

impl Drawn {
    fn touched_by(&self, meeting: &Meeting) -> bool {
        let [a, b] = meeting.pair;
        self.above.contains(&a) != self.above.contains(&b)
            || self.first_below == Some(a)
            || self.first_below == Some(b)
    }
}
