//! The same instances given to an independent solver (`microlp` through `good_lp`).
#![expect(
    clippy::float_arithmetic,
    reason = "the independent solver works with floats; objectives are compared after rounding"
)]
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, variable};
use proptest::prelude::*;

use super::{super::evaluate, *};
use crate::select::Status;

struct Candidate {
    group: u8,
    small: bool,
    units: u32,
    score_cents: u32,
}

fn solver_optimum(items: &[Candidate], budget: u32, share: u32, cap: u32) -> Option<f64> {
    let mut variables = ProblemVariables::new();
    let chosen: Vec<_> = items
        .iter()
        .map(|_| variables.add(variable().binary()))
        .collect();
    let sum = |weight: &dyn Fn(&Candidate) -> f64| -> Expression {
        items
            .iter()
            .zip(&chosen)
            .map(|(item, taken)| weight(item) * *taken)
            .sum()
    };
    let objective = sum(&|item| f64::from(item.score_cents));
    let mut model = variables
        .maximise(objective.clone())
        .using(good_lp::microlp)
        .with(sum(&|item| f64::from(item.units)).leq(f64::from(budget)));
    let small = sum(&|item| {
        if item.small {
            f64::from(item.units)
        } else {
            0.0
        }
    });
    model = model.with(small.geq(f64::from(share * budget) / 100.0));
    for group in 0..8 {
        let members = sum(&|item| if item.group == group { 1.0 } else { 0.0 });
        model = model.with(members.leq(f64::from(cap)));
    }
    let solution = model.solve().ok()?;
    Some(solution.eval(objective))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn an_independent_solver_finds_the_same_optimum(
        raw in proptest::collection::vec((0_u8..8, any::<bool>(), 1_u32..40, 1_u32..9_000), 18..26),
        budget in 60_u32..250,
        share in 0_u32..60,
        cap in 1_u32..4,
    ) {
        let items: Vec<Candidate> = raw
            .into_iter()
            .map(|(group, small, units, score_cents)| Candidate { group, small, units, score_cents })
            .collect();
        let applications = items
            .iter()
            .enumerate()
            .map(|(position, item)| {
                let score = Decimal::new(item.score_cents.into(), 2).to_string();
                let (group, cost) = (item.group.to_string(), item.units.to_string());
                application(&position.to_string(), &group, item.small, &cost, &score)
            })
            .collect();
        let share_text = Decimal::new(i64::from(share), 2).to_string();
        let ours = evaluate(&with_rules(
            request(&budget.to_string(), applications),
            Some(&share_text),
            Some(cap),
        ))
        .unwrap();
        if let Some(theirs) = solver_optimum(&items, budget, share, cap) {
                let cents = format!("{theirs:.0}");
                prop_assert_eq!(ours.objective.unwrap() * Decimal::ONE_HUNDRED, dec(&cents));
        } else {
            prop_assert_eq!(ours.status, Status::Infeasible);
        }
    }
}
