//! Scores and orders the applications under one set of weights, fast: points stand in tiles of
//! eight applications, and the order from two passes over a rounded score.
#![expect(
    clippy::float_arithmetic,
    reason = "scores under drawn weights; only their order is kept"
)]

/// Applications scored side by side.
const TILE: usize = 8;
/// Largest key of a score.
const KEY_MAX: f64 = 65_535.0;
/// Moves for each score after which insertion gives up.
const MOVES_MAX: usize = 8;
/// 2^52: a small whole number added to it stands in the lowest bits of the sum.
const TWO_52: f64 = 4_503_599_627_370_496.0;

/// The whole number nearest to a float from 0 to 2^51, without a cast.
pub(super) fn nearest(value: f64) -> u64 {
    (value + TWO_52).to_bits() - TWO_52.to_bits()
}

/// Points of every application on every criterion, tile by tile.
pub(super) struct Points {
    applications: usize,
    criteria: usize,
    /// Tile by tile, within a tile criterion by criterion; 0 where nobody could score.
    tiles: Vec<[f64; TILE]>,
    /// 1 where there are points; empty when there are points everywhere.
    scored: Vec<[f64; TILE]>,
}

impl Points {
    /// From rows of points, `None` where a criterion was left out.
    pub(super) fn of(rows: &[Vec<Option<f64>>], criteria: usize) -> Self {
        let whole = rows.iter().flatten().all(Option::is_some);
        let (mut tiles, mut scored) = (Vec::new(), Vec::new());
        for tile in rows.chunks(TILE) {
            for criterion in 0..criteria {
                let mut values = [0.0; TILE];
                let mut marks = [0.0; TILE];
                for ((value, mark), row) in values.iter_mut().zip(&mut marks).zip(tile) {
                    if let Some(Some(given)) = row.get(criterion) {
                        (*value, *mark) = (*given, 1.0);
                    }
                }
                tiles.push(values);
                if !whole {
                    scored.push(marks);
                }
            }
        }
        Self {
            applications: rows.len(),
            criteria,
            tiles,
            scored,
        }
    }

    /// Weighted means over the criteria that have points. Where every application has points on
    /// every criterion the sums are left undivided, which changes no order.
    pub(super) fn scores(&self, weights: &[f64], scores: &mut Vec<f64>) {
        scores.clear();
        let criteria = self.criteria.max(1);
        if self.scored.is_empty() {
            for tile in self.tiles.chunks_exact(criteria) {
                scores.extend_from_slice(&sums(tile, weights));
            }
        } else {
            let tiles = self.tiles.chunks_exact(criteria);
            for (tile, marks) in tiles.zip(self.scored.chunks_exact(criteria)) {
                let (sums, bases) = (sums(tile, weights), sums(marks, weights));
                let mean = |(sum, basis)| if basis > 0.0 { sum / basis } else { 0.0 };
                scores.extend(sums.into_iter().zip(bases).map(mean));
            }
        }
        scores.truncate(self.applications);
    }
}

/// The sums of eight applications, criterion by criterion, so that each is added up in one order.
fn sums(tile: &[[f64; TILE]], weights: &[f64]) -> [f64; TILE] {
    let mut sums = [0.0; TILE];
    for (row, weight) in tile.iter().zip(weights) {
        for (sum, points) in sums.iter_mut().zip(row) {
            *sum += weight * points;
        }
    }
    sums
}

/// Puts scores in order, best first, equal ones in the order given: two passes over the bytes of a
/// key of sixteen bits, then insertion among the few whose keys are equal but whose scores are not.
#[derive(Default)]
pub(super) struct Sorter {
    keys: Vec<u64>,
    other: Vec<u64>,
    sorted: Vec<(f64, u32)>,
}

impl Sorter {
    /// The scores in order, each with its place in `scores`.
    pub(super) fn order(&mut self, scores: &[f64]) -> &[(f64, u32)] {
        let (low, high) = ends(scores);
        let scale = if high > low {
            KEY_MAX / (high - low)
        } else {
            0.0
        };
        self.keys.clear();
        let keyed = |(score, place): (&f64, u64)| nearest((high - score) * scale) << 32 | place;
        self.keys.extend(scores.iter().zip(0_u64..).map(keyed));
        self.other.resize(scores.len(), 0);
        for byte in [4, 5] {
            scatter(&self.keys, &mut self.other, byte);
            std::mem::swap(&mut self.keys, &mut self.other);
        }
        self.sorted.clear();
        self.sorted.extend(self.keys.iter().map(|key| {
            let place = u32::try_from(key & u64::from(u32::MAX)).unwrap_or(u32::MAX);
            let score = usize::try_from(place)
                .ok()
                .and_then(|place| scores.get(place));
            (score.copied().unwrap_or_default(), place)
        }));
        if !inserted(&mut self.sorted) {
            self.sorted
                .sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        &self.sorted
    }
}

/// Puts keys in the order of one byte, equal ones as they stand.
fn scatter(keys: &[u64], other: &mut [u64], byte: usize) {
    let digit = |key: &u64| key.to_le_bytes().get(byte).copied().unwrap_or_default();
    let mut starts = [0_usize; 256];
    for key in keys {
        if let Some(count) = starts.get_mut(usize::from(digit(key))) {
            *count += 1;
        }
    }
    let mut before = 0;
    for start in &mut starts {
        (*start, before) = (before, before + *start);
    }
    for key in keys {
        if let Some(start) = starts.get_mut(usize::from(digit(key))) {
            if let Some(slot) = other.get_mut(*start) {
                *slot = *key;
            }
            *start += 1;
        }
    }
}

fn ends(scores: &[f64]) -> (f64, f64) {
    let first = scores.first().copied().unwrap_or_default();
    scores.iter().fold((first, first), |(low, high), score| {
        (
            if *score < low { *score } else { low },
            if *score > high { *score } else { high },
        )
    })
}

/// Insertion sort of what is almost in order; gives up where too much is not.
fn inserted(sorted: &mut [(f64, u32)]) -> bool {
    let mut left_over = sorted.len() * MOVES_MAX;
    for place in 1..sorted.len() {
        let mut here = place;
        while let Some([left, right]) = here
            .checked_sub(1)
            .and_then(|from| sorted.get_mut(from..=here))
        {
            if left.0 >= right.0 {
                break;
            }
            if left_over == 0 {
                return false;
            }
            left_over -= 1;
            std::mem::swap(left, right);
            here -= 1;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_a_plain_stable_sort(
            scores in prop::collection::vec(
                prop_oneof![0.0..100.0_f64, Just(0.0), Just(50.0), 49.9999..50.0_f64], 0..200),
        ) {
            let mut plain: Vec<(f64, u32)> = scores.iter().copied().zip(0..).collect();
            plain.sort_by(|a, b| b.0.total_cmp(&a.0));
            let mut sorter = Sorter::default();
            prop_assert_eq!(sorter.order(&scores), plain);
        }
    }

    #[test]
    fn scores_of_one_key_are_sorted_in_full() {
        // One far away leaves all others a single key, in the worst order.
        let mut scores: Vec<f64> = (0..2_000_u32).map(|n| f64::from(n) * 1e-9).collect();
        scores.push(100.0);
        let mut sorter = Sorter::default();
        let order: Vec<u32> = sorter.order(&scores).iter().map(|each| each.1).collect();
        assert!(order.into_iter().eq((0..=2_000).rev()));
    }

    #[test]
    fn whole_numbers_are_found_without_a_cast() {
        assert_eq!([0.0, 0.4, 0.6, 2047.0].map(nearest), [0, 0, 1, 2047]);
    }
}
