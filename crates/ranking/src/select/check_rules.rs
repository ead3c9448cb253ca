//! What must hold for the rules about codes and applications: names are known, rules stand once
//! and do not contradict each other on paper. Whether they can be met is for the search to say.
use std::collections::{BTreeMap, BTreeSet};

use explain::{Problem, Problems};
use money::{Decimal, normal_text};

use super::{Application, BUDGET_MAX, Constraints, Measure, PartRule, RULES_MAX};

/// Names shown in a message.
const NAMES_SHOWN: usize = 5;

/// All problems of the rules, given the applications they speak about.
pub(super) fn rules(
    applications: &[Application],
    constraints: &Constraints,
    problems: &mut Problems,
) {
    let counts = [
        ("at_most", constraints.at_most.len()),
        ("at_least", constraints.at_least.len()),
        ("exclusive", constraints.exclusive.len()),
        ("requires", constraints.requires.len()),
    ];
    for (list, count) in counts {
        if count > RULES_MAX {
            let at = format!("constraints.{list}");
            problems.add(
                "too_many",
                &at,
                format!("{at} has {count} items; at most {RULES_MAX} are allowed."),
            );
        }
    }
    if counts.iter().all(|(_, count)| *count == 0) {
        return;
    }
    part_rules(applications, constraints, problems);
    let known: BTreeSet<&str> = applications.iter().map(|item| item.id.as_str()).collect();
    exclusive(&known, &constraints.exclusive, problems);
    requires(&known, constraints, problems);
    contradictions(constraints, problems);
}

fn part_rules(applications: &[Application], constraints: &Constraints, problems: &mut Problems) {
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (dimension, codes) in applications.iter().flat_map(|item| &item.parts) {
        let seen = known.entry(dimension).or_default();
        seen.extend(codes.keys().map(String::as_str));
    }
    for (dimension, codes) in &constraints.codes {
        let seen = known.entry(dimension).or_default();
        seen.extend(codes.iter().map(String::as_str));
    }
    for (list, rules) in [
        ("at_most", &constraints.at_most),
        ("at_least", &constraints.at_least),
    ] {
        let mut seen = BTreeSet::new();
        for (position, rule) in rules.iter().enumerate() {
            let at = format!("constraints.{list}[{position}]");
            part_rule(&known, rule, &at, problems);
            if !seen.insert(rule.name()) {
                problems.add(
                    "duplicate_rule",
                    &at,
                    format!(
                        "{at} limits {} a second time; state one value for each dimension, code \
                         and measure.",
                        rule.name()
                    ),
                );
            }
        }
    }
    let most: BTreeMap<String, Decimal> = constraints
        .at_most
        .iter()
        .map(|rule| (rule.name(), rule.value))
        .collect();
    for (position, rule) in constraints.at_least.iter().enumerate() {
        if let Some(most) = most.get(&rule.name()).filter(|most| **most < rule.value) {
            let at = format!("constraints.at_least[{position}].value");
            problems.add(
                "contradiction",
                &at,
                format!(
                    "{at} is {}, but at_most allows {} for {}; the least must not be above the \
                     most, such as \"2\" and \"4\".",
                    normal_text(rule.value),
                    normal_text(*most),
                    rule.name()
                ),
            );
        }
    }
}

fn part_rule(
    known: &BTreeMap<&str, BTreeSet<&str>>,
    rule: &PartRule,
    at: &str,
    problems: &mut Problems,
) {
    match known.get(rule.dimension.as_str()) {
        None => problems.push(unknown(
            "unknown_dimension",
            &format!("{at}.dimension"),
            &rule.dimension,
            known.keys().copied(),
        )),
        Some(codes) if !codes.contains(rule.code.as_str()) => problems.push(unknown(
            "unknown_code",
            &format!("{at}.code"),
            &rule.code,
            codes.iter().copied(),
        )),
        Some(_) => {}
    }
    let at = format!("{at}.value");
    let whole = rule.measure == Measure::Spend || rule.value.fract().is_zero();
    if rule.value < Decimal::ZERO || rule.value > Decimal::from(BUDGET_MAX) || !whole {
        problems.add(
            "out_of_range",
            &at,
            format!(
                "{at} is {}; it must be from 0 to {BUDGET_MAX}, such as \"900000.00\" for spend, \
                 and a whole number such as \"4\" for count.",
                normal_text(rule.value)
            ),
        );
    }
    if rule.value.normalize().scale() > 6 {
        problems.add(
            "too_many_places",
            &at,
            format!("{at} has more than 6 decimal places; write it like \"900000.00\"."),
        );
    }
}

