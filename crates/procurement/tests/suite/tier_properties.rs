//! Whatever the day, category and amount, exactly one tier of the rule file that ships holds it.
use chrono::{Days, NaiveDate};
use explain::json::Json;
use money::{Amount, Decimal};
use procurement::read_ruleset;
use proptest::prelude::*;

proptest! {
    #[test]
    fn exactly_one_version_and_one_tier_hold_every_purchase(
        day in 0_u64..20_000,
        micros in 1_i64..6_000_000_000_000,
        category in proptest::sample::select(vec!["goods", "services", "works"]),
    ) {
        let ruleset = read_ruleset(&Json::from(&crate::support::rules())).unwrap();
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(day);
        let amount = Amount::from_decimal(Decimal::new(micros, 6));
        let versions: Vec<_> = ruleset.versions.iter().filter(|v| v.is_in_force(day)).collect();
        prop_assert_eq!(versions.len(), 1);
        let tiers = &versions[0].tiers[category];
        prop_assert_eq!(tiers.iter().filter(|tier| tier.holds(amount)).count(), 1);
    }
}
