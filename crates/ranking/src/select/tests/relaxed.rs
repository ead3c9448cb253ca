//! What a selection without a solution names as missing, asked again: just enough, and no more.
use super::{super::best_set, *};
use crate::select::{Effort, Measure, PartRule, Selection, Status};

/// Whether some set meets every rule; a request that contradicts itself is met by none.
fn is_met(request: &Request) -> bool {
    let effort = Effort {
        work_max: 20_000_000,
        close: None,
    };
    let Ok(selection) = best_set(request, effort) else {
        return false;
    };
    assert_ne!(selection.status, Status::TimeLimit);
    selection.status == Status::Optimal
}

/// Met with the rules as named, and not when they are a little stricter.
fn assert_edge(request: &Request, name: &str, give_way: impl Fn(&mut Request, bool)) {
    for stricter in [false, true] {
        let mut relaxed = request.clone();
        give_way(&mut relaxed, stricter);
        assert_eq!(is_met(&relaxed), !stricter, "{name}, stricter: {stricter}");
    }
}

/// The least step of a rule: a cent, or one application.
fn step(rule: &PartRule) -> Decimal {
    match rule.measure {
        Measure::Spend => Decimal::new(1, 2),
        Measure::Count => Decimal::ONE,
    }
}

/// The position of a rule about a code.
fn part(rules: &[PartRule], name: &str, id: &str, kind: &str) -> Option<usize> {
    let is = |rule: &PartRule| id == format!("{kind}:{}", rule.name());
    let at = rules.iter().position(is);
    assert!(at.is_some() || !id.starts_with(kind), "{name}");
    at
}

/// Each rule that could give way alone suffices at the value named and not at a cent, an
/// application or a ten-thousandth less; rules that must give way together do so only all at once.
pub(super) fn assert_just_enough(request: &Request, selection: &Selection) {
    let relaxation = selection.relaxation.as_ref().unwrap();
    if let Some(share) = relaxation.small_share {
        assert_edge(request, "small share", |relaxed, stricter| {
            let more = Decimal::new(i64::from(stricter), 4);
            relaxed.constraints.small_share = Share::try_from_decimal(share.share + more).ok();
        });
    }
    if let Some(cap) = relaxation.max_per_group {
        assert_edge(request, "cap", |relaxed, stricter| {
            relaxed.constraints.max_per_group = Some(cap.needed - u32::from(stricter));
        });
    }
    for (id, short) in &relaxation.rules {
        let Some(needed) = short.map(|short| short.needed) else {
            continue;
        };
        let rules = &request.constraints;
        if id == "budget" {
            assert_edge(request, id, |relaxed, stricter| {
                let less = Decimal::new(i64::from(stricter), 2);
                relaxed.budget = Amount::from_decimal(needed - less);
            });
        } else if let Some(at) = part(&rules.at_most, id, id, "at_most") {
            assert_edge(request, id, |relaxed, stricter| {
                let rule = &mut relaxed.constraints.at_most[at];
                rule.value = needed - Decimal::from(u8::from(stricter)) * step(rule);
            });
        } else if let Some(at) = part(&rules.at_least, id, id, "at_least") {
            assert_edge(request, id, |relaxed, stricter| {
                let rule = &mut relaxed.constraints.at_least[at];
                rule.value = needed + Decimal::from(u8::from(stricter)) * step(rule);
            });
        } else {
            // A list or a requirement has no value to lower: it goes, or it stays.
            assert!(is_met(&without(request, &[id])), "{id}");
        }
    }
    // The share for small organisations stays an amount of money only as long as the budget stays.
    let counted = |ids: &&Vec<String>| {
        request.constraints.small_share.is_none() || !ids.contains(&"budget".to_owned())
    };
    if let Some(together) = relaxation.together.as_ref().filter(counted) {
        let all: Vec<&str> = together.iter().map(String::as_str).collect();
        assert!(is_met(&without(request, &all)), "{all:?}");
        for stays in 0..all.len() {
            let mut fewer = all.clone();
            fewer.remove(stays);
            assert!(!is_met(&without(request, &fewer)), "{fewer:?}");
        }
    }
}

/// The request without these rules; without the budget, everything may be spent.
fn without(request: &Request, ids: &[&str]) -> Request {
    let mut free = request.clone();
    let rules = &mut free.constraints;
    let stays = |id: String| !ids.contains(&id.as_str());
    rules.small_share = rules
        .small_share
        .filter(|_| stays("small_share".to_owned()));
    rules.max_per_group = rules
        .max_per_group
        .filter(|_| stays("max_per_group".to_owned()));
    rules
        .at_most
        .retain(|rule| stays(format!("at_most:{}", rule.name())));
    rules
        .at_least
        .retain(|rule| stays(format!("at_least:{}", rule.name())));
    rules.exclusive.retain(|list| {
        let mut sorted = list.clone();
        sorted.sort();
        stays(format!("exclusive:{}", sorted.join(":")))
    });
    rules
        .requires
        .retain(|rule| stays(format!("requires:{}:{}", rule.application, rule.needs)));
    if ids.contains(&"budget") {
        let costs = free.applications.iter().map(|one| one.cost.decimal());
        free.budget = Amount::from_decimal(costs.sum());
    }
    free
}
