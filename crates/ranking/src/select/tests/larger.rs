//! Larger requests with rules of every kind: against an independent solver in whole numbers of
//! cents, and rounds far beyond what could be listed.
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};

use super::{
    super::{Effort, best_set},
    any_rules::cases,
    random::{Dice, request_of},
    *,
};
use crate::select::{Measure, PartRule, Status};

/// One way to fund an application in the model of the solver.
struct Way<'a> {
    application: &'a Application,
    cost: Decimal,
    score: Decimal,
    taken: Variable,
}

fn float(value: Decimal) -> f64 {
    value.to_string().parse().unwrap()
}

fn sum<'a>(ways: &[Way<'a>], weight: impl Fn(&Way<'a>) -> Decimal) -> Expression {
    ways.iter().map(|way| float(weight(way)) * way.taken).sum()
}

fn part(rule: &PartRule, way: &Way<'_>) -> Decimal {
    let share = rule.share(way.application);
    match rule.measure {
        Measure::Spend => way.cost * share,
        Measure::Count if share.is_zero() => Decimal::ZERO,
        Measure::Count => Decimal::ONE,
    }
}

fn funded(ways: &[Way<'_>], is_asked: impl Fn(&Application) -> bool) -> Expression {
    sum(ways, |way| {
        Decimal::from(u8::from(is_asked(way.application)))
    })
}

/// The optimum in points that `microlp` finds; none when it finds nothing feasible.
fn solver_optimum(request: &Request) -> Option<Decimal> {
    let mut variables = ProblemVariables::new();
    let mut ways = Vec::new();
    for application in &request.applications {
        let levels = application
            .levels
            .iter()
            .map(|level| (level.cost, level.score));
        for (cost, score) in levels.chain([(application.cost, application.score)]) {
            ways.push(Way {
                application,
                cost: cost.decimal(),
                score,
                taken: variables.add(variable().binary()),
            });
        }
    }
    let rules = &request.constraints;
    let budget = request.budget.decimal();
    let objective = sum(&ways, |way| way.score);
    let mut model = variables
        .maximise(objective.clone())
        .using(good_lp::microlp)
        .with(sum(&ways, |way| way.cost).leq(float(budget)));
    for application in &request.applications {
        model = model.with(funded(&ways, |other| other.id == application.id).leq(1.0));
    }
    if let Some(share) = rules.small_share {
        let small = sum(&ways, |way| {
            if way.application.small {
                way.cost
            } else {
                Decimal::ZERO
            }
        });
        model = model.with(small.geq(float(share.decimal() * budget)));
    }
    if let Some(cap) = rules.max_per_group {
        for one in &request.applications {
            model = model.with(funded(&ways, |other| other.group == one.group).leq(f64::from(cap)));
        }
    }
    for rule in &rules.at_most {
        model = model.with(sum(&ways, |way| part(rule, way)).leq(float(rule.value)));
    }
    for rule in &rules.at_least {
        model = model.with(sum(&ways, |way| part(rule, way)).geq(float(rule.value)));
    }
    for list in &rules.exclusive {
        model = model.with(funded(&ways, |other| list.contains(&other.id)).leq(1.0));
    }
    for rule in &rules.requires {
        let needed = funded(&ways, |other| other.id == rule.needs);
        model = model.with((funded(&ways, |other| other.id == rule.application) - needed).leq(0.0));
    }
    let solution = model.solve().ok()?;
    Some(dec(&format!("{:.2}", solution.eval(objective))))
}

#[test]
fn an_independent_solver_agrees_on_requests_of_twenty_to_sixty() {
    let mut compared = 0;
    for seed in 0..cases(16, 120) {
        let count = 20 + usize::try_from(seed % 9).unwrap() * 5;
        let request = request_of(seed + 10_000, count, 40);
        let effort = Effort {
            work_max: 20_000_000,
            close: None,
        };
        let Ok(selection) = best_set(&request, effort) else {
            continue;
        };
        match solver_optimum(&request) {
            Some(theirs) => {
                assert_eq!(selection.status, Status::Optimal, "seed {seed}");
                assert_eq!(selection.objective, Some(theirs), "seed {seed}");
            }
            None => assert_eq!(selection.status, Status::Infeasible, "seed {seed}"),
        }
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}

/// A round with district caps, two applications per organisation and small organisations first.
fn round(count: i64) -> Request {
    let mut dice = Dice::new(5);
    let mut total = 0;
    let applications: Vec<Application> = (0..count)
        .map(|number| {
            let cost = dice.roll(50, 1_000);
            total += cost;
            let district = format!("d{}", dice.roll(0, 17));
            let mut one = application(
                &format!("a{number}"),
                &format!("g{}", dice.roll(0, count / 3)),
                dice.chance(30),
                &(cost * 1_000).to_string(),
                &Decimal::new(dice.roll(2_000, 9_999), 2).to_string(),
            );
            let whole = Parts::from([(district, Share::WHOLE)]);
            one.parts = BTreeMap::from([("district".to_owned(), whole)]);
            one
        })
        .collect();
    let mut request = with_rules(
        request(&(total * 300).to_string(), applications),
        None,
        Some(2),
    );
    request.constraints.at_most = (0..18)
        .map(|district| PartRule {
            dimension: "district".to_owned(),
            code: format!("d{district}"),
            measure: Measure::Spend,
            value: Decimal::from(total * 300 / 16),
        })
        .collect();
    request
}

#[test]
fn ten_thousand_applications_end_within_a_ten_thousandth_of_the_bound() {
    let effort = Effort {
        work_max: 2_000_000,
        close: Some(10_000),
    };
    let request = round(10_000);
    let selection = best_set(&request, effort).unwrap();
    let (objective, gap) = (selection.objective.unwrap(), selection.gap().unwrap());
    assert!(
        gap * Decimal::from(10_000) <= objective,
        "{gap} of {objective}"
    );
    assert!(selection.checks.iter().all(|check| check.holds));
    let mut reversed = request;
    reversed.applications.reverse();
    assert_eq!(best_set(&reversed, effort).unwrap(), selection);
}

#[test]
fn a_large_round_that_no_set_can_meet_is_said_to_be_infeasible() {
    let mut request = round(500);
    request.constraints.at_least = vec![PartRule {
        dimension: "district".to_owned(),
        code: "d3".to_owned(),
        measure: Measure::Count,
        value: Decimal::from(400),
    }];
    let effort = Effort {
        work_max: 2_000_000,
        close: None,
    };
    assert_eq!(
        best_set(&request, effort).unwrap().status,
        Status::Infeasible
    );
}
