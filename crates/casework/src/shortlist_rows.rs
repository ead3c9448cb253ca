//! One row of the shortlist: the application, what was computed about it, and what stands around it.
use std::collections::{BTreeMap, BTreeSet};

use explain::Text;
use grants::DecisionOutcome;
use money::Ratio;
use serde_json::Value;
use store::{
    TenantTx, awards, decisions, funding_levels, proposals,
    published::{self, RoundRow},
    received::{self, ReceivedRow},
    runs::{self, RunRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, ProposalState, ShortlistRowView, SpreadView, WeightRangeView,
    assembly::hkd,
    decision_confirm,
    inbox::{share_views, size_band},
    panel_settings::words,
    shortlist::Basis,
    shortlist_parts::{chosen_level, number, sensitivity, text},
    sroi_read::{copy_word, counting_runs},
};

/// What stands around a ranking: shares, runs, decisions, names, levels of part funding.
pub(crate) struct Around {
    shares: Vec<received::ShareRow>,
    runs: Vec<RunRow>,
    sroi: BTreeMap<Uuid, RunRow>,
    decisions: Vec<decisions::DecisionRow>,
    awaiting: BTreeSet<Uuid>,
    reference: Value,
    selected: BTreeSet<String>,
    levels: BTreeMap<Uuid, Value>,
    sensitivity: BTreeMap<String, Vec<WeightRangeView>>,
    awarded_before: BTreeSet<Uuid>,
    names: BTreeMap<String, String>,
}

impl Around {
    pub(crate) async fn load(
        tx: &mut TenantTx,
        round: &RoundRow,
        all: &[ReceivedRow],
        basis: &Basis,
    ) -> CaseResult<Self> {
        let ids: Vec<Uuid> = all.iter().map(|row| row.submission_id).collect();
        let decisions = decisions::chains(tx, &ids).await?;
        let levels = funding_levels::list(tx, &ids).await?;
        let select = basis.select.as_ref().map(|(_, output)| output);
        Ok(Self {
            shares: received::shares(tx, &ids).await?,
            runs: runs::latest(tx, &ids, &["eligibility"]).await?,
            sroi: counting_runs(tx, &ids).await?,
            awaiting: awaiting(tx, &ids, &decisions).await?,
            decisions,
            reference: published::reference(tx, "reference")
                .await?
                .unwrap_or_default(),
            selected: select
                .map(|select| words(&select["selected"]))
                .unwrap_or_default()
                .into_iter()
                .collect(),
            levels: levels
                .into_iter()
                .map(|row| (row.submission_id, row.levels))
                .collect(),
            sensitivity: sensitivity(&basis.output, &weights(basis)?),
            awarded_before: awards::awarded_before(tx, round.programme_id, round.round_id)
                .await?
                .into_iter()
                .collect(),
            names: reviewer_names(tx, &ids).await?,
        })
    }

    /// The newest verdicts, one run each.
    pub(crate) fn verdicts(&self) -> &[RunRow] {
        &self.runs
    }

    fn output(&self, submission: Uuid, kind: &str) -> Option<Value> {
        let run = self
            .runs
            .iter()
            .find(|run| run.subject_id == submission && run.kind == kind)?;
        serde_json::from_str(&run.output).ok()
    }

    pub(crate) fn row(&self, row: &ReceivedRow, basis: &Basis) -> CaseResult<ShortlistRowView> {
        let reference = row.reference.as_str();
        let found = application(&basis.output["applications"], reference);
        let second = application(&basis.output["second_opinion"]["applications"], reference);
        let beside = basis.beside.as_ref();
        let beside = beside.map(|(_, output)| application(&output["applications"], reference));
        let run = self.sroi.get(&row.submission_id);
        let sroi: Value = run
            .and_then(|run| serde_json::from_str(&run.output).ok())
            .unwrap_or_default();
        let verdict = self
            .output(row.submission_id, "eligibility")
            .unwrap_or_default();
        let rank = number(&found["rank"]);
        let decision = self
            .decisions
            .iter()
            .find(|decision| decision.submission_id == row.submission_id);
        let select = basis.select.as_ref().map(|(_, output)| output);
        let shares = |kind| share_views(&self.shares, row.submission_id, kind, &self.reference);
        Ok(ShortlistRowView {
            submission: row.submission_id,
            reference: row.reference.clone(),
            rank,
            organisation: Text::new(&row.applicant_en, &row.applicant_zh),
            title: Text::new(&row.title_en, &row.title_zh),
            size_band: size_band(&row.size_band)?,
            districts: shares("district"),
            service_areas: shares("service_area"),
            first_time: !self.awarded_before.contains(&row.applicant_tenant_id),
            ask: hkd(row.ask)?,
            cumulative: None,
            above_line: false,
            would_still_fit: false,
            sroi: ratio(&sroi["ratio"]).map(|point| {
                let simulation = &sroi["simulation"];
                (point, ratio(&simulation["p5"]), ratio(&simulation["p95"]))
            }),
            sroi_assessed: run.is_some_and(|run| copy_word(run) == "assessed"),
            score: rank.and(text(&found["score"])),
            contributions: contributions(&found["contributions"]),
            missing: words(&found["missing"]),
            reweighted: words(&found["reweighted"]),
            tied: rank.is_some() && is_tied(&basis.output, &found["tie_group"]),
            stability: text(&found["line_share"]),
            standing: text(&found["standing"]),
            acceptability: words(&found["rank_acceptability"]),
            sensitivity: self.sensitivity.get(reference).cloned().unwrap_or_default(),
            second: number(&second["rank"]).zip(text(&second["closeness"])),
            beside: beside.and_then(|found| number(&found["rank"]).zip(text(&found["score"]))),
            spread: self.spread(basis, reference),
            funding_level: chosen_level(select, reference, self.levels.get(&row.submission_id)),
            eligibility: text(&verdict["state"]).unwrap_or_else(|| "needs_information".to_owned()),
            decision: decision.and_then(|row| DecisionOutcome::from_name(&row.outcome)),
            decided_amount: decision.map(|row| hkd(row.amount)).transpose()?,
            awaiting: self.awaiting.contains(&row.submission_id),
            selected_exact: self.selected.contains(reference),
            working: basis.output["working"][reference].clone(),
        })
    }

    fn spread(&self, basis: &Basis, reference: &str) -> Vec<SpreadView> {
        let Some((_, severity)) = &basis.severity else {
            return Vec::new();
        };
        let dimensions = severity["dimensions"].as_array();
        dimensions
            .into_iter()
            .flatten()
            .filter_map(|dimension| {
                let found = application(&dimension["applications"], reference);
                let outliers = found["outliers"].as_array().into_iter().flatten();
                Some(SpreadView {
                    criterion: text(&dimension["id"])?,
                    lowest: text(&found["lowest"])?,
                    highest: text(&found["highest"])?,
                    outliers: outliers
                        .filter_map(|outlier| {
                            let reviewer = outlier["reviewer"].as_str()?;
                            Some((
                                self.names.get(reviewer)?.clone(),
                                text(&outlier["level"])?,
                                text(&outlier["distance"])?,
                            ))
                        })
                        .collect(),
                })
            })
            .collect()
    }
}

/// One application of a list by its id.
pub(crate) fn application<'a>(list: &'a Value, reference: &str) -> &'a Value {
    let all = list.as_array();
    all.and_then(|all| all.iter().find(|found| found["id"] == reference))
        .unwrap_or(&Value::Null)
}

