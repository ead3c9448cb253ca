//! Any plan, any limits, any change: the solver keeps every line and year to the cent, holds every
//! limit, and calls infeasible only what is. Small plans are held against every possibility there is.
use std::collections::BTreeMap;

use costshare::{Answer, Counted, Plan, PlanResult, Source, plan_evaluate, plan_read};
use explain::{FinancialYear, json::Json};
use money::Hkd;
use proptest::prelude::*;
use serde_json::{Value, json};

const SOURCES: [&str; 4] = ["grant", "own", "other:A", "in_kind"];
const YEARS: [&str; 3] = ["2026-27", "2027-28", "2028-29"];

fn money(cents: i64) -> String {
    Hkd::from_cents(cents).to_string()
}

/// Lines × years × sources in cents, with a flag for fixed lines.
fn lines(most: i64) -> impl Strategy<Value = Vec<(bool, Vec<i64>)>> {
    let cells = proptest::collection::vec(prop_oneof![Just(0), 0..most], 12);
    proptest::collection::vec((prop::bool::weighted(0.15), cells), 1..4)
}

fn limits(most: i64) -> impl Strategy<Value = Value> {
    let amount = || proptest::option::weighted(0.4, 0..most);
    let share = || proptest::option::weighted(0.3, 0_u32..60);
    (amount(), share(), amount(), share(), any::<bool>()).prop_map(
        |(ask, ask_share, own, own_share, in_kind)| {
            let mut limits = json!({"in_kind_counts": in_kind});
            let percent = |share: u32| format!("0.{share:02}");
            for (key, value) in [
                ("ask_max", ask.map(money)),
                ("ask_share_max", ask_share.map(|share| percent(share + 40))),
                ("own_min", own.map(|cents| money(cents / 4))),
                ("own_share_min", own_share.map(|share| percent(share / 3))),
            ] {
                if let Some(value) = value {
                    limits[key] = json!(value);
                }
            }
            limits
        },
    )
}

fn matching(most: i64) -> impl Strategy<Value = Value> {
    let rule = (
        1..most,
        0_i64..3_000_000,
        0_i64..3_000_000,
        proptest::option::of(0..most),
        0..4_u8,
    );
    proptest::option::weighted(0.5, rule).prop_map(|rule| {
        let Some((first, first_rate, next, ceiling, shape)) = rule else {
            return Value::Null;
        };
        let rate = |millionths: i64| money::Decimal::new(millionths, 6).to_string();
        let (payer, matched) = match shape % 2 {
            0 => ("grant", "own"),
            _ => ("other:A", "own"),
        };
        json!({"payer": payer, "matched": [matched], "ceiling": ceiling.map(money),
               "counted": if shape < 2 { "in_total" } else { "per_year" },
               "tiers": [{"over": "0", "up_to": money(first), "match_per_dollar": rate(first_rate)},
                         {"over": money(first), "up_to": null, "match_per_dollar": rate(next)}]})
    })
}

fn body(
    lines: &[(bool, Vec<i64>)],
    limits: &Value,
    matching: &Value,
    change: (usize, i64),
    turn: usize,
) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .enumerate()
        .map(|(line, (fixed, cells))| {
            let mut rows: Vec<Value> = cells
                .iter()
                .enumerate()
                .map(|(at, cents)| {
                    json!({"financial_year": YEARS[at / 4], "source": SOURCES[at % 4],
                           "amount": money(*cents)})
                })
                .collect();
            rows.rotate_left(turn % 12);
            json!({"id": format!("b{line}"), "fixed": fixed, "cells": rows})
        })
        .collect();
    json!({"lines": lines, "limits": limits, "matching": matching,
           "change": {"source": SOURCES[change.0], "to": money(change.1)}})
}

fn solved(body: &Value) -> Option<(Plan, PlanResult)> {
    let plan = plan_read(&Json::from(body)).unwrap();
    // Limits that contradict each other are refused; nothing is solved under them.
    plan_evaluate(&plan).ok().map(|result| (plan, result))
}

type Cells = BTreeMap<(String, FinancialYear, Source), i64>;

fn cells(plan: &Plan) -> Cells {
    let mut cells = Cells::new();
    for line in &plan.lines {
        for ((year, source), amount) in &line.cells {
            cells.insert((line.id.clone(), *year, source.clone()), amount.cents());
        }
    }
    cells
}

