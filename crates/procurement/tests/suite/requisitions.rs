//! A requisition goes from request to payment through the hands of different people, or says every
//! reason why it does not.
use std::{collections::BTreeSet, rc::Rc};

use explain::json::Json;
use money::Amount;
use procurement::policy::{
    Act, Action, BlockCode, Deed, Facts, Person, Policy, Requisition, Stage, read_policy,
};
use proptest::prelude::*;

use crate::support;

fn policy() -> Policy {
    read_policy(&Json::from(&support::policy())).unwrap()
}

fn person(id: &str, membership: &str) -> Person {
    Person {
        id: id.to_owned(),
        memberships: BTreeSet::from([membership.to_owned()]),
    }
}

fn editor() -> Person {
    person("editor", "ngo_editor")
}
fn head() -> Person {
    person("head", "ngo_endorser")
}
fn finance() -> Person {
    person("finance", "ngo_finance")
}

fn amount(text: &str) -> Amount {
    Amount::try_from_text(text).unwrap()
}

fn act(deed: Deed, person: Person, sum: Option<&str>) -> Act {
    Act {
        deed,
        person,
        amount: sum.map(amount),
        reasons: Vec::new(),
    }
}

/// No interest, all checks kept, plenty of money.
fn fine() -> Facts {
    Facts {
        interest: Some(false),
        checks: Some(true),
        money_left: Some(amount("1000000")),
    }
}

fn done(acts: &[(Action, Person, Option<&str>)]) -> Requisition {
    acts.iter()
        .fold(Requisition::default(), |state, (action, person, sum)| {
            state
                .advance(
                    &policy(),
                    &act(Deed::Step(*action), person.clone(), *sum),
                    fine(),
                )
                .unwrap()
        })
}

fn ordered() -> Requisition {
    done(&[
        (Action::Request, editor(), Some("30000")),
        (Action::Award, head(), Some("28000")),
        (Action::AgreeAndIssueOrder, finance(), None),
    ])
}

fn codes(state: &Requisition, deed: &Act, facts: Facts) -> Vec<BlockCode> {
    let blocks = state.advance(&policy(), deed, facts).unwrap_err();
    blocks.iter().map(|block| block.code).collect()
}

#[test]
fn three_people_take_a_purchase_from_request_to_payment() {
    let state = done(&[
        (Action::Request, editor(), Some("30000")),
        (Action::Award, head(), Some("28000")),
        (Action::AgreeAndIssueOrder, finance(), None),
        (Action::Receipt, editor(), None),
        (Action::Invoice, editor(), Some("27999.99")),
        (Action::Payment, finance(), Some("27999.99")),
    ]);
    assert_eq!(state.stage(), Stage::Done);
    assert_eq!(state.next(&policy()), None);
    assert_eq!(
        codes(&state, &act(Deed::Return, finance(), None), fine()),
        [BlockCode::Closed, BlockCode::ReasonMissing]
    );
}

#[test]
fn nobody_takes_two_of_the_first_three_steps() {
    let both = Person {
        id: "both".to_owned(),
        memberships: BTreeSet::from([
            "ngo_editor".to_owned(),
            "ngo_endorser".to_owned(),
            "ngo_finance".to_owned(),
        ]),
    };
    let requested = done(&[(Action::Request, both.clone(), Some("30000"))]);
    let award = act(Deed::Step(Action::Award), both.clone(), Some("28000"));
    assert_eq!(codes(&requested, &award, fine()), [BlockCode::SamePerson]);
    let awarded = done(&[
        (Action::Request, editor(), Some("30000")),
        (Action::Award, both.clone(), Some("28000")),
    ]);
    let order = act(Deed::Step(Action::AgreeAndIssueOrder), both.clone(), None);
    assert_eq!(codes(&awarded, &order, fine()), [BlockCode::SamePerson]);
    let received = ordered()
        .advance(
            &policy(),
            &act(Deed::Step(Action::Receipt), both.clone(), None),
            fine(),
        )
        .unwrap()
        .advance(
            &policy(),
            &act(Deed::Step(Action::Invoice), editor(), Some("1")),
            fine(),
        )
        .unwrap();
    let pay = act(Deed::Step(Action::Payment), both, Some("1"));
    assert_eq!(codes(&received, &pay, fine()), [BlockCode::SamePerson]);
}

