//! Every set of ways to fund applications, in whole numbers that are added to and taken from as
//! the sets follow one another; nothing here is shared with the search.
use std::cmp::{Ordering, Reverse};

use super::*;
use crate::select::{
    Measure, PartRule,
    rule::{Rule, stated},
};

/// Score, spend, ids and levels in the order in which sets are preferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) score: Decimal,
    pub(super) spent: Decimal,
    pub(super) ids: Vec<String>,
    pub(super) levels: BTreeMap<String, String>,
}

/// The best set by rules left out, and how near each rule can be met when it alone gives way.
pub(super) struct Enumerated {
    pub(super) best: Option<Set>,
    pub(super) without: BTreeMap<Rule, Set>,
    pub(super) nearest: BTreeMap<Rule, Decimal>,
    /// Least number of rules that any set breaks.
    pub(super) fewest: usize,
}

/// A decimal of at most three places in thousandths.
fn thousandths(value: Decimal) -> i64 {
    let scaled = value * Decimal::ONE_THOUSAND;
    assert!(scaled.fract().is_zero(), "{value}");
    scaled.trunc().normalize().to_string().parse().unwrap()
}

/// One way to fund an application: what it adds to score, spend and each rule's sum.
struct Way {
    level: Option<String>,
    score: i64,
    spend: i64,
    adds: Vec<(usize, i64)>,
}

/// A rule as a sum that must not rise above its limit, or with `least` not stay below it.
struct Sum {
    rule: Rule,
    limit: i64,
    least: bool,
}

/// A set by the way taken for each application; the ways of one application count from 1.
#[derive(Clone)]
struct Kept {
    score: i64,
    spend: i64,
    ways: Vec<usize>,
}

struct Walk<'a> {
    request: &'a Request,
    sums: Vec<Sum>,
    ways: Vec<Vec<Way>>,
    /// Group of each application, and the rule about groups.
    groups: Vec<usize>,
    cap: Option<usize>,
    here: Kept,
    values: Vec<i64>,
    funded: Vec<i64>,
    best: Option<Kept>,
    without: Vec<Option<Kept>>,
    nearest: Vec<Option<i64>>,
    fewest: usize,
}

fn part(rule: &PartRule, application: &Application, cost: Decimal) -> i64 {
    let codes = application.parts.get(&rule.dimension);
    let share = codes.and_then(|codes| codes.get(&rule.code));
    share.map_or(0, |share| match rule.measure {
        Measure::Spend => thousandths(cost * share.decimal()),
        Measure::Count => 1_000,
    })
}

/// What funding an application at this cost adds to the sum of a rule.
fn added(request: &Request, rule: Rule, application: &Application, cost: Decimal) -> i64 {
    let rules = &request.constraints;
    match rule {
        Rule::Budget => thousandths(cost),
        Rule::SmallShare => i64::from(application.small) * thousandths(cost),
        Rule::MaxPerGroup => 0,
        Rule::AtMost(at) => part(&rules.at_most[at], application, cost),
        Rule::AtLeast(at) => part(&rules.at_least[at], application, cost),
        Rule::Exclusive(at) => 1_000 * i64::from(rules.exclusive[at].contains(&application.id)),
        Rule::Requires(at) => {
            let rule = &rules.requires[at];
            1_000
                * (i64::from(rule.application == application.id)
                    - i64::from(rule.needs == application.id))
        }
    }
}

fn limit(request: &Request, rule: Rule) -> (i64, bool) {
    let rules = &request.constraints;
    match rule {
        Rule::Budget => (thousandths(request.budget.decimal()), false),
        Rule::SmallShare => {
            let floor = rules.small_share.unwrap().decimal() * request.budget.decimal();
            (thousandths(floor), true)
        }
        Rule::MaxPerGroup => (i64::from(rules.max_per_group.unwrap()) * 1_000, false),
        Rule::AtMost(at) => (thousandths(rules.at_most[at].value), false),
        Rule::AtLeast(at) => (thousandths(rules.at_least[at].value), true),
        Rule::Exclusive(_) => (1_000, false),
        Rule::Requires(_) => (0, false),
    }
}

impl<'a> Walk<'a> {
    fn of(request: &'a Request) -> Self {
        let rules = stated(&request.constraints);
        let way = |application: &Application, level: Option<&str>, cost: Decimal, score| Way {
            level: level.map(str::to_owned),
            score: thousandths(score),
            spend: thousandths(cost),
            adds: rules
                .iter()
                .enumerate()
                .map(|(at, rule)| (at, added(request, *rule, application, cost)))
                .filter(|(_, adds)| *adds != 0)
                .collect(),
        };
        let ways = request.applications.iter().map(|one| {
            let full = way(one, None, one.cost.decimal(), one.score);
            let levels = one.levels.iter();
            let levels =
                levels.map(|level| way(one, Some(&level.id), level.cost.decimal(), level.score));
            levels.chain([full]).collect()
        });
        let mut names: Vec<&str> = request.applications.iter().map(|a| &*a.group).collect();
        names.sort_unstable();
        names.dedup();
        let group = |one: &Application| names.binary_search(&one.group.as_str()).unwrap();
        let sum = |rule: &Rule| {
            let (limit, least) = limit(request, *rule);
            Sum {
                rule: *rule,
                limit,
                least,
            }
        };
        let count = request.applications.len();
        Walk {
            request,
            sums: rules.iter().map(sum).collect(),
            ways: ways.collect(),
            groups: request.applications.iter().map(group).collect(),
            cap: rules.iter().position(|rule| *rule == Rule::MaxPerGroup),
            here: Kept {
                score: 0,
                spend: 0,
                ways: vec![0; count],
            },
            values: vec![0; rules.len()],
            funded: vec![0; names.len()],
            best: None,
            without: vec![None; rules.len()],
            nearest: vec![None; rules.len()],
            fewest: usize::MAX,
        }
    }

