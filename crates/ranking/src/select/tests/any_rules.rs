//! Small requests with rules of every kind against every set there is.
use super::{
    super::evaluate,
    every_set::{Enumerated, Set, enumerate},
    random::{Dice, request_of},
    relaxed::assert_just_enough,
    *,
};
use crate::select::{
    Selection, Status,
    rule::{Rule, stated},
};

/// How many instances: the long form runs with `PLUMBLINE_SOAK`.
pub(super) fn cases(short: u64, long: u64) -> u64 {
    if std::env::var_os("PLUMBLINE_SOAK").is_some() {
        long
    } else {
        short
    }
}

fn assert_same_optimum(request: &Request, selection: &Selection, all: &Enumerated, best: &Set) {
    assert_eq!(selection.status, Status::Optimal);
    let ours = Set {
        score: selection.objective.unwrap(),
        spent: selection.spent.decimal(),
        ids: selection.selected.clone(),
        levels: selection.levels.clone(),
    };
    assert_eq!(&ours, best);
    assert_eq!(selection.bound, selection.objective);
    for rule in stated(&request.constraints).into_iter().skip(1) {
        let price = selection.price_of_fairness[&rule.id(&request.constraints)];
        let free = &all.without[&rule];
        assert_eq!(price.points, Some(free.score - best.score), "{rule:?}");
        assert_eq!(price.spent, Some(free.spent - best.spent), "{rule:?}");
    }
    for check in &selection.checks {
        assert!(check.holds, "{}", check.rule);
    }
    assert_eq!(selection.checks.len(), stated(&request.constraints).len());
}

/// Each shortfall is the one that enumeration names, and giving way together takes as few rules.
fn assert_same_shortfalls(request: &Request, selection: &Selection, all: &Enumerated) {
    assert_eq!(selection.status, Status::Infeasible);
    let relaxation = selection.relaxation.as_ref().unwrap();
    for rule in stated(&request.constraints) {
        let expected = all.nearest.get(&rule).copied();
        match rule {
            Rule::SmallShare => {
                let short = relaxation
                    .small_share
                    .map(|short| short.achievable.decimal());
                assert_eq!(short, expected);
            }
            Rule::MaxPerGroup => {
                let short = relaxation
                    .max_per_group
                    .map(|short| Decimal::from(short.needed));
                assert_eq!(short, expected);
            }
            Rule::Budget if request.constraints.small_share.is_some() => {}
            Rule::Budget
            | Rule::AtMost(_)
            | Rule::AtLeast(_)
            | Rule::Exclusive(_)
            | Rule::Requires(_) => {
                let short = relaxation.rules[&rule.id(&request.constraints)];
                assert_eq!(short.map(|short| short.needed), expected, "{rule:?}");
            }
        }
    }
    let alone = relaxation.rules.values().any(Option::is_some)
        || relaxation.small_share.is_some()
        || relaxation.max_per_group.is_some();
    match &relaxation.together {
        Some(rules) => {
            assert!(!alone);
            assert_eq!(rules.len(), all.fewest);
        }
        None => assert!(alone),
    }
}

/// Up to so many applications may have levels.
const LEVELS_UP_TO: usize = 12;

/// Up to sixteen applications, and now and then up to twenty-one, or twenty-five in the long form.
fn size(seed: u64) -> usize {
    let most = cases(2, 6);
    let size = match seed % 50 {
        49 => 20 + seed / 50 % most,
        24 | 36 => 13 + seed / 50 % 4,
        _ => 1 + seed % 12,
    };
    usize::try_from(size).unwrap()
}

#[test]
fn random_rules_of_every_kind_end_at_the_set_that_enumeration_names() {
    let (mut optimal, mut infeasible) = (0, 0);
    for seed in 0..cases(400, 1_000) {
        let count = size(seed);
        let rules = [20, 50, 80][usize::try_from(seed % 3).unwrap()];
        let mut request = request_of(seed, count, rules);
        if count > LEVELS_UP_TO {
            // Levels would make far more sets than can be listed.
            for one in &mut request.applications {
                one.levels.clear();
            }
        }
        let Ok(selection) = evaluate(&request) else {
            continue;
        };
        let all = enumerate(&request);
        if let Some(best) = &all.best {
            assert_same_optimum(&request, &selection, &all, best);
            optimal += 1;
        } else {
            assert_same_shortfalls(&request, &selection, &all);
            assert_just_enough(&request, &selection);
            infeasible += 1;
        }
    }
    assert!(optimal > 150 && infeasible > 20, "{optimal} {infeasible}");
}

#[test]
fn a_hundred_shuffles_of_the_input_give_the_same_bytes() {
    for seed in [1, 3, 7, 11] {
        let request = (seed..seed + 50)
            .map(|seed| request_of(seed, 15, 50))
            .find(|request| evaluate(request).is_ok())
            .unwrap();
        let printed = evaluate(&request).unwrap().to_json().to_string();
        let mut dice = Dice::new(seed);
        for _ in 0..25 {
            let mut shuffled = request.clone();
            dice.shuffle(&mut shuffled.applications);
            dice.shuffle(&mut shuffled.constraints.at_most);
            dice.shuffle(&mut shuffled.constraints.at_least);
            dice.shuffle(&mut shuffled.constraints.exclusive);
            dice.shuffle(&mut shuffled.constraints.requires);
            for item in &mut shuffled.applications {
                dice.shuffle(&mut item.levels);
            }
            assert_eq!(evaluate(&shuffled).unwrap().to_json().to_string(), printed);
            assert_eq!(shuffled.input_hash(), request.input_hash());
        }
    }
}
