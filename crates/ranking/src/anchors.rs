//! Anchors: what counts as worst and as best. A figure that was placed between anchors of its own is
//! carried over to common ones, so that different kinds of project can be scored on one scale.
use money::Decimal;

/// The figure of 0 points and the figure of 100 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchors {
    /// Worst.
    pub zero: Decimal,
    /// Best.
    pub hundred: Decimal,
}

impl Anchors {
    /// The figure that stands between `common` where `value` stands between these, never outside.
    /// None when the anchors are equal, or a step does not fit.
    pub fn carry(self, value: Decimal, common: Self) -> Option<Decimal> {
        let position = value
            .checked_sub(self.zero)?
            .checked_div(self.hundred.checked_sub(self.zero)?)?
            .clamp(Decimal::ZERO, Decimal::ONE);
        let width = common.hundred.checked_sub(common.zero)?;
        common.zero.checked_add(position.checked_mul(width)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(zero: i64, hundred: i64) -> Anchors {
        let tenths = |value| Decimal::new(value, 1);
        Anchors {
            zero: tenths(zero),
            hundred: tenths(hundred),
        }
    }

    #[test]
    fn a_figure_keeps_its_place_and_stays_between_the_anchors() {
        let carried = |value| anchors(5, 20).carry(Decimal::new(value, 2), anchors(0, 50));
        assert_eq!(carried(125), Some(Decimal::new(25, 1)));
        assert_eq!(carried(10), Some(Decimal::ZERO));
        assert_eq!(carried(700), Some(Decimal::from(5)));
        // The smaller figure may be the better one.
        let fewer = anchors(20, 5).carry(Decimal::new(50, 2), anchors(0, 50));
        assert_eq!(fewer, Some(Decimal::from(5)));
    }

    #[test]
    fn equal_anchors_place_nothing() {
        assert_eq!(anchors(5, 5).carry(Decimal::ONE, anchors(0, 50)), None);
    }
}