/// Every limit of the plan, computed from cells without the code under test.
fn keeps(plan: &Plan, cells: &Cells) -> bool {
    let sum = |counts: &dyn Fn(&FinancialYear, &Source) -> bool| -> i128 {
        let counted = cells
            .iter()
            .filter(|((_, year, source), _)| counts(year, source));
        counted.map(|(_, cents)| i128::from(*cents)).sum()
    };
    let of = |wanted: &Source| sum(&|_, source| source == wanted);
    let limits = &plan.limits;
    let cost = sum(&|_, _| true);
    let grant = of(&Source::Grant);
    let own = of(&Source::Own)
        + if limits.in_kind_counts {
            of(&Source::InKind)
        } else {
            0
        };
    let share = |share: money::Share| {
        i128::try_from(share.decimal() * money::Decimal::ONE_HUNDRED).unwrap()
    };
    let cents = |amount: Hkd| i128::from(amount.cents());
    limits.ask_max.is_none_or(|most| grant <= cents(most))
        && limits
            .ask_share_max
            .is_none_or(|most| grant * 100 <= share(most) * cost)
        && limits.own_min.is_none_or(|least| own >= cents(least))
        && limits
            .own_share_min
            .is_none_or(|least| own * 100 >= share(least) * cost)
        && plan.matching.as_ref().is_none_or(|rule| {
            let spans: Vec<Option<&str>> = match rule.counted {
                Counted::InTotal => vec![None],
                Counted::PerYear => YEARS.iter().map(|year| Some(*year)).collect(),
            };
            spans.iter().all(|span| {
                let within =
                    |year: &FinancialYear| span.is_none_or(|span| year.to_string() == span);
                let matched = sum(&|year, source| within(year) && rule.matched.contains(source));
                let paid = sum(&|year, source| within(year) && *source == rule.payer);
                // Millionths of a cent, so that nothing is rounded before the comparison.
                let gives: i128 = rule
                    .tiers
                    .iter()
                    .map(|tier| {
                        let top = tier.up_to.map_or(matched, |end| matched.min(cents(end)));
                        let rate =
                            i128::try_from(tier.match_per_dollar * money::Decimal::from(1_000_000))
                                .unwrap();
                        (top - cents(tier.over)).max(0) * rate
                    })
                    .sum();
                paid * 1_000_000 <= gives && rule.ceiling.is_none_or(|most| paid <= cents(most))
            })
        })
}

fn after(plan: &Plan, result: &PlanResult) -> Option<Cells> {
    let Some(Answer::Solved { changes, .. }) = &result.answer else {
        return None;
    };
    let mut now = cells(plan);
    for change in changes {
        let key = (
            change.line_id.clone(),
            change.financial_year,
            change.source.clone(),
        );
        let held = now.insert(key, change.after.cents());
        assert_eq!(held.unwrap_or(0), change.before.cents());
    }
    Some(now)
}

fn check_solution(plan: &Plan, now: &Cells) -> Result<(), TestCaseError> {
    let change = plan.change.as_ref().unwrap();
    let was = cells(plan);
    let mut slots: BTreeMap<(&String, FinancialYear), (i64, i64)> = BTreeMap::new();
    for ((line, year, _), cents) in &was {
        slots.entry((line, *year)).or_default().0 += cents;
    }
    for ((line, year, _), cents) in now {
        prop_assert!(*cents >= 0);
        slots.entry((line, *year)).or_default().1 += cents;
    }
    for (slot, (before, after)) in slots {
        prop_assert_eq!(before, after, "{:?} no longer costs the same", slot);
    }
    for (key, cents) in now {
        let moves = key.2 == change.source || change.absorb.contains(&key.2);
        let fixed = plan.lines.iter().any(|line| line.id == key.0 && line.fixed);
        if fixed || !moves {
            prop_assert_eq!(
                was.get(key).copied().unwrap_or(0),
                *cents,
                "{:?} moved",
                key
            );
        }
    }
    let total: i64 = now
        .iter()
        .filter(|((_, _, source), _)| *source == change.source)
        .map(|(_, cents)| cents)
        .sum();
    prop_assert_eq!(total, change.to.cents());
    prop_assert!(keeps(plan, now), "a limit is broken");
    Ok(())
}

