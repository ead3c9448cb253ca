//! What a decision pays: the lines as asked and approved, and both award ledgers.
use std::collections::BTreeMap;

use explain::{FinancialYear, Problem};
use grants::DecisionOutcome;
use money::Hkd;
use store::{
    TenantTx, awards,
    decisions::DecisionRow,
    published,
    received::{self, CellRow, ReceivedRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, DecisionInput,
    assembly::{hkd, hong_kong_day},
};

/// Line, asked, approved.
pub(crate) type Lines = Vec<(String, Hkd, Hkd)>;

/// The grant cells as asked, by budget line.
pub(crate) async fn asked_lines(
    tx: &mut TenantTx,
    submission: Uuid,
) -> CaseResult<BTreeMap<String, Vec<CellRow>>> {
    let mut lines = BTreeMap::<String, Vec<CellRow>>::new();
    for cell in received::cells_asked(tx, submission).await? {
        if cell.source == "grant" {
            lines.entry(cell.line_id.clone()).or_default().push(cell);
        }
    }
    Ok(lines)
}

fn sum(cells: &[CellRow]) -> CaseResult<Hkd> {
    let amounts: Vec<Hkd> = cells
        .iter()
        .map(|cell| hkd(cell.amount))
        .collect::<CaseResult<_>>()?;
    Hkd::checked_sum(amounts).map_err(CaseError::internal)
}

/// Line, asked, approved. Approving in full without lines means every line as asked.
pub(crate) fn proposed_lines(
    asked: &BTreeMap<String, Vec<CellRow>>,
    input: &DecisionInput,
) -> CaseResult<Lines> {
    if let Some(position) = input
        .lines
        .iter()
        .position(|(line, _)| !asked.contains_key(line))
    {
        let (line, _) = &input.lines[position];
        return Err(CaseError::Problems(
            Problem::new(
                "unknown_line",
                format!("lines[{position}].lineId"),
                format!("{line} is not a budget line of this application."),
            )
            .into(),
        ));
    }
    let in_full = input.outcome == DecisionOutcome::Approve && input.lines.is_empty();
    asked
        .iter()
        .map(|(line, cells)| {
            let asked = sum(cells)?;
            let stated = input
                .lines
                .iter()
                .find(|(id, _)| id == line)
                .map(|(_, amount)| *amount);
            let approved = stated.unwrap_or(if in_full { asked } else { Hkd::ZERO });
            Ok((line.clone(), asked, approved))
        })
        .collect()
}

/// Approved cells follow the years as asked, to the cent; both ledgers get the difference to the
/// decision before.
pub(crate) async fn pay(
    tx: &mut TenantTx,
    received: &ReceivedRow,
    lines: &[(String, Hkd, Hkd)],
    total: Hkd,
    before: Option<&DecisionRow>,
) -> CaseResult<()> {
    let sequence = before.map_or(1, |row| row.sequence + 1);
    let asked = asked_lines(tx, received.submission_id).await?;
    let mut approved_cells = Vec::new();
    for (line, _, approved) in lines.iter().filter(|(_, _, approved)| approved.cents() > 0) {
        let cells = asked.get(line).map(Vec::as_slice).unwrap_or_default();
        let weights: Vec<_> = cells.iter().map(|cell| cell.amount).collect();
        let parts =
            money::split_by_largest_remainder(*approved, &weights).map_err(CaseError::internal)?;
        approved_cells.extend(cells.iter().zip(parts).map(|(cell, part)| CellRow {
            amount: part.decimal(),
            ..cell.clone()
        }));
    }
    received::cells_approve(tx, received.submission_id, sequence, &approved_cells).await?;
    let round = published::round(tx, received.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let now = published::clock(tx).await?;
    let year = FinancialYear::of(hong_kong_day(now)).to_string();
    if let Some(before) = before.filter(|row| row.amount > money::Decimal::ZERO) {
        awards::deliver(
            tx,
            received.submission_id,
            round.programme_id,
            &year,
            "refund",
            before.amount,
        )
        .await?;
    }
    if total.cents() > 0 {
        awards::deliver(
            tx,
            received.submission_id,
            round.programme_id,
            &year,
            "award",
            total.decimal(),
        )
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(amount: &str) -> CellRow {
        CellRow {
            line_id: "b1".to_owned(),
            financial_year: "2026-27".to_owned(),
            source: "grant".to_owned(),
            amount: amount.parse().unwrap(),
        }
    }

    fn input(outcome: DecisionOutcome, lines: Vec<(String, Hkd)>) -> DecisionInput {
        DecisionInput {
            submission: Uuid::nil(),
            outcome,
            lines,
            reason_codes: Vec::new(),
            reason: String::new(),
            conditions: String::new(),
            departure_reason: String::new(),
            idempotency_key: String::new(),
        }
    }

    #[test]
    fn approving_in_full_without_lines_means_every_line_as_asked() {
        let asked = BTreeMap::from([("b1".to_owned(), vec![cell("10.00"), cell("5.05")])]);
        let lines = proposed_lines(&asked, &input(DecisionOutcome::Approve, vec![])).unwrap();
        assert_eq!(
            lines,
            [(
                "b1".to_owned(),
                Hkd::from_cents(1505),
                Hkd::from_cents(1505)
            )]
        );
    }

    #[test]
    fn a_line_that_nobody_asked_for_is_refused() {
        let unknown = vec![("b9".to_owned(), Hkd::ZERO)];
        let refused = proposed_lines(&BTreeMap::new(), &input(DecisionOutcome::Approve, unknown))
            .unwrap_err();
        assert!(matches!(refused, CaseError::Problems(_)));
        assert!(refused.to_string().contains("unknown_line"));
    }
}
