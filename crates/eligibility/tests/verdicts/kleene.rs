//! Laws of three-valued logic, and that learning a fact never turns an answer round.
use eligibility::{Compiled, Outcome, Truth};
use explain::json::Json;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::facts::facts;

fn truth() -> impl Strategy<Value = Truth> {
    prop::sample::select(vec![Truth::False, Truth::Unknown, Truth::True])
}

/// A rule over the facts `org.f0` to `org.f3`.
fn rule() -> impl Strategy<Value = Value> {
    let leaf = (0_u8..4)
        .prop_map(|n| json!({"op": "eq", "left": {"field": format!("org.f{n}")}, "right": true}));
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|args| json!({"op": "and", "args": args})),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|args| json!({"op": "or", "args": args})),
            inner
                .clone()
                .prop_map(|arg| json!({"op": "not", "arg": arg})),
            (inner.clone(), inner).prop_map(|(a, b)| json!({"op": "implies", "if": a, "then": b})),
        ]
    })
}

/// The facts that are known, by number.
fn org(known: &[Option<bool>]) -> Value {
    let entries = known.iter().enumerate().filter_map(|(n, flag)| {
        let flag = (*flag)?;
        Some((format!("f{n}"), Value::Bool(flag)))
    });
    json!({"org": entries.collect::<serde_json::Map<_, _>>()})
}

proptest! {
    #[test]
    fn the_laws_of_kleene_hold(a in truth(), b in truth(), c in truth()) {
        prop_assert_eq!(a.and(b), b.and(a));
        prop_assert_eq!(a.or(b), b.or(a));
        prop_assert_eq!(a.and(b).and(c), a.and(b.and(c)));
        prop_assert_eq!(a.or(b).or(c), a.or(b.or(c)));
        prop_assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
        prop_assert_eq!(a.and(b).negated(), a.negated().or(b.negated()));
        prop_assert_eq!(a.negated().negated(), a);
        prop_assert_eq!(a.implies(b), a.negated().or(b));
        prop_assert_eq!(a.and(Truth::False), Truth::False);
        prop_assert_eq!(a.or(Truth::True), Truth::True);
    }

    #[test]
    fn learning_a_fact_never_turns_an_answer_round(
        rule in rule(),
        known in prop::collection::vec(prop::option::of(any::<bool>()), 4),
        learned in prop::collection::vec(any::<bool>(), 4),
    ) {
        let body = json!({"id": "r", "version": "1", "criteria": [
            {"id": "c", "severity": "hard", "rule": rule}]});
        let ruleset = Compiled::try_new(&Json::from(&body)).unwrap();
        let all: Vec<Option<bool>> =
            known.iter().zip(&learned).map(|(known, learned)| known.or(Some(*learned))).collect();
        let (before, after) = (facts(&org(&known)), facts(&org(&all)));
        let before = ruleset.evaluate(&before).results()[0].outcome();
        let after = ruleset.evaluate(&after).results()[0].outcome();
        prop_assert_ne!(after, Outcome::Unknown);
        prop_assert!(before == Outcome::Unknown || before == after);
    }
}
