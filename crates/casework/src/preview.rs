//! What the engines say about a draft as it stands. The same engines as the workers', the same
//! question; only the record is always the worker's run.
use access::{Action, Actor};
use explain::Problems;
use money::{Decimal, Hkd};
use store::applications as rows;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, PreviewView, application_read::draft_case, assembly::Case,
    engines,
};

/// Computes the preview of one draft.
pub async fn application_preview(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<PreviewView> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    let case = draft_case(&mut tx, &row).await?;
    tx.end_read().await?;
    // The simulation takes tens of milliseconds of pure computing.
    tokio::task::spawn_blocking(move || compute(&case))
        .await
        .map_err(CaseError::internal)?
}

fn compute(case: &Case) -> CaseResult<PreviewView> {
    let budget = case.budget();
    let listed = |problems: Problems| problems.into_vec();
    Ok(PreviewView {
        eligibility: engines::eligibility(case)?.answer,
        sroi: engines::sroi(case)
            .map(|answered| answered.answer)
            .map_err(listed),
        cost_share: engines::costshare(case)
            .map(|answered| answered.answer)
            .map_err(listed),
        ask: budget.ask(),
        total_cost: budget.total_cost(),
        cap: cap(case),
    })
}

/// The organisation's cap: a share of the reference year's provisional subvention, cut to the cent,
/// or the floor, whichever is higher. None while the subvention is unknown.
pub(crate) fn cap(case: &Case) -> Option<Hkd> {
    let settings = &case.rules.settings;
    let year = settings.reference_year?.to_string();
    let fact = case.facts.iter().find(|fact| {
        fact.path == "org.provisional_subvention_hkd" && fact.financial_year == year
    })?;
    let decimal = |text: &str| money::decimal_from_text(text).ok();
    let subvention = decimal(fact.value.as_str()?)?;
    let rate: Decimal = decimal(settings.cap_rate.as_deref()?)?;
    let floor = Hkd::try_from_text(settings.cap_floor.as_deref()?).ok()?;
    let share = money::truncate_to_cent(subvention.checked_mul(rate)?).ok()?;
    Hkd::try_from_decimal(share)
        .ok()
        .map(|share| share.max(floor))
}
