//! What a decision must say before it is recorded: reasons, codes, amounts that fit.
use explain::Problems;
use money::Hkd;

/// How a decision ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionOutcome {
    /// Everything that was asked for.
    Approve,
    /// Less than was asked for, line by line.
    ApproveInPart,
    /// On the reserve list.
    Reserve,
    /// Declined, with coded reasons.
    Decline,
}

impl DecisionOutcome {
    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::ApproveInPart => "approve_in_part",
            Self::Reserve => "reserve",
            Self::Decline => "decline",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Approve,
            Self::ApproveInPart,
            Self::Reserve,
            Self::Decline,
        ]
        .into_iter()
        .find(|outcome| outcome.as_str() == name)
    }

    /// Whether money follows.
    pub fn awards(self) -> bool {
        match self {
            Self::Approve | Self::ApproveInPart => true,
            Self::Reserve | Self::Decline => false,
        }
    }
}

/// A decision as somebody wants to record it.
#[derive(Debug, Clone)]
pub struct DecisionProposal<'a> {
    /// How it ends.
    pub outcome: DecisionOutcome,
    /// Approved amount per budget line: line, asked, approved.
    pub lines: &'a [(String, Hkd, Hkd)],
    /// Coded reasons.
    pub reason_codes: &'a [String],
    /// The reason in words.
    pub reason: &'a str,
    /// Codes that exist.
    pub known_codes: &'a [String],
    /// Whether it departs from the adopted order.
    pub departs: bool,
    /// Why it departs.
    pub departure_reason: &'a str,
}

/// Everything that is wrong with a proposal, at once; otherwise the total awarded.
pub fn check_decision(proposal: &DecisionProposal<'_>) -> Result<Hkd, Problems> {
    let mut problems = Problems::new();
    if proposal.reason.trim().is_empty() {
        problems.add(
            "reason_missing",
            "reason",
            "Write the reason of the decision; it goes into the letter and answers an appeal.",
        );
    }
    if proposal.departs && proposal.departure_reason.trim().is_empty() {
        problems.add(
            "departure_reason_missing",
            "departureReason",
            "This departs from the adopted order; write why, such as \"two others already serve \
             this district\".",
        );
    }
    for (position, code) in proposal.reason_codes.iter().enumerate() {
        if !proposal.known_codes.contains(code) {
            problems.add(
                "unknown_reason_code",
                format!("reasonCodes[{position}]"),
                format!("{code} is not a reason code."),
            );
        }
    }
    let coded = match proposal.outcome {
        DecisionOutcome::Decline | DecisionOutcome::ApproveInPart => true,
        DecisionOutcome::Approve | DecisionOutcome::Reserve => false,
    };
    if coded && proposal.reason_codes.is_empty() {
        problems.add(
            "reason_code_missing",
            "reasonCodes",
            "Choose at least one reason code when less is given than was asked for.",
        );
    }
    let total = if proposal.outcome.awards() {
        check_lines(proposal, &mut problems)
    } else {
        Hkd::ZERO
    };
    problems.into_result(Some(total))
}

fn check_lines(proposal: &DecisionProposal<'_>, problems: &mut Problems) -> Hkd {
    let mut total = Hkd::ZERO;
    let mut asked_total = Hkd::ZERO;
    for (position, (line, asked, approved)) in proposal.lines.iter().enumerate() {
        if approved.cents() < 0 || approved > asked {
            problems.add(
                "amount_outside_line",
                format!("lines[{position}].amount"),
                format!("Line {line} asked for HK${asked}; approve from 0.00 up to that."),
            );
        }
        let sums = total.checked_add(*approved).and_then(|sum| {
            asked_total
                .checked_add(*asked)
                .map(|asked_sum| (sum, asked_sum))
        });
        match sums {
            Ok((sum, asked_sum)) => {
                total = sum;
                asked_total = asked_sum;
            }
            Err(error) => problems.add(
                error.code(),
                format!("lines[{position}].amount"),
                "The approved amounts are too large to add up.",
            ),
        }
    }
    let in_part = total < asked_total && total > Hkd::ZERO;
    match proposal.outcome {
        DecisionOutcome::Approve if total != asked_total => problems.add(
            "amounts_not_as_asked",
            "lines",
            format!("Approving in full means HK${asked_total}; for less, approve in part."),
        ),
        DecisionOutcome::ApproveInPart if !in_part => problems.add(
            "amounts_not_in_part",
            "lines",
            format!("Approving in part means more than 0.00 and less than HK${asked_total}."),
        ),
        DecisionOutcome::Approve
        | DecisionOutcome::ApproveInPart
        | DecisionOutcome::Reserve
        | DecisionOutcome::Decline => {}
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal<'a>(
        outcome: DecisionOutcome,
        lines: &'a [(String, Hkd, Hkd)],
        codes: &'a [String],
        known: &'a [String],
    ) -> DecisionProposal<'a> {
        DecisionProposal {
            outcome,
            lines,
            reason_codes: codes,
            reason: "Because.",
            known_codes: known,
            departs: false,
            departure_reason: "",
        }
    }

    #[test]
    fn a_partial_award_gives_less_than_asked_and_says_why() {
        let known = ["budget_reduced".to_owned()];
        let lines = [(
            "b1".to_owned(),
            Hkd::from_cents(10_000),
            Hkd::from_cents(4_000),
        )];
        let good = proposal(DecisionOutcome::ApproveInPart, &lines, &known, &known);
        assert_eq!(check_decision(&good).unwrap(), Hkd::from_cents(4_000));
        let uncoded = proposal(DecisionOutcome::ApproveInPart, &lines, &[], &known);
        assert_eq!(
            check_decision(&uncoded).unwrap_err().as_slice()[0].code,
            "reason_code_missing"
        );
    }

    #[test]
    fn all_problems_come_at_once() {
        let lines = [("b1".to_owned(), Hkd::from_cents(100), Hkd::from_cents(200))];
        let codes = ["nonsense".to_owned()];
        let mut bad = proposal(DecisionOutcome::Approve, &lines, &codes, &[]);
        bad.reason = " ";
        bad.departs = true;
        let problems = check_decision(&bad).unwrap_err();
        let found: Vec<&str> = problems
            .as_slice()
            .iter()
            .map(|p| p.code.as_str())
            .collect();
        assert_eq!(
            found,
            [
                "reason_missing",
                "departure_reason_missing",
                "unknown_reason_code",
                "amount_outside_line",
                "amounts_not_as_asked"
            ]
        );
    }
}
