//! Scores and orders the applications under one set of weights, fast: points stand in tiles of
//! eight applications, and the order comes from one pass over buckets of the score.
#![expect(
    clippy::float_arithmetic,
    reason = "scores under drawn weights; only their order is kept"
)]

/// Applications scored side by side.
const TILE: usize = 8;
/// Fullest bucket that is still put in order by insertion.
const INSERTION_MAX: u32 = 16;
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

/// Puts scores in order, best first, equal ones in the order given.
#[derive(Default)]
pub(super) struct Sorter {
    buckets: Vec<u64>,
    starts: Vec<u32>,
    sorted: Vec<(f64, u32)>,
}

impl Sorter {
    /// The scores in order, each with its place in `scores`.
    pub(super) fn order(&mut self, scores: &[f64]) -> &[(f64, u32)] {
        let (low, high) = ends(scores);
        let count = (scores.len() * 2).next_power_of_two();
        let last = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) - 1.0;
        let scale = if high > low { last / (high - low) } else { 0.0 };
        self.buckets.clear();
        self.buckets
            .extend(scores.iter().map(|score| nearest((high - score) * scale)));
        self.starts.clear();
        self.starts.resize(count + 1, 0);
        for bucket in &self.buckets {
            if let Some(start) = self.starts.get_mut(at(*bucket) + 1) {
                *start += 1;
            }
        }
        let fullest = self.starts.iter().copied().max().unwrap_or_default();
        let mut before = 0;
        for start in &mut self.starts {
            before += *start;
            *start = before;
        }
        self.sorted.clear();
        self.sorted.resize(scores.len(), (0.0, 0));
        for ((score, bucket), place) in scores.iter().zip(&self.buckets).zip(0_u32..) {
            let Some(start) = self.starts.get_mut(at(*bucket)) else {
                continue;
            };
            if let Some(slot) = usize::try_from(*start)
                .ok()
                .and_then(|start| self.sorted.get_mut(start))
            {
                *slot = (*score, place);
            }
            *start += 1;
        }
        // Buckets stand in order and hold equal scores in the order given.
        if high > low {
            if fullest <= INSERTION_MAX {
                insert(&mut self.sorted);
            } else {
                self.sorted
                    .sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            }
        }
        &self.sorted
    }
}

fn at(bucket: u64) -> usize {
    usize::try_from(bucket).unwrap_or(usize::MAX - 1)
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

/// Insertion sort of what is almost in order.
fn insert(sorted: &mut [(f64, u32)]) {
    for place in 1..sorted.len() {
        let mut here = place;
        while let Some([left, right]) = here
            .checked_sub(1)
            .and_then(|from| sorted.get_mut(from..=here))
        {
            if left.0 >= right.0 {
                break;
            }
            std::mem::swap(left, right);
            here -= 1;
        }
    }
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
    fn whole_numbers_are_found_without_a_cast() {
        assert_eq!([0.0, 0.4, 0.6, 2047.0].map(nearest), [0, 0, 1, 2047]);
    }
}
