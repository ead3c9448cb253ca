//! Reading what was asked, offered and waived, and refusing counts that contradict each other.
use std::collections::BTreeSet;

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields, join},
};

use super::{OFFERS_MAX, Offer, Purchase, Quotations, Waiver};
use crate::{Form, request::amount_above_zero};

/// Most quotations that can be counted.
const COUNT_MAX: i64 = 9_999;

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape that the reader of a field has"
)]
pub(super) fn quotations(json: &Json, path: &str, problems: &mut Problems) -> Option<Quotations> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["invited", "received", "conforming", "offers"], problems);
    let mut count = |key: &str| {
        let given = fields.given(key, problems, |json, path, problems| {
            read::integer(json, path, 0, COUNT_MAX, problems)
        });
        given.into_option().and_then(|n| u32::try_from(n).ok())
    };
    let (invited, received, conforming) =
        (count("invited"), count("received"), count("conforming"));
    let offers = fields.given("offers", problems, |json, path, problems| {
        read::list(json, path, OFFERS_MAX, problems, offer)
    });
    Some(Quotations {
        invited,
        received,
        conforming,
        offers: offers.into_option(),
    })
}

fn offer(json: &Json, path: &str, problems: &mut Problems) -> Option<Offer> {
    let fields = Fields::of(json, path, problems);
    let known = ["id", "supplier", "amount", "conforming", "form"];
    fields.refuse_unknown(&known, problems);
    let id = fields.text("id", problems);
    let supplier = fields.given("supplier", problems, read::text);
    let amount = fields.given("amount", problems, amount_above_zero);
    let conforming = fields.given("conforming", problems, read::boolean);
    let form = fields.given("form", problems, |json, path, problems| {
        read::one_of(json, path, &Form::WORDS, problems)
    });
    Some(Offer {
        id: id?,
        supplier: supplier.into_option(),
        amount: amount.into_option(),
        conforming: conforming.into_option(),
        form: form.into_option(),
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape that the reader of a field has"
)]
pub(super) fn waiver(json: &Json, path: &str, problems: &mut Problems) -> Option<Waiver> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["reason", "approver", "approved_on"], problems);
    let reason = fields.given("reason", problems, read::text);
    let approver = fields.given("approver", problems, read::text);
    let approved_on = fields.given("approved_on", problems, read::date);
    Some(Waiver {
        reason: reason.into_option(),
        approver: approver.into_option(),
        approved_on: approved_on.into_option(),
    })
}

/// A list of offers is complete, so a count beside it must be the same; more conforming than
/// received cannot be; an offer taken must be one of the list.
pub(super) fn refuse_contradiction(purchase: &Purchase, path: &str, problems: &mut Problems) {
    let at = join(path, "quotations");
    let found = &purchase.quotations;
    if let (Some(received), Some(conforming)) = (found.received, found.conforming)
        && conforming > received
    {
        let at = join(&at, "conforming");
        problems.add(
            "count_contradicts",
            &at,
            format!(
                "{at} is {conforming}, but only {received} were received; give at most {received}."
            ),
        );
    }
    if let Some(offers) = &found.offers {
        refuse_other_counts(found, offers, &at, problems);
        let mut seen = BTreeSet::new();
        for (position, offer) in offers.iter().enumerate() {
            if !seen.insert(offer.id.as_str()) {
                let at = join(&at, &format!("offers[{position}].id"));
                problems.add(
                    "duplicate_id",
                    &at,
                    format!("{at} \"{0}\" is used twice; give each offer its own id, such as \"{0}-2\".", offer.id),
                );
            }
        }
    }
    if let Some(chosen) = &purchase.chosen {
        let offers = found.offers.as_deref().unwrap_or_default();
        if !offers.iter().any(|offer| offer.id == *chosen) {
            let ids: Vec<&str> = offers.iter().map(|offer| offer.id.as_str()).collect();
            let at = join(path, "chosen");
            let message = if ids.is_empty() {
                format!(
                    "{at} is \"{chosen}\", but no offer is listed; list the offers, or leave it out."
                )
            } else {
                format!(
                    "{at} is \"{chosen}\", which is not an offer; use one of {}.",
                    ids.join(", ")
                )
            };
            problems
                .push(Problem::new("unknown_offer", &at, message).with("known", ids.join(", ")));
        }
    }
}

fn refuse_other_counts(found: &Quotations, offers: &[Offer], at: &str, problems: &mut Problems) {
    let sure = offers.iter().filter(|o| o.conforming == Some(true)).count();
    let possible = offers
        .iter()
        .filter(|o| o.conforming != Some(false))
        .count();
    let stated = [
        ("received", found.received, offers.len(), offers.len()),
        ("conforming", found.conforming, sure, possible),
    ];
    for (key, stated, low, high) in stated {
        let count = stated.and_then(|stated| usize::try_from(stated).ok());
        if count.is_some_and(|count| count < low || count > high) {
            let at = join(at, key);
            let stated = stated.unwrap_or_default();
            problems.add(
                "count_contradicts",
                &at,
                format!("{at} is {stated}, but the offers listed come to {low}; give {low}, or leave it out."),
            );
        }
    }
}
