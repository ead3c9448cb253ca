//! How far two rankings of the same applications agree.
use std::cmp::Ordering;

use money::Decimal;

use crate::square_root::square_root;

/// Kendall's tau-b: pairs in the same order less pairs in opposite order, corrected for ties.
/// `None` when one of the two holds everybody equal.
pub(super) fn kendall_tau(ranks: &[(u32, u32)]) -> Option<Decimal> {
    let (mut balance, mut first, mut second) = (0_i64, 0_i64, 0_i64);
    for (place, a) in ranks.iter().enumerate() {
        for b in ranks.iter().skip(place + 1) {
            let (one, other) = (sign(a.0.cmp(&b.0)), sign(a.1.cmp(&b.1)));
            balance += one * other;
            first += one * one;
            second += other * other;
        }
    }
    let basis = square_root(Decimal::from(first).checked_mul(Decimal::from(second))?)?;
    Decimal::from(balance).checked_div(basis)
}

fn sign(order: Ordering) -> i64 {
    match order {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// Spearman's rho: the correlation of the ranks, those who share a place at their mean place.
/// `None` when one of the two holds everybody equal.
pub(super) fn spearman(ranks: &[(u32, u32)]) -> Option<Decimal> {
    let x = twice_mean_places(ranks.iter().map(|pair| pair.0).collect());
    let y = twice_mean_places(ranks.iter().map(|pair| pair.1).collect());
    let count = i64::try_from(ranks.len()).ok()?;
    let sum = |values: &mut dyn Iterator<Item = i64>| values.sum::<i64>();
    let (sum_x, sum_y) = (sum(&mut x.iter().copied()), sum(&mut y.iter().copied()));
    let spread = |values: &[i64], total: i64| {
        count * values.iter().map(|value| value * value).sum::<i64>() - total * total
    };
    let together = sum(&mut x.iter().zip(&y).map(|(x, y)| x * y));
    let covariance = Decimal::from(count * together - sum_x * sum_y);
    let root = |spread: i64| square_root(Decimal::from(spread));
    let basis = root(spread(&x, sum_x))?.checked_mul(root(spread(&y, sum_y))?)?;
    covariance.checked_div(basis)
}

/// First plus last place of everybody's group of equals: twice the mean place.
fn twice_mean_places(ranks: Vec<u32>) -> Vec<i64> {
    let mut sorted = ranks.clone();
    sorted.sort_unstable();
    let place = |end: usize| i64::try_from(end).unwrap_or(i64::MAX);
    ranks
        .into_iter()
        .map(|rank| {
            let before = sorted.partition_point(|other| *other < rank);
            let through = sorted.partition_point(|other| *other <= rank);
            place(before) + 1 + place(through)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: Option<Decimal>) -> Option<String> {
        value.map(|value| money::fixed_text(value, 4))
    }

    #[test]
    fn equal_and_opposite_orders_are_the_two_ends() {
        let same = [(1, 1), (2, 2), (3, 3)];
        let opposite = [(1, 3), (2, 2), (3, 1)];
        assert_eq!(shown(kendall_tau(&same)).as_deref(), Some("1.0000"));
        assert_eq!(shown(spearman(&same)).as_deref(), Some("1.0000"));
        assert_eq!(shown(kendall_tau(&opposite)).as_deref(), Some("-1.0000"));
        assert_eq!(shown(spearman(&opposite)).as_deref(), Some("-1.0000"));
        assert_eq!(kendall_tau(&[(1, 1)]), None);
        assert_eq!(spearman(&[(1, 1), (1, 2)]), None);
    }

    #[test]
    fn shared_places_are_corrected_for() {
        // scipy.stats: kendalltau and spearmanr of [1,2,2,4] with [1,3,2,4].
        let ranks = [(1, 1), (2, 3), (2, 2), (4, 4)];
        assert_eq!(shown(kendall_tau(&ranks)).as_deref(), Some("0.9129"));
        assert_eq!(shown(spearman(&ranks)).as_deref(), Some("0.9487"));
    }
}