/// Names of reviewers by the id under which the engines know them.
pub(crate) async fn reviewer_names(
    tx: &mut TenantTx,
    submissions: &[Uuid],
) -> CaseResult<BTreeMap<String, String>> {
    let rows = store::reviews::list(tx, submissions).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.reviewer_id.to_string(), row.reviewer_name))
        .collect())
}

/// Submissions on which a proposed decision waits for a second person.
async fn awaiting(
    tx: &mut TenantTx,
    ids: &[Uuid],
    decided: &[decisions::DecisionRow],
) -> CaseResult<BTreeSet<Uuid>> {
    let rows = proposals::list(tx, ids).await?;
    let mut seen = BTreeSet::new();
    Ok(rows
        .iter()
        .filter(|row| {
            let newest = seen.insert(row.submission_id);
            let standing = decided
                .iter()
                .find(|decision| decision.submission_id == row.submission_id)
                .map(|decision| decision.decision_id);
            decision_confirm::state(row, standing, newest) == ProposalState::Open
        })
        .map(|row| row.submission_id)
        .collect())
}

/// The weights that the run used, by criterion.
fn weights(basis: &Basis) -> CaseResult<BTreeMap<String, String>> {
    let question: Value = serde_json::from_str(&basis.rank.input).map_err(CaseError::internal)?;
    let criteria = question["criteria"].as_array();
    Ok(criteria
        .into_iter()
        .flatten()
        .filter_map(|criterion| Some((text(&criterion["id"])?, text(&criterion["weight"])?)))
        .collect())
}

fn ratio(value: &Value) -> Option<Ratio> {
    value.as_str()?.parse().ok().map(Ratio::from_decimal)
}

fn contributions(value: &Value) -> BTreeMap<String, String> {
    let entries = value.as_object();
    entries
        .into_iter()
        .flatten()
        .filter_map(|(criterion, points)| Some((criterion.clone(), points.as_str()?.to_owned())))
        .collect()
}

fn is_tied(ranked: &Value, group: &Value) -> bool {
    let all = ranked["applications"].as_array();
    all.into_iter()
        .flatten()
        .filter(|other| other["tie_group"] == *group)
        .count()
        > 1
}