#[test]
fn a_step_needs_its_turn_and_its_role_and_all_reasons_come_at_once() {
    let requested = done(&[(Action::Request, editor(), Some("30000"))]);
    let facts = Facts {
        interest: None,
        checks: Some(false),
        money_left: None,
    };
    assert_eq!(
        codes(
            &requested,
            &act(Deed::Step(Action::AgreeAndIssueOrder), editor(), None),
            facts
        ),
        [
            BlockCode::WrongOrder,
            BlockCode::WrongRole,
            BlockCode::SamePerson,
            BlockCode::InterestNotStated,
            BlockCode::ChecksUnmet,
        ]
    );
    // Up to 5,000 the finance director may not award; above, they may.
    let small = done(&[(Action::Request, editor(), Some("5000"))]);
    let award = |sum| act(Deed::Step(Action::Award), finance(), Some(sum));
    assert_eq!(
        codes(&small, &award("4000"), fine()),
        [BlockCode::WrongRole]
    );
    let larger = done(&[(Action::Request, editor(), Some("5000.01"))]);
    assert!(larger.advance(&policy(), &award("4000"), fine()).is_ok());
    let viewer = act(
        Deed::Step(Action::Request),
        person("viewer", "ngo_viewer"),
        Some("1"),
    );
    assert_eq!(
        codes(&Requisition::default(), &viewer, fine()),
        [BlockCode::WrongRole]
    );
}

#[test]
fn the_checks_must_not_fail_at_the_award_and_must_hold_at_the_order() {
    let requested = done(&[(Action::Request, editor(), Some("30000"))]);
    let award = act(Deed::Step(Action::Award), head(), Some("28000"));
    let with = |checks| Facts { checks, ..fine() };
    assert_eq!(
        codes(&requested, &award.clone(), with(Some(false))),
        [BlockCode::ChecksUnmet]
    );
    let awarded = requested.advance(&policy(), &award, with(None)).unwrap();
    let order = act(Deed::Step(Action::AgreeAndIssueOrder), finance(), None);
    assert_eq!(
        codes(&awarded, &order.clone(), with(None)),
        [BlockCode::ChecksUnknown]
    );
    assert!(awarded.advance(&policy(), &order, with(Some(true))).is_ok());
}

#[test]
fn amounts_stay_within_what_is_left_agreed_and_invoiced() {
    let requested = done(&[(Action::Request, editor(), Some("30000"))]);
    let award = |sum| act(Deed::Step(Action::Award), head(), sum);
    let left = |left| Facts {
        money_left: left,
        ..fine()
    };
    assert_eq!(
        codes(
            &requested,
            &award(Some("28000.01")),
            left(Some(amount("28000")))
        ),
        [BlockCode::OverAward]
    );
    assert_eq!(
        codes(&requested, &award(Some("1")), left(None)),
        [BlockCode::MoneyLeftUnknown]
    );
    assert_eq!(
        codes(&requested, &award(None), fine()),
        [BlockCode::AmountMissing]
    );
    let received = ordered()
        .advance(
            &policy(),
            &act(Deed::Step(Action::Receipt), editor(), None),
            fine(),
        )
        .unwrap();
    let invoice = |sum| act(Deed::Step(Action::Invoice), editor(), Some(sum));
    assert_eq!(
        codes(&received, &invoice("28000.01"), fine()),
        [BlockCode::InvoiceExceedsOrder]
    );
    let invoiced = received
        .advance(&policy(), &invoice("28000"), fine())
        .unwrap();
    let payment = act(Deed::Step(Action::Payment), finance(), Some("27999.99"));
    assert_eq!(
        codes(&invoiced, &payment, fine()),
        [BlockCode::PaymentDiffersFromInvoice]
    );
}

#[test]
fn whoever_declares_an_interest_stays_out() {
    let requested = done(&[(Action::Request, editor(), Some("30000"))]);
    let declared = requested
        .advance(
            &policy(),
            &act(Deed::DeclareInterest, head(), None),
            Facts::default(),
        )
        .unwrap();
    let award = |who| act(Deed::Step(Action::Award), who, Some("28000"));
    assert_eq!(
        codes(&declared, &award(head()), fine()),
        [BlockCode::InterestDeclared]
    );
    assert!(
        declared
            .advance(&policy(), &award(finance()), fine())
            .is_ok()
    );
    let with = Facts {
        interest: Some(true),
        ..fine()
    };
    assert_eq!(
        codes(&requested, &award(head()), with),
        [BlockCode::InterestDeclared]
    );
}

