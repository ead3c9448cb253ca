//! A draft as one reading of the database found it. Its sections, its preview, its facts and what came of it are
//! often asked for together; each is then made of the same reading.
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use access::{Action, Actor};
use chrono::NaiveDate;
use explain::Problems;
use money::{Decimal, Hkd};
use serde_json::{Value, json};
use store::{
    TenantTx,
    applications::{self as rows, ApplicationRow, SectionRow},
    organisations::{self, FactRow, IdentifierRow},
    published::{self, RoundRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, PreviewView, SectionView,
    assembly::{Case, Rules, hong_kong_day},
    engines,
    proxy_snapshot::{Snapshots, named_entries, snapshots_of_all as snapshots},
    reading::end_parts_read,
    section_check,
};

const VALUE_MAP: &str = "value_map";

/// A draft, ready to be shown and computed.
pub struct Draft {
    pub(crate) row: ApplicationRow,
    pub(crate) case: Case,
    saved: Vec<SectionRow>,
    form: Vec<Value>,
}

/// Reads one draft of the own organisation.
pub async fn draft(casework: &Casework, actor: &Actor, id: Uuid) -> CaseResult<Draft> {
    let mut drafts = drafts(casework, actor, &[id]).await?;
    drafts.remove(&id).ok_or(CaseError::NotFound)
}

/// Reads several at once, in as many statements as one.
pub async fn drafts(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, Draft>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let rows = rows::find_all(&mut tx, ids).await?;
    let drafts = Draft::read_all(&mut tx, rows).await?;
    end_parts_read(tx, actor, drafts.iter().map(|draft| &draft.row)).await?;
    Ok(drafts
        .into_iter()
        .map(|draft| (draft.row.application_id, draft))
        .collect())
}

impl Draft {
    /// Reads what belongs to an application.
    pub(crate) async fn read(tx: &mut TenantTx, row: ApplicationRow) -> CaseResult<Self> {
        let mut drafts = Self::read_all(tx, vec![row]).await?;
        drafts.pop().ok_or(CaseError::NotFound)
    }

    async fn read_all(tx: &mut TenantTx, rows: Vec<ApplicationRow>) -> CaseResult<Vec<Self>> {
        let mut around = Around::load(tx, &rows).await?;
        rows.into_iter()
            .map(|row| {
                let saved = around.saved.remove(&row.application_id).unwrap_or_default();
                around.draft(row, saved)
            })
            .collect()
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
        let stated = |path: &str| self.case.facts.iter().any(|fact| fact.path == path);
        if !self.case.identifiers.is_empty() && !stated("org.identifiers") {
            let numbers = self.case.identifiers.iter();
            let numbers: Vec<Value> = numbers
                .map(|row| json!({"type": row.kind, "value": row.value}))
                .collect();
            listed.push(
                json!({"financial_year": null, "path": "org.identifiers", "value": numbers,
                               "provenance": "declared"}),
            );
        }
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

/// What several drafts are read from, each table once.
struct Around {
    saved: BTreeMap<Uuid, Vec<SectionRow>>,
    rounds: BTreeMap<Uuid, RoundRow>,
    rules: BTreeMap<(Uuid, String), (Rules, Vec<Value>)>,
    facts: BTreeMap<Uuid, (Vec<FactRow>, Vec<IdentifierRow>)>,
    awarded: BTreeMap<String, Decimal>,
    proxies: Snapshots,
    today: NaiveDate,
}

impl Around {
    async fn load(tx: &mut TenantTx, rows: &[ApplicationRow]) -> CaseResult<Self> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.application_id).collect();
        let mut saved: BTreeMap<Uuid, Vec<SectionRow>> = BTreeMap::new();
        for (application, section) in store::applications::sections_of(tx, &ids).await? {
            saved.entry(application).or_default().push(section);
        }
        let rounds: BTreeSet<Uuid> = rows.iter().map(|row| row.round_id).collect();
        let rounds = published::rounds_of(tx, &Vec::from_iter(rounds)).await?;
        let rounds: BTreeMap<Uuid, RoundRow> = rounds
            .into_iter()
            .map(|round| (round.round_id, round))
            .collect();
        let mut rules = BTreeMap::new();
        let versions: Vec<(Uuid, String)> = rounds.values().map(version_of).collect();
        // Read at once, so that each finds its own below.
        published::programmes(tx, &versions).await?;
        for round in rounds.values() {
            let key = version_of(round);
            if let Entry::Vacant(place) = rules.entry(key) {
                place.insert(rules_and_form(tx, round).await?);
            }
        }
        let mut facts = BTreeMap::new();
        for row in rows {
            if let Entry::Vacant(place) = facts.entry(row.organisation_id) {
                let known = organisations::facts(tx, row.organisation_id).await?;
                let identifiers = organisations::identifiers(tx, row.organisation_id).await?;
                place.insert((known, identifiers));
            }
        }
        let wanted: Vec<(String, Uuid, Uuid)> = rows
            .iter()
            .filter_map(|row| {
                let round = rounds.get(&row.round_id)?;
                Some((
                    row.reference.clone(),
                    row.funder_tenant_id,
                    round.programme_id,
                ))
            })
            .collect();
        let maps = saved
            .values()
            .flatten()
            .filter(|row| row.section == VALUE_MAP);
        let maps: Vec<&Value> = maps.map(|row| &row.content).collect();
        Ok(Self {
            awarded: store::awards::net_totals(tx, &wanted).await?,
            proxies: snapshots(tx, &maps).await?,
            today: hong_kong_day(published::clock(tx).await?),
            saved,
            rounds,
            rules,
            facts,
        })
    }

    fn draft(&self, row: ApplicationRow, saved: Vec<SectionRow>) -> CaseResult<Draft> {
        let round = self.rounds.get(&row.round_id).ok_or(CaseError::NotFound)?;
        let key = version_of(round);
        let (rules, form) = self.rules.get(&key).ok_or(CaseError::NotFound)?;
        let (facts, identifiers) = self
            .facts
            .get(&row.organisation_id)
            .cloned()
            .unwrap_or_default();
        let sections: BTreeMap<String, Value> = saved
            .iter()
            .map(|row| (row.section.clone(), row.content.clone()))
            .collect();
        let named = sections
            .get(VALUE_MAP)
            .map(named_entries)
            .unwrap_or_default();
        let entries = self.proxies.iter().filter(|(key, _)| named.contains(key));
        let case = Case {
            awarded_to_date: self
                .awarded
                .get(&row.reference)
                .copied()
                .unwrap_or_default(),
            proxies: entries
                .map(|(key, entry)| (key.clone(), entry.clone()))
                .collect(),
            sections,
            facts,
            identifiers,
            submitted_on: self.today,
            received_before: None,
            rules: rules.clone(),
        };
        Ok(Draft {
            row,
            case,
            saved,
            form: form.clone(),
        })
    }
}

fn version_of(round: &RoundRow) -> (Uuid, String) {
    (round.programme_id, round.programme_version.clone())
}

async fn rules_and_form(tx: &mut TenantTx, round: &RoundRow) -> CaseResult<(Rules, Vec<Value>)> {
    let version = &round.programme_version;
    let programme = published::programme(tx, round.programme_id, version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let form = programme.sections["sections"].as_array().cloned();
    let rules = Rules::load(tx, round.programme_id, version).await?;
    Ok((rules, form.unwrap_or_default()))
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
