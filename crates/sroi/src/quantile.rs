//! The inverse of the normal distribution function (Wichura 1988, algorithm AS 241, `PPND16`),
//! with a relative error of about one part in 10^16.
#![expect(
    clippy::float_arithmetic,
    reason = "a distribution is sampled; official figures never pass through here"
)]

/// Coefficients from the highest power to the constant, above and below the line.
struct Rational([f64; 8], [f64; 8]);

/// |probability − 0.5| up to 0.425.
const CENTRE: Rational = Rational(
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_545,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
);
/// Outside, in terms of √(−ln p) up to 5, that is p of at least 1.4 × 10^-11.
const TAIL: Rational = Rational(
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
);

impl Rational {
    fn at(&self, x: f64) -> f64 {
        let Self(over, under) = self;
        let sum = |terms: &[f64; 8]| terms.iter().fold(0.0, |sum, term| sum * x + term);
        sum(over) / sum(under)
    }
}

/// The standard normal value below which lies so much probability, which is at least 10^-10 away
/// from 0 and 1.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    let distance = probability - 0.5;
    if distance.abs() <= 0.425 {
        return distance * CENTRE.at(0.180_625 - distance * distance);
    }
    let outside = if distance < 0.0 {
        probability
    } else {
        1.0 - probability
    };
    let size = TAIL.at((-libm::log(outside)).sqrt() - 1.6);
    if distance < 0.0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_quantiles_of_the_normal_distribution_are_met() {
        // From tables of sixteen digits.
        for (probability, expected) in [
            (0.5, 0.0),
            (0.75, 0.674_489_750_196_081_7),
            (0.9, 1.281_551_565_544_600_4),
            (0.95, 1.644_853_626_951_472_2),
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813_5),
            (1e-5, -4.264_890_793_922_825),
            (1e-9, -5.997_807_015_007_687),
        ] {
            let found = normal_quantile(probability);
            assert!(
                (found - expected).abs() < 2e-15 * 8.0,
                "{probability} {found}"
            );
        }
    }
}
