//! Criteria with effective dates: the day of submission chooses, and no day has two of one id.
use eligibility::{Compiled, Outcome, State};
use explain::json::Json;
use serde_json::{Value, json};

use crate::facts::facts;

fn set(periods: &[(Option<&str>, Option<&str>, &str)]) -> Value {
    let criteria: Vec<Value> = periods
        .iter()
        .map(|(from, to, most)| {
            let mut criterion = json!({"id": "E1", "severity": "hard",
                "rule": {"op": "lte", "left": {"field": "org.x"}, "right": most}});
            if let Some(from) = from {
                criterion["effective_from"] = json!(from);
            }
            if let Some(to) = to {
                criterion["effective_to"] = json!(to);
            }
            criterion
        })
        .collect();
    json!({"id": "r", "version": "1", "criteria": criteria})
}

fn on(day: &str) -> Value {
    json!({"org": {"x": "15"}, "application": {"submitted_on": day}})
}

#[test]
fn the_day_of_submission_chooses_the_criterion() {
    let set = set(&[
        (None, Some("2026-11-30"), "20"),
        (Some("2026-12-01"), None, "10"),
    ]);
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let state = |day: &str| {
        let stated = facts(&on(day));
        let verdict = compiled.evaluate(&stated);
        (verdict.state(), verdict.results().len())
    };
    assert_eq!(state("2026-11-30"), (State::Eligible, 1));
    assert_eq!(state("2026-12-01"), (State::NotEligible, 1));
}

#[test]
fn without_a_day_a_dated_criterion_is_unknown_and_others_are_decided() {
    let set = set(&[(Some("2026-12-01"), None, "10")]);
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let stated = facts(&json!({"org": {"x": "15"}}));
    let verdict = compiled.evaluate(&stated);
    assert_eq!(verdict.state(), State::NeedsInformation);
    assert_eq!(verdict.results()[0].outcome(), Outcome::Unknown);
    assert!(verdict.results()[0].changes().is_empty());
}

#[test]
fn a_criterion_not_in_force_decides_nothing() {
    let set = set(&[(Some("2026-12-01"), None, "10")]);
    let compiled = Compiled::try_new(&Json::from(&set)).unwrap();
    let stated = facts(&on("2026-11-30"));
    let verdict = compiled.evaluate(&stated);
    assert_eq!(verdict.state(), State::Eligible);
    assert!(verdict.results().is_empty());
}

#[test]
fn conflicting_dates_are_refused_with_path_cause_and_example() {
    let refused = |periods: &[(Option<&str>, Option<&str>, &str)]| {
        let problems = Compiled::try_new(&Json::from(&set(periods))).unwrap_err();
        let problem = problems.as_slice()[0].clone();
        assert!(
            problem.message.contains("such as") || problem.message.contains("leave it out"),
            "{}",
            problem.message
        );
        (problem.code, problem.path)
    };
    let at = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    assert_eq!(
        refused(&[
            (None, Some("2026-12-01"), "1"),
            (Some("2026-12-01"), None, "2")
        ]),
        at("effective_dates_overlap", "criteria[1].effective_from")
    );
    assert_eq!(
        refused(&[(None, None, "1"), (Some("2026-12-01"), None, "2")]),
        at("effective_dates_overlap", "criteria[1].effective_from")
    );
    assert_eq!(
        refused(&[(None, None, "1"), (None, None, "2")]),
        at("duplicate_id", "criteria[1].id")
    );
    assert_eq!(
        refused(&[(Some("2026-12-02"), Some("2026-12-01"), "1")]),
        at("end_before_start", "criteria[0].effective_to")
    );
}
