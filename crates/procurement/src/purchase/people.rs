//! Who took which step: three different people without an interest, and a fourth who waives.
use std::collections::BTreeMap;

use explain::read::Given;

use super::{Code, Finding, Purchase, STEPS, Severity, Waiver};

/// Findings about the people of the three steps.
pub(super) fn people(purchase: &Purchase) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut steps_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for step in STEPS {
        match purchase.people.get(step) {
            Some(person) => {
                steps_of.entry(person).or_default().push(step);
                findings.extend(interest(purchase, person, step));
            }
            None => findings.push(Finding::unknown(Code::PersonUnknown).with("step", step)),
        }
    }
    for (person, steps) in steps_of {
        if steps.len() > 1 {
            findings.push(
                Finding::fail(Code::SamePerson)
                    .with("person", person)
                    .with("steps", steps.join(", ")),
            );
        }
    }
    findings
}

fn interest(purchase: &Purchase, person: &str, step: &'static str) -> Option<Finding> {
    let finding = match purchase.interests.get(person) {
        None => Finding::unknown(Code::InterestUnknown),
        Some(true) => Finding::fail(Code::InterestDeclared),
        Some(false) => return None,
    };
    Some(finding.with("person", person).with("step", step))
}

/// Findings about the waiver; it counts when none of them fails or is unknown.
pub(super) fn waiver(purchase: &Purchase, waiver: &Waiver) -> Vec<Finding> {
    let mut findings = Vec::new();
    let missing: Vec<&str> = [
        ("reason", waiver.reason.is_none()),
        ("approver", waiver.approver.is_none()),
        ("approved_on", waiver.approved_on.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, is_missing)| is_missing.then_some(name))
    .collect();
    if !missing.is_empty() {
        findings.push(Finding::unknown(Code::WaiverIncomplete).with("missing", missing.join(", ")));
    }
    if let Some(approver) = &waiver.approver {
        let own: Vec<&str> = STEPS
            .into_iter()
            .filter(|step| purchase.people.get(step) == Some(approver))
            .collect();
        if !own.is_empty() {
            findings.push(
                Finding::fail(Code::WaiverNotIndependent)
                    .with("person", approver.clone())
                    .with("steps", own.join(", ")),
            );
        }
        findings.extend(interest(purchase, approver, "waiver"));
    }
    if let (Some(approved), Some(ordered)) = (waiver.approved_on, purchase.ordered_on)
        && approved > ordered
    {
        findings.push(
            Finding::fail(Code::WaiverAfterOrder)
                .with("approved_on", approved.to_string())
                .with("ordered_on", ordered.to_string()),
        );
    }
    findings
}

/// Applies the waiver to what can be waived.
pub(super) fn apply_waiver(purchase: &Purchase, findings: &mut Vec<Finding>) {
    let Given::Some(given) = &purchase.waiver else {
        return;
    };
    let about = waiver(purchase, given);
    let counts = about.is_empty();
    let needed = |finding: &Finding| {
        finding.code.can_be_waived()
            && matches!(finding.severity, Severity::Fail | Severity::Unknown)
    };
    if !findings.iter().any(needed) {
        findings.push(Finding::new(Code::WaiverNotNeeded, Severity::Info));
    } else if counts {
        let reason = given.reason.clone().unwrap_or_default();
        for finding in findings.iter_mut().filter(|finding| needed(finding)) {
            finding.severity = Severity::Waived;
            finding.params.insert("waiver", reason.clone());
        }
    }
    findings.extend(about);
}
