//! What an awarded project may spend: the frozen budget's lines and the money that was awarded.
use explain::Problems;
use money::Hkd;
use serde_json::Value;
use store::{
    TenantTx,
    applications::{self, ApplicationRow},
    outturns,
};
use uuid::Uuid;

use crate::{CaseError, CaseResult, assembly::hkd, budget::Budget, document};

/// A line of the awarded budget.
#[derive(Debug, Clone)]
pub struct FundedLine {
    /// Its id in the budget.
    pub id: String,
    /// As the applicant described it.
    pub description: String,
    /// All money of the line, from all sources.
    pub total: Hkd,
}

/// What an awarded project may spend.
pub(crate) struct Funds {
    pub(crate) application: Uuid,
    /// Awarded less refunds; none where nothing was.
    pub(crate) awarded: Hkd,
    /// The award and the money of other sources.
    pub(crate) total: Hkd,
    pub(crate) lines: Vec<FundedLine>,
}

impl Funds {
    /// Reads the frozen budget. The applicant's ledger holds the sum of an award, not its lines: an
    /// award in part is kept by the total.
    pub(crate) async fn load(tx: &mut TenantTx, row: &ApplicationRow) -> CaseResult<Self> {
        let awarded = outturns::awarded(tx, row.funder_tenant_id, &row.reference).await?;
        let submission = applications::submission(tx, row.application_id).await?;
        let frozen: Value = match submission {
            Some(found) => serde_json::from_str(&found.document).map_err(CaseError::internal)?,
            None => Value::Null,
        };
        let (sections, ..) = document::thaw(&frozen);
        let section = sections.get("budget").cloned().unwrap_or_default();
        let budget = Budget::read(&section, &mut Problems::new());
        let awarded = hkd(awarded)?;
        let own = budget
            .total_cost()
            .checked_sub(budget.ask())
            .map_err(CaseError::internal)?;
        let described = |id: &str| {
            let lines = section["lines"].as_array().into_iter().flatten();
            lines
                .filter(|line| line["id"] == id)
                .find_map(|line| line["description"].as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let lines = budget.lines.iter().map(|line| {
            let cells = line.cells.iter().map(|cell| cell.amount);
            Ok(FundedLine {
                id: line.id.clone(),
                description: described(&line.id),
                total: Hkd::checked_sum(cells).map_err(CaseError::internal)?,
            })
        });
        Ok(Self {
            application: row.application_id,
            awarded,
            total: awarded.checked_add(own).map_err(CaseError::internal)?,
            lines: lines.collect::<CaseResult<_>>()?,
        })
    }

    /// Whether anything may be bought.
    pub(crate) fn is_awarded(&self) -> bool {
        self.awarded > Hkd::ZERO
    }
}
