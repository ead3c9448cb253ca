//! Random requests with rules of every kind, the same for the same seed everywhere.
use super::*;
use crate::select::{Level, Measure, PartRule, Requirement};

/// A plain generator of well-mixed numbers (`SplitMix64`).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub(super) fn roll(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap();
        low + i64::try_from(self.next() % span).unwrap()
    }

    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.roll(1, 100) <= percent
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.roll(0, i64::try_from(last).unwrap());
            items.swap(last, usize::try_from(other).unwrap());
        }
    }
}

const DISTRICTS: [&str; 3] = ["kwun_tong", "sham_shui_po", "tuen_mun"];
const AREAS: [&str; 2] = ["elderly", "youth"];

fn share(tenths: i64) -> Share {
    Share::try_from_decimal(Decimal::new(tenths, 1)).unwrap()
}

fn some_application(dice: &mut Dice, number: usize, coarse: bool) -> Application {
    // Coarse numbers make ties common; fine ones make every set different.
    let cost = if coarse {
        dice.roll(1, 10) * 500_000
    } else {
        dice.roll(1_000_000, 90_000_000)
    };
    let score = if coarse {
        dice.roll(0, 6) * 1_000
    } else {
        dice.roll(-200, 9_000)
    };
    let mut parts = BTreeMap::new();
    if dice.chance(90) {
        let first = dice.roll(0, 2);
        let tenths = if dice.chance(60) { 10 } else { dice.roll(1, 9) };
        let mut codes = Parts::new();
        codes.insert(
            DISTRICTS[usize::try_from(first).unwrap()].to_owned(),
            share(tenths),
        );
        if tenths < 10 && dice.chance(70) {
            let second = DISTRICTS[usize::try_from((first + 1) % 3).unwrap()];
            codes.insert(second.to_owned(), share(10 - tenths));
        }
        parts.insert("district".to_owned(), codes);
    }
    if dice.chance(70) {
        let area = AREAS[usize::try_from(dice.roll(0, 1)).unwrap()];
        parts.insert(
            "service_area".to_owned(),
            Parts::from([(area.to_owned(), share(10))]),
        );
    }
    let levels = if dice.chance(25) { dice.roll(1, 2) } else { 0 };
    let levels = (1..=levels)
        .map(|step| Level {
            id: format!("phase_{step}"),
            cost: Amount::from_decimal(Decimal::new(cost * (step * 3) / 10, 2)),
            score: Decimal::new(score * (step * 3 + dice.roll(0, 2)) / 10, 2),
        })
        .collect();
    Application {
        // Ids whose order as text differs from the order given.
        id: format!("DF-{}", (number * 7 + 3) % 127),
        group: format!("ngo-{}", dice.roll(0, 4)),
        small: dice.chance(40),
        cost: Amount::from_decimal(Decimal::new(cost, 2)),
        score: Decimal::new(score, 2),
        parts,
        levels,
    }
}

fn part_rules(dice: &mut Dice, chance: i64, spend: (i64, i64), count: (i64, i64)) -> Vec<PartRule> {
    let codes = DISTRICTS.iter().map(|code| ("district", code));
    let codes = codes.chain(AREAS.iter().map(|code| ("service_area", code)));
    let mut rules = Vec::new();
    for (dimension, code) in codes {
        for (measure, (low, high)) in [(Measure::Spend, spend), (Measure::Count, count)] {
            if dice.chance(chance) {
                rules.push(PartRule {
                    dimension: dimension.to_owned(),
                    code: (*code).to_owned(),
                    measure,
                    value: Decimal::from(dice.roll(low, high)),
                });
            }
        }
    }
    rules
}

/// A request with so many applications; now and then it is refused for a contradiction.
pub(super) fn request_of(seed: u64, count: usize, rules: i64) -> Request {
    let mut dice = Dice::new(seed);
    let coarse = dice.chance(50);
    let applications: Vec<Application> = (0..count)
        .map(|number| some_application(&mut dice, number, coarse))
        .collect();
    let total: Decimal = applications.iter().map(|item| item.cost.decimal()).sum();
    let budget = (total * Decimal::new(dice.roll(15, 70), 2)).trunc();
    let thousand: i64 = (budget / Decimal::ONE_THOUSAND)
        .trunc()
        .to_string()
        .parse()
        .unwrap();
    let most = i64::try_from(count).unwrap() / 3 + 1;
    let mut constraints = Constraints {
        small_share: dice.chance(rules).then(|| share(dice.roll(0, 4))),
        max_per_group: dice
            .chance(rules)
            .then(|| u32::try_from(dice.roll(1, 4)).unwrap()),
        at_most: part_rules(
            &mut dice,
            rules / 2,
            (thousand * 200, thousand * 700),
            (1, most),
        ),
        at_least: part_rules(&mut dice, rules / 5, (0, thousand * 200), (0, 2)),
        ..Constraints::default()
    };
    let pick = |dice: &mut Dice| {
        let at = dice.roll(0, i64::try_from(count).unwrap() - 1);
        applications[usize::try_from(at).unwrap()].id.clone()
    };
    for _ in 0..3 {
        if dice.chance(rules / 2) {
            constraints
                .exclusive
                .push((0..dice.roll(2, 3)).map(|_| pick(&mut dice)).collect());
        }
        if dice.chance(rules / 2) {
            let (application, needs) = (pick(&mut dice), pick(&mut dice));
            constraints
                .requires
                .push(Requirement { application, needs });
        }
    }
    Request {
        budget: Amount::from_decimal(budget),
        applications,
        constraints,
        work_max: None,
    }
}
