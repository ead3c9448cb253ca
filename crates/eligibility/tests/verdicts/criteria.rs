//! Each of the 26 criteria of the seed programme, passing, failing and not known.
use eligibility::{Outcome, State};
use serde_json::{Value, json};

use crate::facts::{PLAIN, SEED, compiled, complete, facts, value, with, without};

/// Criterion, fact to change, value that makes it fail (JSON), fact whose absence makes it unknown
/// where that is another one.
const CHANGES: [(&str, &str, &str, Option<&str>); 25] = [
    ("DF-E01", "/org/subvention_mode", r#""none""#, None),
    ("DF-E02", "/org/s88_status", r#""revoked""#, None),
    (
        "DF-E03",
        "/org/identifiers",
        r#"[{"type": "ubi_brn", "value": "9999"}]"#,
        None,
    ),
    ("DF-E04", "/project/scope_code", r#""training""#, None),
    ("DF-E05", "/project/subvented_share", r#""0""#, None),
    ("DF-E06", "/org/awarded_to_date_hkd", r#""0.01""#, None),
    (
        "DF-E07",
        "/application/submitted_on",
        r#""2029-06-01""#,
        None,
    ),
    ("DF-E08", "/project/end_on", r#""2028-01-01""#, None),
    ("DF-E09", "/application/board_endorsed_on", "null", None),
    (
        "DF-E10",
        "/application/staff_consultation_summary",
        r#""Too short.""#,
        None,
    ),
    (
        "DF-E11",
        "/application/requested_hkd",
        r#""500000.01""#,
        Some("/application/budget_lines"),
    ),
    (
        "DF-E12",
        "/application/budget_lines/1/other_funding_hkd",
        r#""50000.01""#,
        None,
    ),
    (
        "DF-E13",
        "/application/budget_lines/1/cost_type",
        r#""overtime_allowance""#,
        None,
    ),
    (
        "DF-E14",
        "/rulesets/hk-swd-lsg-lf-procurement",
        "false",
        None,
    ),
    ("DF-E15", "/project/pia_document", "null", None),
    ("DF-E16", "/project/controls", r#"["audit_trail"]"#, None),
    (
        "DF-E17",
        "/project/ai_plan/testing",
        r#""""#,
        Some("/project/ai_plan"),
    ),
    ("DF-E18", "/project/inclusion_plan", r#""none""#, None),
    (
        "DF-E20",
        "/rulesets/hk-lsg-cost-apportionment-demo",
        "false",
        None,
    ),
    (
        "DF-E21",
        "/application/outcomes/0/baseline",
        "null",
        Some("/application/outcomes"),
    ),
    ("DF-E22", "/application/coi_declarations", "[]", None),
    ("DF-E23", "/org/overdue_reports", "2", None),
    ("DF-E24", "/org/audited_accounts_fy", r#""2023-24""#, None),
    ("DF-E25", "/project/upkeep_plan", r#""We pay.""#, None),
    ("DF-E26", "/project/participation_plan", r#""Yes.""#, None),
];

/// The changes read: criterion, fact, failing value, fact to leave out.
fn changes() -> impl Iterator<Item = (&'static str, &'static str, Value, &'static str)> {
    CHANGES
        .iter()
        .map(|(id, fact, wrong, absent)| (*id, *fact, value(wrong), absent.unwrap_or(fact)))
}

#[test]
fn every_criterion_passes_on_complete_facts_and_the_reserve_is_reported() {
    for (ruleset, criteria) in [(SEED, 29), (PLAIN, 26)] {
        let (ruleset, facts) = (compiled(ruleset), facts(&complete()));
        let verdict = ruleset.evaluate(&facts);
        assert_eq!(verdict.state(), State::Eligible);
        assert_eq!(verdict.results().len(), criteria);
        for result in verdict.results() {
            let expected = match result.criterion().id() {
                "DF-E19" => Outcome::Info,
                _ => Outcome::Pass,
            };
            assert_eq!(result.outcome(), expected, "{}", result.criterion().id());
            assert!(result.fix().is_none());
            assert!(result.shortfall().is_null());
        }
        assert_eq!(verdict.result("DF-E19").unwrap().value(), "0.25");
    }
}

#[test]
fn every_criterion_can_fail_and_can_be_unknown_and_then_says_how_to_mend_it() {
    for ruleset in [compiled(SEED), compiled(PLAIN)] {
        for (id, pointer, wrong, absent) in changes() {
            let cases = [
                (Outcome::Fail, with(complete(), pointer, wrong)),
                (Outcome::Unknown, without(complete(), absent)),
            ];
            for (expected, changed) in cases {
                let facts = facts(&changed);
                let verdict = ruleset.evaluate(&facts);
                let result = verdict.result(id).unwrap();
                assert_eq!(result.outcome(), expected, "{id}");
                let fix = result.fix().unwrap();
                for text in [result.reason(), fix] {
                    assert!(!text.en.contains(['{', '—']), "{id}: {}", text.en);
                    assert!(!text.zh.contains(['{', '—']), "{id}: {}", text.zh);
                }
            }
        }
    }
}

#[test]
fn the_reserve_without_figures_is_not_known() {
    let ruleset = compiled(SEED);
    let facts = facts(&without(complete(), "/org/pf_expenditure_hkd"));
    let verdict = ruleset.evaluate(&facts);
    assert_eq!(
        verdict.result("DF-E19").unwrap().outcome(),
        Outcome::Unknown
    );
    assert_eq!(verdict.state(), State::Eligible, "context never decides");
}

#[test]
fn only_hard_criteria_decide_the_state() {
    let ruleset = compiled(SEED);
    let state = |value: &Value| {
        let facts = facts(value);
        ruleset.evaluate(&facts).state()
    };
    for (id, pointer, wrong, absent) in changes() {
        let hard = ruleset.criterion(id).unwrap().severity() == eligibility::Severity::Hard;
        let failed = state(&with(complete(), pointer, wrong));
        assert_eq!(failed == State::NotEligible, hard, "{id}");
        let expected = if hard {
            State::NeedsInformation
        } else {
            State::Eligible
        };
        assert_eq!(state(&without(complete(), absent)), expected, "{id}");
    }
    assert_eq!(state(&json!({})), State::NeedsInformation);
    let fails_and_lacks = without(
        with(complete(), "/project/scope_code", json!("training")),
        "/org/s88_status",
    );
    assert_eq!(
        state(&fails_and_lacks),
        State::NotEligible,
        "false wins over unknown"
    );
}

#[test]
fn a_period_that_ends_before_it_starts_fails_and_says_so() {
    let ruleset = compiled(SEED);
    let facts = facts(&with(complete(), "/project/end_on", json!("2024-12-31")));
    let verdict = ruleset.evaluate(&facts);
    let result = verdict.result("DF-E08").unwrap();
    assert_eq!(result.outcome(), Outcome::Fail);
    assert!(result.value().is_null() && result.shortfall().is_null());
    assert_eq!(result.reason().en, "The end date is before the start date.");
}

#[test]
fn thirty_seven_months_are_one_too_many() {
    let ruleset = compiled(SEED);
    let facts = facts(&with(complete(), "/project/end_on", json!("2028-01-01")));
    let verdict = ruleset.evaluate(&facts);
    let result = verdict.result("DF-E08").unwrap();
    let figures = (result.value(), result.threshold(), result.shortfall());
    assert_eq!(figures, (json!(37), json!(36), json!(1)));
    assert_eq!(
        result.reason().en,
        "The project runs for 37 months, 1 over the limit of 36."
    );
}

#[test]
fn an_identifier_of_a_type_without_pattern_is_not_known() {
    let ruleset = compiled(SEED);
    let changed = with(complete(), "/org/identifiers/0/type", json!("ordinance"));
    let facts = facts(&changed);
    let verdict = ruleset.evaluate(&facts);
    assert_eq!(
        verdict.result("DF-E03").unwrap().outcome(),
        Outcome::Unknown
    );
}

#[test]
fn reasons_name_the_deciding_item_and_the_missing_entries() {
    let ruleset = compiled(SEED);
    let mut changed = with(
        complete(),
        "/application/budget_lines/1/cost_type",
        json!("recurrent_rent"),
    );
    changed["project"]["controls"].as_array_mut().unwrap().pop();
    let facts = facts(&changed);
    let verdict = ruleset.evaluate(&facts);
    let rent = verdict.result("DF-E13").unwrap();
    assert_eq!(rent.value(), "recurrent_rent");
    assert_eq!(
        rent.reason().en,
        "Budget line 2 is recurrent rent, which this programme does not fund."
    );
    let controls = verdict.result("DF-E16").unwrap().reason();
    assert_eq!(controls.zh, "計劃尚未涵蓋：同意管理。");
}

#[test]
fn a_line_funded_twice_is_named_by_its_position_and_excess() {
    let ruleset = compiled(SEED);
    let changed = with(
        complete(),
        "/application/budget_lines/1/other_funding_hkd",
        json!("60000.00"),
    );
    let facts = facts(&changed);
    let verdict = ruleset.evaluate(&facts);
    let reason = verdict.result("DF-E12").unwrap().reason();
    assert_eq!(
        reason.en,
        "In budget line 2, the amount asked and other funding come to HK$260,000.00, which is \
         HK$10,000.00 over the cost of HK$250,000.00."
    );
    assert_eq!(
        reason.zh,
        "預算第2項的申請款額連同其他資助合共HK$260,000.00，較該項開支HK$250,000.00多出HK$10,000.00。"
    );
}

#[test]
fn every_seed_criterion_has_its_words_and_a_field_that_mends_it() {
    let ruleset = compiled(SEED);
    for criterion in ruleset.criteria() {
        assert!(criterion.question().is_some());
        assert!(!criterion.source().is_empty());
        assert!(!criterion.facts_used().is_empty());
        let group = criterion.group().unwrap();
        assert!(ruleset.word(group).is_some(), "{group}");
        let field = criterion.fix_field().unwrap();
        let used = criterion.facts_used().iter().any(|fact| {
            fact.starts_with(field) || criterion.facts_used()[0].starts_with("rulesets.")
        });
        assert!(used, "{} is mended at {field}", criterion.id());
    }
    assert_eq!(
        ruleset.criterion("DF-E12").unwrap().facts_used(),
        [
            "application.budget_lines",
            "application.budget_lines[].requested_hkd",
            "application.budget_lines[].other_funding_hkd",
            "application.budget_lines[].cost_hkd"
        ]
    );
}
