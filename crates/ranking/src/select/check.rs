//! What must hold for a selection's fields, each with its path.
use std::collections::{BTreeMap, BTreeSet};

use explain::{Problem, Problems, read::join};
use money::{Amount, Decimal, normal_text};

use super::{
    APPLICATIONS_MAX, Application, BUDGET_MAX, Constraints, LEVELS_MAX, Level, Parts, Request,
    SCORE_MAX, check_rules,
};
use crate::rank::unique_ids;

/// All problems of a request that was built from typed values.
pub(super) fn request(request: &Request) -> Problems {
    let mut problems = Problems::new();
    budget(request.budget, &mut problems);
    let count = request.applications.len();
    if count == 0 {
        no_applications(&mut problems);
    }
    if count > APPLICATIONS_MAX {
        problems.push(
            Problem::new(
                "too_many",
                "applications",
                format!("applications has {count} items; at most {APPLICATIONS_MAX} are allowed."),
            )
            .with("most", APPLICATIONS_MAX.to_string()),
        );
    }
    for (position, item) in request.applications.iter().enumerate() {
        let path = format!("applications[{position}]");
        cost(item.cost, &path, &mut problems);
        score(item.score, &path, &mut problems);
        parts(&item.parts, &path, &mut problems);
        for (place, level) in item.levels.iter().enumerate() {
            let path = format!("{path}.levels[{place}]");
            cost(level.cost, &path, &mut problems);
            score(level.score, &path, &mut problems);
        }
        levels(Some(item.cost), &item.levels, &path, &mut problems);
    }
    let ids: Vec<_> = request
        .applications
        .iter()
        .map(|item: &Application| Some(item.id.as_str()))
        .collect();
    unique_ids("applications", &ids, &mut problems);
    constraints(&request.constraints, &mut problems);
    check_rules::rules(&request.applications, &request.constraints, &mut problems);
    problems
}

/// A selection needs something to choose from.
pub(super) fn no_applications(problems: &mut Problems) {
    problems.add(
        "empty",
        "applications",
        "applications is empty; list at least one, such as {\"id\":\"a\",\"group\":\"g\",\
         \"small\":false,\"cost\":\"50000.00\",\"score\":\"72.56\"}.",
    );
}

/// Within one dimension the shares are at most the whole.
pub(super) fn parts(parts: &BTreeMap<String, Parts>, path: &str, problems: &mut Problems) {
    for (dimension, codes) in parts {
        let at = join(&join(path, "parts"), dimension);
        let sum: Decimal = codes.values().map(|share| share.decimal()).sum();
        if sum > Decimal::ONE {
            problems.add(
                "out_of_range",
                &at,
                format!(
                    "{at} adds up to {}; the shares of one dimension are at most 1 together, such \
                     as {{\"kwun_tong\":\"0.6\",\"sham_shui_po\":\"0.4\"}}.",
                    normal_text(sum)
                ),
            );
        }
        for (code, share) in codes {
            places(share.decimal(), &join(&at, code), problems);
        }
    }
}

/// Few levels, each named once and cheaper than full funding.
pub(super) fn levels(full: Option<Amount>, levels: &[Level], path: &str, problems: &mut Problems) {
    let list = join(path, "levels");
    if levels.len() > LEVELS_MAX {
        problems.push(
            Problem::new(
                "too_many",
                &list,
                format!(
                    "{list} has {} items; at most {LEVELS_MAX} are allowed.",
                    levels.len()
                ),
            )
            .with("most", LEVELS_MAX.to_string()),
        );
    }
    let mut seen = BTreeSet::new();
    for (position, level) in levels.iter().enumerate() {
        let at = format!("{list}[{position}]");
        if !seen.insert(level.id.as_str()) {
            problems.add(
                "duplicate_id",
                format!("{at}.id"),
                format!(
                    "{at}.id \"{}\" is used twice; each level has its own, such as \"phase_1\" and \
                     \"phase_2\".",
                    level.id
                ),
            );
        }
        if let Some(full) = full
            && level.cost >= full
        {
            problems.add(
                "out_of_range",
                format!("{at}.cost"),
                format!(
                    "{at}.cost is {}; a level costs less than full funding, which costs {full}.",
                    level.cost
                ),
            );
        }
    }
}

fn places(value: Decimal, at: &str, problems: &mut Problems) {
    // Text from outside was cut off at six places already; typed values may carry more.
    if value.normalize().scale() > 6 {
        problems.add(
            "too_many_places",
            at,
            format!("{at} has more than 6 decimal places; write it like \"50000.00\"."),
        );
    }
}

/// Zero or more, and small enough to compute with.
pub(super) fn budget(budget: Amount, problems: &mut Problems) {
    let value = budget.decimal();
    if value < Decimal::ZERO || value > Decimal::from(BUDGET_MAX) {
        problems.add(
            "out_of_range",
            "budget",
            format!(
                "budget is {}; it must be from 0 to {BUDGET_MAX}, such as \"2640000.00\".",
                normal_text(value)
            ),
        );
    }
    places(value, "budget", problems);
}

/// Above zero, and small enough to compute with.
pub(super) fn cost(cost: Amount, path: &str, problems: &mut Problems) {
    let at = join(path, "cost");
    let value = cost.decimal();
    if value <= Decimal::ZERO || value > Decimal::from(BUDGET_MAX) {
        problems.add(
            "out_of_range",
            &at,
            format!(
                "{at} is {}; it must be above 0 and at most {BUDGET_MAX}, such as \"50000.00\".",
                normal_text(value)
            ),
        );
    }
    places(value, &at, problems);
}

/// Small enough to compute with.
pub(super) fn score(score: Decimal, path: &str, problems: &mut Problems) {
    let at = join(path, "score");
    if score.abs() > Decimal::from(SCORE_MAX) {
        problems.add(
            "out_of_range",
            &at,
            format!(
                "{at} is {}; it must be from -{SCORE_MAX} to {SCORE_MAX}, such as \"72.56\".",
                normal_text(score)
            ),
        );
    }
    places(score, &at, problems);
}

fn constraints(constraints: &Constraints, problems: &mut Problems) {
    let at = "constraints.max_per_group";
    if constraints.max_per_group == Some(0) {
        problems.add(
            "out_of_range",
            at,
            format!("{at} is 0; it must be a whole number from 1, or null for no such rule."),
        );
    }
    if let Some(share) = constraints.small_share {
        places(share.decimal(), "constraints.small_share", problems);
    }
}
