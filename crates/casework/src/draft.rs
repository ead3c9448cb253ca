//! A draft as one reading of the database found it. Its sections, its preview, its facts and what came of it are
//! often asked for together; each is then made of the same reading.
use std::{collections::BTreeMap, sync::Arc};

use access::{Action, Actor};
use explain::Problems;
use money::{Decimal, Hkd};
use serde_json::{Value, json};
use store::{
    TenantTx,
    applications::{self as rows, ApplicationRow, SectionRow},
    organisations, published,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, PreviewView, SectionView,
    application_read::draft_proxies,
    assembly::{Case, Rules, hong_kong_day},
    engines, section_check,
};

/// A draft, ready to be shown and computed.
pub struct Draft {
    pub(crate) row: ApplicationRow,
    pub(crate) case: Case,
    saved: Vec<SectionRow>,
    form: Vec<Value>,
}

/// Reads one draft of the own organisation.
pub async fn draft(casework: &Casework, actor: &Actor, id: Uuid) -> CaseResult<Draft> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let row = rows::find(&mut tx, id).await?.ok_or(CaseError::NotFound)?;
    let draft = Draft::read(&mut tx, row).await?;
    tx.end_read().await?;
    Ok(draft)
}

impl Draft {
    /// Reads what belongs to an application.
    pub(crate) async fn read(tx: &mut TenantTx, row: ApplicationRow) -> CaseResult<Self> {
        let saved = rows::sections(tx, row.application_id).await?;
        let round = published::round(tx, row.round_id)
            .await?
            .ok_or(CaseError::NotFound)?;
        let programme = published::programme(tx, round.programme_id, &round.programme_version)
            .await?
            .ok_or(CaseError::NotFound)?;
        let sections: BTreeMap<String, Value> = saved
            .iter()
            .map(|row| (row.section.clone(), row.content.clone()))
            .collect();
        let awarded =
            store::awards::net_total(tx, row.funder_tenant_id, round.programme_id, &row.reference);
        let case = Case {
            awarded_to_date: awarded.await?,
            proxies: draft_proxies(tx, &sections).await?,
            sections,
            facts: organisations::facts(tx, row.organisation_id).await?,
            identifiers: organisations::identifiers(tx, row.organisation_id).await?,
            submitted_on: hong_kong_day(published::clock(tx).await?),
            received_before: None,
            rules: Rules::load(tx, round.programme_id, &round.programme_version).await?,
        };
        let form = programme.sections["sections"].as_array().cloned();
        Ok(Self {
            row,
            case,
            saved,
            form: form.unwrap_or_default(),
        })
    }

    /// All sections in the order of the form, saved or not.
    pub fn sections(&self) -> Vec<SectionView> {
        let view = |section: &Value| {
            let code = section["code"].as_str().unwrap_or_default();
            let row = self.saved.iter().find(|row| row.section == code);
            let problems = section_check::problems(&self.case, section);
            SectionView {
                code: code.to_owned(),
                content: row.map_or_else(|| json!({}), |row| row.content.clone()),
                version: row.map_or(0, |row| row.version),
                saved_at: row.map(|row| row.saved_at),
                state: section_check::state(
                    row.is_some(),
                    section_check::is_required(section),
                    &problems,
                ),
                problems,
            }
        };
        self.form.iter().map(view).collect()
    }

    /// What was typed into a section; null when it was never saved.
    pub fn content(&self, code: &str) -> Value {
        self.case.sections.get(code).cloned().unwrap_or_default()
    }

    /// Facts of the organisation that the form shows instead of asking.
    pub fn facts(&self) -> Value {
        let fact = |fact: &organisations::FactRow| {
            json!({"financial_year": fact.financial_year, "path": fact.path, "value": fact.value,
                   "provenance": fact.provenance})
        };
        let mut listed: Vec<Value> = self.case.facts.iter().map(fact).collect();
        listed.push(json!({
            "financial_year": null, "path": "org.awarded_to_date_hkd",
            "value": money::fixed_text(self.case.awarded_to_date, 2), "provenance": "ledger",
        }));
        Value::Array(listed)
    }

    /// What the engines say about it as it stands. The same engines as the workers', the same question; only the
    /// record is always the worker's run.
    pub async fn preview(self: Arc<Self>) -> CaseResult<PreviewView> {
        // The simulation takes tens of milliseconds of pure computing.
        tokio::task::spawn_blocking(move || compute(&self.case))
            .await
            .map_err(CaseError::internal)?
    }
}

/// Computes the preview of one draft.
pub async fn application_preview(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<PreviewView> {
    Arc::new(draft(casework, actor, id).await?).preview().await
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