#[test]
fn refusing_and_returning_need_a_known_reason_and_the_turn() {
    let requested = done(&[(Action::Request, editor(), Some("30000"))]);
    let because = |deed, who, reasons: &[&str]| Act {
        reasons: reasons.iter().map(|code| (*code).to_owned()).collect(),
        ..act(deed, who, None)
    };
    assert_eq!(
        codes(&requested, &because(Deed::Refuse, head(), &[]), fine()),
        [BlockCode::ReasonMissing]
    );
    assert_eq!(
        codes(
            &requested,
            &because(Deed::Refuse, editor(), &["split", "mood"]),
            fine()
        ),
        [BlockCode::WrongRole, BlockCode::ReasonUnknown]
    );
    let refused = requested
        .advance(
            &policy(),
            &because(Deed::Refuse, head(), &["split"]),
            fine(),
        )
        .unwrap();
    assert_eq!(refused.stage(), Stage::Refused);
    let returned = requested
        .advance(
            &policy(),
            &because(Deed::Return, head(), &["specification_unclear"]),
            fine(),
        )
        .unwrap();
    assert_eq!(
        (returned.next(&policy()), returned.returns()),
        (Some(Action::Request), 1)
    );
    assert_eq!(returned.amount_of(Action::Request), None);
    assert_eq!(
        codes(
            &ordered(),
            &because(Deed::Refuse, editor(), &["split"]),
            fine()
        ),
        [BlockCode::WrongOrder]
    );
}

#[test]
fn whoever_waives_is_none_of_the_others_before_and_after() {
    let requested = done(
        &[(Action::Request, head(), Some("1"))].map(|_| (Action::Request, editor(), Some("30000"))),
    );
    let waive = |who| Act {
        reasons: vec!["sole_supplier".to_owned()],
        ..act(Deed::Waive, who, None)
    };
    let waived = requested
        .advance(&policy(), &waive(head()), fine())
        .unwrap();
    assert_eq!(waived.waived_by(), Some("head"));
    let award = act(Deed::Step(Action::Award), head(), Some("28000"));
    assert_eq!(
        codes(&waived, &award.clone(), fine()),
        [BlockCode::SamePerson]
    );
    let awarded = requested.advance(&policy(), &award, fine()).unwrap();
    assert_eq!(
        codes(&awarded, &waive(head()), fine()),
        [BlockCode::SamePerson]
    );
    assert_eq!(
        codes(&requested, &waive(finance()), fine()),
        [BlockCode::WrongRole]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever people try in whatever order, no step is done out of turn or by somebody who did a
    /// step that must be apart.
    #[test]
    fn no_order_of_tries_gets_round_the_policy(
        tries in prop::collection::vec((0_usize..9, 0_usize..4, 1_u32..60_000), 0..30),
    ) {
        thread_local! {
            static POLICY: Rc<Policy> = Rc::new(policy());
        }
        let policy = POLICY.with(Rc::clone);
        let people = [editor(), head(), finance(), person("head2", "ngo_endorser")];
        let mut state = Requisition::default();
        for (deed, who, sum) in tries {
            let deed = match deed {
                6 => Deed::Return,
                7 => Deed::Waive,
                8 => Deed::DeclareInterest,
                step => Deed::Step(Action::ALL[step]),
            };
            let reasons = match deed {
                Deed::Waive => vec!["sole_supplier".to_owned()],
                _ => vec!["split".to_owned()],
            };
            let tried = Act { deed, person: people[who].clone(), amount: Some(amount(&sum.to_string())), reasons };
            if let Ok(next) = state.advance(&policy, &tried, fine()) {
                state = next;
            }
            let done: Vec<Action> = state.done().keys().copied().collect();
            prop_assert_eq!(&done[..], &Action::ALL[..done.len()]);
            for group in &policy.separate {
                let by: Vec<&String> = group.iter().filter_map(|action| state.done().get(action)).collect();
                let different: BTreeSet<&String> = by.iter().copied().collect();
                prop_assert_eq!(by.len(), different.len());
            }
            let waiver_took_part = state.done().iter().any(|(action, who)| {
                *action <= Action::AgreeAndIssueOrder && state.waived_by() == Some(who)
            });
            prop_assert!(!waiver_took_part);
        }
    }
}