fn unknown<'a>(code: &str, at: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let shown: Vec<&str> = known.take(NAMES_SHOWN).collect();
    let shown = if shown.is_empty() {
        "none".to_owned()
    } else {
        shown.join(", ")
    };
    Problem::new(
        code,
        at,
        format!("{at} \"{name}\" is not among the applications; known are, for example, {shown}."),
    )
    .with("name", name)
}

fn application(known: &BTreeSet<&str>, at: &str, id: &str, problems: &mut Problems) {
    if !known.contains(id) {
        problems.push(unknown(
            "unknown_application",
            at,
            id,
            known.iter().copied(),
        ));
    }
}

fn exclusive(known: &BTreeSet<&str>, lists: &[Vec<String>], problems: &mut Problems) {
    let mut seen_lists = BTreeSet::new();
    for (position, ids) in lists.iter().enumerate() {
        let at = format!("constraints.exclusive[{position}]");
        let mut seen = BTreeSet::new();
        for (place, id) in ids.iter().enumerate() {
            let path = format!("{at}[{place}]");
            application(known, &path, id, problems);
            if !seen.insert(id.as_str()) {
                problems.add(
                    "duplicate_id",
                    &path,
                    format!(
                        "{path} \"{id}\" stands twice in its list; name each application once."
                    ),
                );
            }
        }
        if ids.len() < 2 {
            problems.add(
                "too_few",
                &at,
                format!("{at} must name at least two applications, such as [\"a\",\"b\"]."),
            );
        }
        if !seen_lists.insert(seen) {
            problems.add(
                "duplicate_rule",
                &at,
                format!("{at} states the same list a second time; state it once."),
            );
        }
    }
}

fn requires(known: &BTreeSet<&str>, constraints: &Constraints, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (position, rule) in constraints.requires.iter().enumerate() {
        let at = format!("constraints.requires[{position}]");
        application(
            known,
            &format!("{at}.application"),
            &rule.application,
            problems,
        );
        application(known, &format!("{at}.needs"), &rule.needs, problems);
        if rule.application == rule.needs {
            problems.add(
                "requires_itself",
                &at,
                format!(
                    "{at} says that \"{}\" needs itself; name another application, such as \
                     {{\"application\":\"b\",\"needs\":\"a\"}}.",
                    rule.needs
                ),
            );
        }
        if !seen.insert((rule.application.as_str(), rule.needs.as_str())) {
            problems.add(
                "duplicate_rule",
                &at,
                format!("{at} states the same need a second time; state it once."),
            );
        }
    }
}

/// An application whose needs, followed to the end, include two that exclude each other could
/// never be funded, which is a slip and not a wish.
fn contradictions(constraints: &Constraints, problems: &mut Problems) {
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in &constraints.requires {
        let list = needs.entry(rule.application.as_str()).or_default();
        list.push(rule.needs.as_str());
    }
    let mut told = BTreeSet::new();
    for (position, rule) in constraints.requires.iter().enumerate() {
        let mut reached = BTreeSet::from([rule.application.as_str()]);
        let mut open = vec![rule.application.as_str()];
        while let Some(id) = open.pop() {
            for next in needs.get(id).into_iter().flatten() {
                if reached.insert(next) {
                    open.push(next);
                }
            }
        }
        let clash = constraints.exclusive.iter().find_map(|list| {
            let mut both = list.iter().filter(|id| reached.contains(id.as_str()));
            both.next().zip(both.next())
        });
        if let Some((one, other)) = clash
            && one != other
            && told.insert(rule.application.as_str())
        {
            let at = format!("constraints.requires[{position}]");
            problems.add(
                "contradiction",
                &at,
                format!(
                    "{at} makes \"{}\" need \"{one}\" and \"{other}\", which exclude each other; \
                     drop the need or the exclusive list.",
                    rule.application
                ),
            );
        }
    }
}
