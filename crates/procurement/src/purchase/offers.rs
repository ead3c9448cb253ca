//! Counting offers as far as their form and conformity are known: at least so many, at most so
//! many.
use crate::Form;

use super::{Counted, Offer, Quotations};

/// How many offers count, from what is sure to what is possible; `most` none = no upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) least: u32,
    pub(super) most: Option<u32>,
}

/// Whether any form would do.
pub(super) fn accepts_any(forms: &[Form]) -> bool {
    Form::WORDS.iter().all(|(_, form)| forms.contains(form))
}

/// Whether the form of an offer is accepted.
pub(super) fn form_is_accepted(offer: &Offer, forms: &[Form]) -> Option<bool> {
    match offer.form {
        Some(form) => Some(forms.contains(&form)),
        None => accepts_any(forms).then_some(true),
    }
}

/// The offers that count towards the least number.
pub(super) fn counted(found: &Quotations, forms: &[Form], rule: Counted) -> Range {
    if let Some(offers) = &found.offers {
        let counts = |offer: &Offer| {
            let form = form_is_accepted(offer, forms);
            let conforming = match rule {
                Counted::Received => Some(true),
                Counted::Conforming => offer.conforming,
            };
            match (form, conforming) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                (None, _) | (_, None) => None,
            }
        };
        return Range {
            least: count(offers.iter().filter(|offer| counts(offer) == Some(true))),
            most: Some(count(
                offers.iter().filter(|offer| counts(offer) != Some(false)),
            )),
        };
    }
    let stated = match rule {
        Counted::Received => found.received,
        Counted::Conforming => found.conforming,
    };
    let least = if accepts_any(forms) { stated } else { None };
    Range {
        least: least.unwrap_or_default(),
        // No more can conform than came.
        most: stated.or(found.received),
    }
}

/// Offers that meet the specification.
pub(super) fn conforming(found: &Quotations) -> Range {
    if let Some(offers) = &found.offers {
        return Range {
            least: count(offers.iter().filter(|o| o.conforming == Some(true))),
            most: Some(count(offers.iter().filter(|o| o.conforming != Some(false)))),
        };
    }
    Range {
        least: found.conforming.unwrap_or_default(),
        most: found.conforming.or(found.received),
    }
}

fn count<'a>(offers: impl Iterator<Item = &'a Offer>) -> u32 {
    offers.fold(0, |sum, _| sum.saturating_add(1))
}