    fn walk(&mut self, from: usize) {
        if from == self.ways.len() {
            self.judge();
            return;
        }
        self.walk(from + 1);
        for way in 1..=self.ways[from].len() {
            self.fund(from, way, 1);
            self.here.ways[from] = way;
            self.walk(from + 1);
            self.fund(from, way, -1);
        }
        self.here.ways[from] = 0;
    }

    fn fund(&mut self, application: usize, way: usize, sign: i64) {
        let way = &self.ways[application][way - 1];
        self.here.score += sign * way.score;
        self.here.spend += sign * way.spend;
        for (at, adds) in &way.adds {
            self.values[*at] += sign * adds;
        }
        self.funded[self.groups[application]] += sign;
    }

    fn judge(&mut self) {
        if let Some(cap) = self.cap {
            self.values[cap] = self.funded.iter().max().unwrap() * 1_000;
        }
        let (mut broken, mut last) = (0, 0);
        for (at, (sum, value)) in self.sums.iter().zip(&self.values).enumerate() {
            if if sum.least {
                *value < sum.limit
            } else {
                *value > sum.limit
            } {
                broken += 1;
                last = at;
            }
        }
        self.fewest = self.fewest.min(broken);
        if broken == 0 {
            self.best = self.better(self.best.as_ref());
        } else if broken == 1 {
            self.without[last] = self.better(self.without[last].as_ref());
            let value = self.values[last];
            let near = self.nearest[last].get_or_insert(value);
            *near = if self.sums[last].least {
                value.max(*near)
            } else {
                value.min(*near)
            };
        }
    }

    /// The better of what was kept and the set here.
    fn better(&self, kept: Option<&Kept>) -> Option<Kept> {
        let is_better = kept.is_none_or(|kept| {
            let order = kept.score.cmp(&self.here.score);
            let order = order.then(self.here.spend.cmp(&kept.spend));
            let tie = || preferred(self.request, &self.set(&self.here), &self.set(kept));
            order.then_with(tie).is_lt()
        });
        if is_better {
            Some(self.here.clone())
        } else {
            kept.cloned()
        }
    }

    fn set(&self, kept: &Kept) -> Set {
        let mut set = Set {
            score: Decimal::new(kept.score, 3).normalize(),
            spent: Decimal::new(kept.spend, 3).normalize(),
            ids: Vec::new(),
            levels: BTreeMap::new(),
        };
        let taken = self.request.applications.iter().zip(&self.ways);
        for ((one, ways), way) in taken.zip(&kept.ways).filter(|(_, way)| **way > 0) {
            set.ids.push(one.id.clone());
            if let Some(level) = &ways[way - 1].level {
                set.levels.insert(one.id.clone(), level.clone());
            }
        }
        set.ids.sort();
        set
    }
}

/// Among sets of equal score and spend: ids, then for the first id that differs the dearer level.
fn preferred(request: &Request, a: &Set, b: &Set) -> Ordering {
    let fuller = |set: &Set| -> Vec<_> {
        let ids = set.ids.iter();
        ids.map(|id| {
            let mut applications = request.applications.iter();
            let item = applications.find(|item| item.id == *id).unwrap();
            let level = set.levels.get(id);
            let way = level.map_or((item.cost.decimal() + Decimal::ONE, item.score), |level| {
                let level = item.levels.iter().find(|one| one.id == *level).unwrap();
                (level.cost.decimal(), level.score)
            });
            (Reverse(way), level.cloned())
        })
        .collect()
    };
    let order = a.ids.cmp(&b.ids);
    order.then_with(|| fuller(a).cmp(&fuller(b)))
}

pub(super) fn enumerate(request: &Request) -> Enumerated {
    let mut walk = Walk::of(request);
    walk.walk(0);
    let best = walk.best.as_ref().map(|kept| walk.set(kept));
    let mut all = Enumerated {
        without: BTreeMap::new(),
        nearest: BTreeMap::new(),
        fewest: walk.fewest,
        best,
    };
    for (at, sum) in walk.sums.iter().enumerate() {
        // A set that keeps every rule also keeps all but one.
        let mut kept = walk.without[at].clone();
        if let Some(best) = &walk.best {
            walk.here = best.clone();
            kept = walk.better(kept.as_ref());
        }
        if let Some(kept) = kept {
            all.without.insert(sum.rule, walk.set(&kept));
        }
        if let Some(near) = walk.nearest[at] {
            all.nearest
                .insert(sum.rule, Decimal::new(near, 3).normalize());
        }
    }
    all
}
