//! The question as it is hashed: defaults filled in, decimals normalised, no documentation.
use explain::read::Given;
use serde_json::{Value as Normal, json};

use super::{Offer, Part, Purchase, Question, Value, Waiver};

pub(super) fn json(question: &Question) -> Normal {
    let purchases: Vec<Normal> = question.purchases.iter().map(purchase).collect();
    json!({
        "format": 1,
        "ruleset": question.ruleset.normal_json(),
        "settings": question.settings.to_json(),
        "purchases": purchases,
    })
}

fn purchase(purchase: &Purchase) -> Normal {
    let mut normal = json!({
        "id": purchase.id,
        "requested_on": purchase.requested_on.map(|day| day.to_string()),
        "invited_on": purchase.invited_on.map(|day| day.to_string()),
        "ordered_on": purchase.ordered_on.map(|day| day.to_string()),
        "parts": purchase.parts.iter().flatten().map(part).collect::<Vec<_>>(),
        "accepted": value(purchase.accepted),
        "method": purchase.method.map(crate::Method::word),
        "quotations": {
            "invited": purchase.quotations.invited,
            "received": purchase.quotations.received,
            "conforming": purchase.quotations.conforming,
            "offers": purchase.quotations.offers.as_ref()
                .map(|offers| offers.iter().map(offer).collect::<Vec<_>>()),
        },
        "chosen": purchase.chosen,
        "people": purchase.people,
        "interests": purchase.interests,
    });
    // Where unknown and stated as none differ, the unknown leaves no key.
    let mut put = |key: &str, given: Given<Normal>| match given {
        Given::Missing => {}
        Given::None => normal[key] = Normal::Null,
        Given::Some(stated) => normal[key] = stated,
    };
    put("requirement", text(&purchase.requirement));
    put("lowest_reason", text(&purchase.lowest_reason));
    put(
        "waiver",
        match &purchase.waiver {
            Given::Missing => Given::Missing,
            Given::None => Given::None,
            Given::Some(stated) => Given::Some(waiver(stated)),
        },
    );
    normal
}

fn text(given: &Given<String>) -> Given<Normal> {
    match given {
        Given::Missing => Given::Missing,
        Given::None => Given::None,
        Given::Some(text) => Given::Some(Normal::String(text.clone())),
    }
}

fn value(value: Value) -> Normal {
    json!({"item": value.item, "maintenance": value.maintenance})
}

fn part(part: &Part) -> Normal {
    json!({"category": part.category, "estimated": value(part.estimated)})
}

fn offer(offer: &Offer) -> Normal {
    json!({
        "id": offer.id,
        "supplier": offer.supplier,
        "amount": offer.amount,
        "conforming": offer.conforming,
        "form": offer.form.map(crate::Form::word),
    })
}

fn waiver(waiver: &Waiver) -> Normal {
    json!({
        "reason": waiver.reason,
        "approver": waiver.approver,
        "approved_on": waiver.approved_on.map(|day| day.to_string()),
    })
}
