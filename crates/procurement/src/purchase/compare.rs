//! Evidence against a tier: method, numbers, forms, and the offer taken.
use explain::read::Given;
use money::{Amount, MoneyError};

use crate::{Method, Tier};

use super::{
    Code, Counted, Finding, Offer, Purchase, Severity,
    offers::{conforming, counted, form_is_accepted},
};

/// What the tier asks of method, number and form, and is not met or not known. A stricter method
/// satisfies a lighter one (our reading); a tender needs no count.
pub(super) fn demands(purchase: &Purchase, tier: &Tier, rule: Counted) -> Vec<Finding> {
    if tier.method == Method::Exempt {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let methods = |finding: Finding, method: Method| {
        finding
            .with("method", method.word())
            .with("needed", tier.method.word())
    };
    match purchase.method {
        None => {
            findings.push(Finding::unknown(Code::MethodUnknown).with("needed", tier.method.word()));
        }
        Some(method) if method < tier.method => {
            findings.push(methods(Finding::fail(Code::MethodTooLight), method));
        }
        Some(method) if method > tier.method => findings.push(methods(
            Finding::new(Code::MethodStricter, Severity::Info),
            method,
        )),
        Some(_) => {}
    }
    if tier.method == Method::Quotation && purchase.method != Some(Method::Tender) {
        numbers(purchase, tier, rule, &mut findings);
    }
    forms(purchase, tier, &mut findings);
    findings
}

fn numbers(purchase: &Purchase, tier: &Tier, rule: Counted, findings: &mut Vec<Finding>) {
    let needed = u32::from(tier.quotations_min);
    let found = &purchase.quotations;
    match found.invited {
        None => {
            findings
                .push(Finding::unknown(Code::InvitedUnknown).with("needed", needed.to_string()));
        }
        Some(invited) if invited < needed => findings.push(
            Finding::fail(Code::TooFewInvited)
                .short_by(needed.saturating_sub(invited).to_string())
                .with("invited", invited.to_string())
                .with("needed", needed.to_string()),
        ),
        Some(_) => {}
    }
    let range = counted(found, &tier.forms, rule);
    let counts = |finding: Finding, count: u32| {
        finding
            .with("received", count.to_string())
            .with("needed", needed.to_string())
            .with("counted", rule.word())
    };
    match range.most {
        Some(most) if most < needed => findings.push(counts(
            Finding::fail(Code::TooFewReceived).short_by(needed.saturating_sub(most).to_string()),
            most,
        )),
        Some(_) | None if range.least >= needed => {}
        // Enough came; in which form decides.
        Some(most) => findings.push(counts(Finding::unknown(Code::FormUnknown), most)),
        None => findings.push(counts(Finding::unknown(Code::ReceivedUnknown), range.least)),
    }
}

fn forms(purchase: &Purchase, tier: &Tier, findings: &mut Vec<Finding>) {
    let offers = purchase.quotations.offers.as_deref().unwrap_or_default();
    let refused: Vec<&str> = offers
        .iter()
        .filter(|offer| form_is_accepted(offer, &tier.forms) == Some(false))
        .map(|offer| offer.id.as_str())
        .collect();
    if refused.is_empty() {
        return;
    }
    findings.push(
        Finding::new(Code::FormNotAccepted, Severity::Warning).with("offers", refused.join(", ")),
    );
    if let Some(chosen) = purchase.chosen.as_deref()
        && refused.contains(&chosen)
    {
        findings.push(Finding::fail(Code::ChosenFormNotAccepted).with("offer", chosen));
    }
}

/// The offer taken: it conforms, and is the lowest that does or a reason is recorded. The chosen
/// offer is needed unless the tier exempts the purchase.
pub(super) fn choice(purchase: &Purchase, is_exempt: bool) -> Result<Vec<Finding>, MoneyError> {
    let mut findings = Vec::new();
    let found = &purchase.quotations;
    let range = conforming(found);
    if !is_exempt {
        match range.most {
            Some(0) => findings.push(Finding::fail(Code::NoneConforming).short_by("1")),
            Some(_) | None if range.least > 0 => {}
            Some(_) | None => findings.push(Finding::unknown(Code::ConformingUnknown)),
        }
    }
    let offers = found.offers.as_deref().unwrap_or_default();
    let chosen = purchase
        .chosen
        .as_ref()
        .and_then(|chosen| offers.iter().find(|offer| offer.id == *chosen));
    match chosen {
        Some(chosen) => {
            if chosen.conforming == Some(false) {
                findings.push(
                    Finding::fail(Code::ChosenNotConforming).with("offer", chosen.id.clone()),
                );
            }
            findings.extend(lowest(purchase, chosen, offers)?);
            findings.extend(price(purchase, chosen)?);
        }
        None if !is_exempt => findings.push(Finding::unknown(Code::ChosenUnknown)),
        None => {}
    }
    Ok(findings)
}

fn lowest(
    purchase: &Purchase,
    chosen: &Offer,
    offers: &[Offer],
) -> Result<Option<Finding>, MoneyError> {
    let unknown = || Finding::unknown(Code::LowestUnknown).with("offer", chosen.id.clone());
    let others = || {
        offers
            .iter()
            .filter(|other| other.id != chosen.id && other.conforming != Some(false))
    };
    let Some(taken) = chosen.amount else {
        return Ok(others().next().map(|_| unknown()));
    };
    let below = others()
        .filter(|other| other.conforming == Some(true))
        .filter_map(|other| other.amount.map(|amount| (amount, &other.id)))
        .filter(|(amount, _)| *amount < taken)
        .min();
    if let Some((amount, id)) = below {
        let (code, severity) = match purchase.lowest_reason {
            Given::Some(_) => (Code::LowestPassedOver, Severity::Info),
            Given::None => (Code::LowestWithoutReason, Severity::Fail),
            Given::Missing => (Code::LowestReasonUnknown, Severity::Unknown),
        };
        let finding = Finding::new(code, severity)
            .with("offer", chosen.id.clone())
            .with("amount", taken.to_string())
            .with("lowest", id.clone())
            .with("lowest_amount", amount.to_string())
            .short_by(taken.checked_sub(amount)?.to_string());
        return Ok(Some(finding));
    }
    let may_be_lower = others().any(|other| {
        other.amount.is_none_or(|amount| amount < taken)
            && !matches!(purchase.lowest_reason, Given::Some(_))
    });
    Ok(may_be_lower.then(unknown))
}

fn price(purchase: &Purchase, chosen: &Offer) -> Result<Option<Finding>, MoneyError> {
    let accepted: Option<Amount> = purchase.accepted.total()?;
    Ok(match (accepted, chosen.amount) {
        (Some(accepted), Some(price)) if accepted != price => Some(
            Finding::new(Code::AcceptedDiffersFromOffer, Severity::Warning)
                .with("accepted", accepted.to_string())
                .with("amount", price.to_string()),
        ),
        (Some(_) | None, Some(_) | None) => None,
    })
}