/// With one giver and one taker every cell gives its exact share to within one cent.
fn check_shares(plan: &Plan, result: &PlanResult, now: &Cells) -> Result<(), TestCaseError> {
    let Some(Answer::Solved { moved, .. }) = &result.answer else {
        return Ok(());
    };
    let [moved] = moved.as_slice() else {
        return Ok(());
    };
    let was = cells(plan);
    let gives = |line: &str| !plan.lines.iter().any(|own| own.id == line && own.fixed);
    let donors: Vec<_> = was
        .iter()
        .filter(|((line, _, source), _)| *source == moved.from && gives(line))
        .collect();
    let all: i128 = donors.iter().map(|(_, cents)| i128::from(**cents)).sum();
    for (key, had) in donors {
        let gave = i128::from(had - now.get(key).copied().unwrap_or(0));
        let exact = i128::from(moved.amount.cents()) * i128::from(*had);
        prop_assert!(
            (gave * all - exact).abs() < all,
            "{:?} is a cent or more away",
            key
        );
    }
    Ok(())
}

/// Ten thousand plans in the long run, a few hundred in the short.
fn plans() -> u32 {
    if std::env::var_os("PLUMBLINE_SOAK").is_some() {
        10_000
    } else {
        800
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(plans()))]

    #[test]
    fn a_solution_keeps_every_line_and_every_limit_whatever_the_order_of_cells(
        lines in lines(50_000_000),
        limits in limits(150_000_000),
        matching in matching(100_000_000),
        change in (0_usize..4, 0_i64..200_000_000),
        turn in 1_usize..12,
    ) {
        let asked = body(&lines, &limits, &matching, change, 0);
        if let Some((plan, result)) = solved(&asked) {
            for tie in &result.state.cash_flow.ties {
                prop_assert!(tie.holds(), "{:?}", tie);
            }
            if let Some(now) = after(&plan, &result) {
                check_solution(&plan, &now)?;
                check_shares(&plan, &result, &now)?;
            }
            let turned = body(&lines, &limits, &matching, change, turn);
            let (_, again) = solved(&turned).unwrap();
            prop_assert_eq!(again.to_json(), result.to_json());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_small_plan_is_infeasible_only_when_no_split_of_its_cents_keeps_the_limits(
        lines in lines(4),
        limits in limits(20),
        matching in matching(12),
        change in (0_usize..4, 0_i64..30),
    ) {
        // Years that are matched apart depend on where single cents fall; totals do not.
        let mut matching = matching;
        if matching.is_object() {
            matching["counted"] = json!("in_total");
        }
        let asked = body(&lines, &limits, &matching, change, 0);
        if let Some((plan, result)) = solved(&asked) {
            let change = plan.change.as_ref().unwrap();
            let possible = possible_totals(&plan);
            let found = matches!(result.answer, Some(Answer::Solved { .. }));
            prop_assert_eq!(found, possible.contains(&change.to.cents()));
            let range = result.ranges.iter().find(|(source, _, _)| *source == change.source);
            if let Some((_, _, range)) = range {
                let ends = range.as_ref().map(|range| (range.low.cents(), range.high.cents()));
                let real = possible.first().copied().zip(possible.last().copied());
                prop_assert_eq!(ends, real);
            }
        }
    }
}

/// Totals of the changed source that some split between it and those that absorb would keep, by
/// trying all of them.
fn possible_totals(plan: &Plan) -> Vec<i64> {
    let change = plan.change.as_ref().unwrap();
    let movers: Vec<&Source> = std::iter::once(&change.source)
        .chain(&change.absorb)
        .collect();
    let was = cells(plan);
    let open = |key: &(String, FinancialYear, Source)| {
        let fixed = plan.lines.iter().any(|line| line.id == key.0 && line.fixed);
        movers.contains(&&key.2) && !fixed
    };
    let all: i64 = was
        .iter()
        .filter(|(key, _)| open(key))
        .map(|(_, cents)| cents)
        .sum();
    let rest: Cells = was
        .iter()
        .filter(|(key, _)| !open(key))
        .map(|(key, cents)| (key.clone(), *cents))
        .collect();
    let fixed: i64 = rest
        .iter()
        .filter(|(key, _)| key.2 == change.source)
        .map(|(_, cents)| cents)
        .sum();
    let year = FinancialYear::from_text(YEARS[0]).unwrap();
    let holds = |parts: &[i64]| {
        let mut now = rest.clone();
        for (source, cents) in movers.iter().zip(parts) {
            now.insert(("moved".to_owned(), year, (*source).clone()), *cents);
        }
        keeps(plan, &now)
    };
    let mut possible = Vec::new();
    for changed in 0..=all {
        let found = if movers.len() == 2 {
            holds(&[changed, all - changed])
        } else {
            (0..=all - changed).any(|second| holds(&[changed, all - changed - second, second]))
        };
        if found {
            possible.push(changed + fixed);
        }
    }
    possible
}
