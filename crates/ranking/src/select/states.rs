//! Partial selections and lists of them without those that another one makes pointless.
use std::cmp::Ordering;

/// A partial selection. `W` words hold one bit per item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State<const W: usize> {
    pub(super) spend: i64,
    /// Spent on small organisations, cut off at what the rule asks for: more brings nothing.
    pub(super) small: i64,
    pub(super) score: i64,
    /// Bit per item, the first item in the highest bit of the first word: of two selections
    /// with equal score and spend, the larger value has the lexicographically smaller id list.
    pub(super) chosen: [u64; W],
}

impl<const W: usize> State<W> {
    pub(super) const EMPTY: Self = Self {
        spend: 0,
        small: 0,
        score: 0,
        chosen: [0; W],
    };

    /// Marks the item at this index.
    pub(super) fn mark(&mut self, index: usize) {
        if let Some(word) = self.chosen.get_mut(index / 64) {
            *word |= 1 << (63 - index % 64);
        }
    }

    /// Whether the item at this index is marked.
    pub(super) fn is_marked(&self, index: usize) -> bool {
        self.chosen
            .get(index / 64)
            .is_some_and(|word| word >> (63 - index % 64) & 1 == 1)
    }

    /// Higher score, then lower spend, then the smaller id list.
    pub(super) fn value(&self, other: &Self) -> Ordering {
        self.score
            .cmp(&other.score)
            .then(other.spend.cmp(&self.spend))
            .then(self.chosen.cmp(&other.chosen))
    }

    fn list_order(&self, other: &Self) -> Ordering {
        self.spend
            .cmp(&other.spend)
            .then(other.small.cmp(&self.small))
            .then(other.score.cmp(&self.score))
            .then(other.chosen.cmp(&self.chosen))
    }

    /// Whatever completes `other` completes this one at least as well.
    fn dominates(&self, other: &Self) -> bool {
        self.spend <= other.spend && self.small >= other.small && self.value(other).is_ge()
    }
}

/// A list of states by spend, built in that order.
struct Frontier<const W: usize> {
    kept: Vec<State<W>>,
    /// Positions in `kept` of the best states so far: `small` rising, score falling.
    stairs: Vec<usize>,
}

impl<const W: usize> Frontier<W> {
    fn push(&mut self, state: State<W>) {
        if let Some(position) = self.stairs.get(self.first_with_small(state.small))
            && self.kept[*position].dominates(&state)
        {
            return;
        }
        while let Some(last) = self.kept.last()
            && state.dominates(last)
        {
            let position = self.kept.len() - 1;
            self.stairs.retain(|stair| *stair != position);
            self.kept.pop();
        }
        let first = self.first_with_small(state.small);
        let next = self.stairs.get(first).map(|position| self.kept[*position]);
        // An equal one that differs only in the id list stays beside, off the stairs.
        if next.is_none_or(|next| next.score < state.score) {
            let end = first + usize::from(next.is_some_and(|next| next.small == state.small));
            let start = self.stairs[..end]
                .partition_point(|position| self.kept[*position].score > state.score);
            self.stairs.splice(start..end, [self.kept.len()]);
        }
        self.kept.push(state);
    }

    fn first_with_small(&self, small: i64) -> usize {
        self.stairs
            .partition_point(|position| self.kept[*position].small < small)
    }
}

/// Merges two lists ordered by spend, leaving out states that another one dominates.
pub(super) fn merge<const W: usize>(a: &[State<W>], b: &[State<W>]) -> Vec<State<W>> {
    let mut frontier = Frontier {
        kept: Vec::with_capacity(a.len() + b.len()),
        stairs: Vec::new(),
    };
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let from_a = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => x.list_order(y).is_le(),
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return frontier.kept,
        };
        if let Some(state) = if from_a { a.next() } else { b.next() } {
            frontier.push(*state);
        }
    }
}

/// Cuts a list by spend to about `width` states; whether anything was lost. Half are those with
/// the best prospects, half are spread over all spends, so that what fits the budget is left even
/// when all prospects are alike.
pub(super) fn cut<const W: usize>(
    list: &mut Vec<State<W>>,
    width: usize,
    prospect: impl Fn(&State<W>) -> i128,
) -> bool {
    if list.len() <= width {
        return false;
    }
    let half = (width / 2).max(1);
    let stride = list.len().div_ceil(half);
    let spread: Vec<State<W>> = list.iter().step_by(stride).copied().collect();
    list.select_nth_unstable_by(half - 1, |a, b| {
        prospect(b).cmp(&prospect(a)).then_with(|| a.list_order(b))
    });
    list.truncate(half);
    list.extend(spread);
    list.sort_unstable_by(State::list_order);
    list.dedup();
    true
}
