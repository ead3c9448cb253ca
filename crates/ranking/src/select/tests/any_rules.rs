//! Small requests with rules of every kind against every set there is, added up here afresh.
use super::{
    super::evaluate,
    random::{Dice, request_of},
    *,
};
use crate::select::{
    Measure, PartRule, Selection, Status,
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

/// One funded application: its position, its level if not full, cost and score.
type Funded<'a> = (usize, Option<&'a str>, Decimal, Decimal);

/// Cost and score of a way to fund, the dearer first, and its level.
type Fullness = (std::cmp::Reverse<(Decimal, Decimal)>, Option<String>);

/// Score, spend, ids and levels in the order in which sets are preferred.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Set {
    score: Decimal,
    spent: Decimal,
    ids: Vec<String>,
    levels: BTreeMap<String, String>,
}

fn measured(rule: &PartRule, request: &Request, set: &[Funded<'_>]) -> Decimal {
    set.iter()
        .filter_map(|(at, _, cost, _)| {
            let share = request.applications[*at]
                .parts
                .get(&rule.dimension)?
                .get(&rule.code)?;
            Some(match rule.measure {
                Measure::Spend => *cost * share.decimal(),
                Measure::Count => Decimal::ONE,
            })
        })
        .sum()
}

/// What a rule adds up to, and whether the set keeps it.
fn judged(request: &Request, rule: Rule, set: &[Funded<'_>]) -> (Decimal, bool) {
    let rules = &request.constraints;
    let spent = |small: bool| -> Decimal {
        let counted = |one: &&Funded<'_>| !small || request.applications[one.0].small;
        set.iter().filter(counted).map(|one| one.2).sum()
    };
    let has = |id: &str| set.iter().any(|one| request.applications[one.0].id == id);
    match rule {
        Rule::Budget => (spent(false), spent(false) <= request.budget.decimal()),
        Rule::SmallShare => {
            let floor = rules.small_share.unwrap().decimal() * request.budget.decimal();
            (spent(true), spent(true) >= floor)
        }
        Rule::MaxPerGroup => {
            let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
            for one in set {
                *groups
                    .entry(&request.applications[one.0].group)
                    .or_default() += 1;
            }
            let most = groups.into_values().max().unwrap_or(0);
            (Decimal::from(most), most <= rules.max_per_group.unwrap())
        }
        Rule::AtMost(at) => {
            let value = measured(&rules.at_most[at], request, set);
            (value, value <= rules.at_most[at].value)
        }
        Rule::AtLeast(at) => {
            let value = measured(&rules.at_least[at], request, set);
            (value, value >= rules.at_least[at].value)
        }
        Rule::Exclusive(at) => {
            let count = rules.exclusive[at].iter().filter(|id| has(id)).count();
            (Decimal::from(count), count <= 1)
        }
        Rule::Requires(at) => {
            let broken = has(&rules.requires[at].application) && !has(&rules.requires[at].needs);
            (Decimal::from(u8::from(broken)), !broken)
        }
    }
}

/// Calls back with every set of ways to fund applications.
fn every_set<'a>(
    request: &'a Request,
    from: usize,
    set: &mut Vec<Funded<'a>>,
    found: &mut dyn FnMut(&[Funded<'a>]),
) {
    let Some(application) = request.applications.get(from) else {
        found(set);
        return;
    };
    every_set(request, from + 1, set, found);
    set.push((from, None, application.cost.decimal(), application.score));
    every_set(request, from + 1, set, found);
    set.pop();
    for level in &application.levels {
        set.push((from, Some(&level.id), level.cost.decimal(), level.score));
        every_set(request, from + 1, set, found);
        set.pop();
    }
}

/// The best set by rules left out, and how near each rule can be met when it alone gives way.
struct Enumerated {
    best: Option<Set>,
    without: BTreeMap<Rule, Set>,
    nearest: BTreeMap<Rule, Decimal>,
    /// Least number of rules that any set breaks.
    fewest: usize,
}

fn set_of(request: &Request, funded: &[Funded<'_>]) -> Set {
    let id = |one: &Funded<'_>| request.applications[one.0].id.clone();
    let mut ids: Vec<String> = funded.iter().map(id).collect();
    ids.sort();
    Set {
        score: funded.iter().map(|one| one.3).sum(),
        spent: funded.iter().map(|one| one.2).sum(),
        levels: funded
            .iter()
            .filter_map(|one| Some((id(one), one.1?.to_owned())))
            .collect(),
        ids,
    }
}

/// Whether the first is preferred: score, spend, ids, then for the first id that differs the
/// dearer level.
fn preferred(request: &Request, a: &Set, b: &Set) -> bool {
    let order = b
        .score
        .cmp(&a.score)
        .then(a.spent.cmp(&b.spent))
        .then(a.ids.cmp(&b.ids));
    let order = order.then_with(|| {
        let fuller = |set: &Set| -> Vec<Fullness> {
            let ids = set.ids.iter();
            ids.map(|id| {
                let item = request
                    .applications
                    .iter()
                    .find(|item| item.id == *id)
                    .unwrap();
                let level = set.levels.get(id);
                let way = level.map_or((item.cost.decimal() + Decimal::ONE, item.score), |level| {
                    let level = item.levels.iter().find(|one| one.id == *level).unwrap();
                    (level.cost.decimal(), level.score)
                });
                (std::cmp::Reverse(way), level.cloned())
            })
            .collect()
        };
        fuller(a).cmp(&fuller(b))
    });
    order.is_lt()
}

fn enumerate(request: &Request) -> Enumerated {
    let rules = stated(&request.constraints);
    let mut all = Enumerated {
        best: None,
        without: BTreeMap::new(),
        nearest: BTreeMap::new(),
        fewest: usize::MAX,
    };
    let keep = |kept: &mut Option<Set>, set: Set| {
        if kept
            .as_ref()
            .is_none_or(|best| preferred(request, &set, best))
        {
            *kept = Some(set);
        }
    };
    every_set(request, 0, &mut Vec::new(), &mut |funded| {
        let judged: Vec<(Rule, Decimal, bool)> = rules
            .iter()
            .map(|rule| {
                let (value, holds) = judged(request, *rule, funded);
                (*rule, value, holds)
            })
            .collect();
        let broken: Vec<&(Rule, Decimal, bool)> = judged.iter().filter(|one| !one.2).collect();
        all.fewest = all.fewest.min(broken.len());
        match broken.as_slice() {
            [] => {
                let set = set_of(request, funded);
                for rule in &rules {
                    let mut kept = all.without.remove(rule);
                    keep(&mut kept, set.clone());
                    all.without.extend(kept.map(|set| (*rule, set)));
                }
                keep(&mut all.best, set);
            }
            [(rule, value, _)] => {
                let mut kept = all.without.remove(rule);
                keep(&mut kept, set_of(request, funded));
                all.without.extend(kept.map(|set| (*rule, set)));
                let rising = matches!(rule, Rule::SmallShare | Rule::AtLeast(_));
                let near = all.nearest.entry(*rule).or_insert(*value);
                *near = if rising {
                    (*near).max(*value)
                } else {
                    (*near).min(*value)
                };
            }
            _ => {}
        }
    });
    all
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

#[test]
fn random_rules_of_every_kind_end_at_the_set_that_enumeration_names() {
    let (mut optimal, mut infeasible) = (0, 0);
    for seed in 0..cases(400, 1_000) {
        let count = 1 + usize::try_from(seed % 11).unwrap();
        let request = request_of(
            seed,
            count,
            [20, 50, 80][usize::try_from(seed % 3).unwrap()],
        );
        let Ok(selection) = evaluate(&request) else {
            continue;
        };
        let all = enumerate(&request);
        if let Some(best) = &all.best {
            assert_same_optimum(&request, &selection, &all, best);
            optimal += 1;
        } else {
            assert_same_shortfalls(&request, &selection, &all);
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
