//! The selected set held against every rule once more, in decimals and from the request itself,
//! so that a slip in the whole-number search could never be printed as fine.
use std::collections::{BTreeMap, BTreeSet};

use explain::Problems;
use money::Decimal;

use super::{
    Application, Check, Measure, PartRule, Request,
    program::Chosen,
    rule::{Rule, shares, stated},
};

/// What a set amounts to.
pub(super) struct Rechecked {
    pub(super) score: Decimal,
    pub(super) spent: Decimal,
    pub(super) checks: Vec<Check>,
}

/// A funded application at its level.
struct Funded<'a> {
    application: &'a Application,
    cost: Decimal,
    score: Decimal,
}

/// What is added up once for all rules.
struct Sums {
    spent: Decimal,
    /// Per rule, the funded applications it counts.
    most: Vec<Vec<(usize, Decimal)>>,
    least: Vec<Vec<(usize, Decimal)>>,
}

/// Adds up a set and checks it; a rule that does not hold is an internal error.
pub(super) fn recheck(request: &Request, chosen: &Chosen) -> Result<Rechecked, Problems> {
    let funded: Vec<Funded<'_>> = request
        .applications
        .iter()
        .filter_map(|application| {
            let level = chosen.get(&application.id)?;
            funded(application, level.as_deref())
        })
        .collect();
    let spent = funded.iter().map(|one| one.cost).sum();
    let applications = || funded.iter().map(|one| one.application);
    let sums = Sums {
        spent,
        most: shares(&request.constraints.at_most, applications()),
        least: shares(&request.constraints.at_least, applications()),
    };
    let checks: Vec<Check> = stated(&request.constraints)
        .into_iter()
        .map(|rule| check(request, rule, &funded, &sums))
        .collect();
    let mut problems = Problems::new();
    if funded.len() != chosen.len() {
        problems.add(
            "internal",
            "",
            "The selected set names what was not asked for.",
        );
    }
    for check in checks.iter().filter(|check| !check.holds) {
        problems.add(
            "internal",
            "",
            format!(
                "The selected set breaks {}: {} against {}.",
                check.rule, check.value, check.limit
            ),
        );
    }
    problems.into_result(Some(Rechecked {
        score: funded.iter().map(|one| one.score).sum(),
        spent,
        checks,
    }))
}

fn funded<'a>(application: &'a Application, level: Option<&str>) -> Option<Funded<'a>> {
    let (cost, score) = match level {
        None => (application.cost, application.score),
        Some(id) => {
            let level = application.levels.iter().find(|level| level.id == id)?;
            (level.cost, level.score)
        }
    };
    Some(Funded {
        application,
        cost: cost.decimal(),
        score,
    })
}

fn check(request: &Request, rule: Rule, funded: &[Funded<'_>], sums: &Sums) -> Check {
    let rules = &request.constraints;
    let (value, limit, at_least) = match rule {
        Rule::Budget => (sums.spent, request.budget.decimal(), false),
        Rule::SmallShare => {
            let share = rules.small_share.unwrap_or_default();
            let small = funded.iter().filter(|one| one.application.small);
            let floor = share.decimal().saturating_mul(request.budget.decimal());
            (small.map(|one| one.cost).sum(), floor, true)
        }
        Rule::MaxPerGroup => (
            Decimal::from(largest_group(funded)),
            Decimal::from(rules.max_per_group.unwrap_or(u32::MAX)),
            false,
        ),
        Rule::AtMost(at) => (
            part(&rules.at_most[at], &sums.most[at], funded),
            rule.value(rules),
            false,
        ),
        Rule::AtLeast(at) => (
            part(&rules.at_least[at], &sums.least[at], funded),
            rule.value(rules),
            true,
        ),
        Rule::Exclusive(at) => {
            let ids: BTreeSet<&String> = rules.exclusive[at].iter().collect();
            let hits = funded
                .iter()
                .filter(|one| ids.contains(&one.application.id));
            (Decimal::from(hits.count()), rule.value(rules), false)
        }
        Rule::Requires(at) => {
            let rule_at = &rules.requires[at];
            let has = |id: &str| funded.iter().any(|one| one.application.id == id);
            let alone = has(&rule_at.application) && !has(&rule_at.needs);
            (Decimal::from(u8::from(alone)), rule.value(rules), false)
        }
    };
    Check {
        rule: rule.id(rules),
        value: value.normalize(),
        limit: limit.normalize(),
        holds: if at_least {
            value >= limit
        } else {
            value <= limit
        },
    }
}

fn largest_group(funded: &[Funded<'_>]) -> usize {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    for one in funded {
        *groups.entry(one.application.group.as_str()).or_default() += 1;
    }
    groups.into_values().max().unwrap_or(0)
}

fn part(rule: &PartRule, shares: &[(usize, Decimal)], funded: &[Funded<'_>]) -> Decimal {
    match rule.measure {
        Measure::Spend => shares
            .iter()
            .map(|(at, share)| funded[*at].cost.saturating_mul(*share))
            .sum(),
        Measure::Count => Decimal::from(shares.len()),
    }
}
