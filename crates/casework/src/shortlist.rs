//! The ranked shortlist: rank by rank with the money that flows down it, the budget line, the exact
//! best set beside best-first, and below that everything that could not be ranked, with the reason.
use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Actor};
use explain::Text;
use grants::{DecisionOutcome, RoundStage};
use money::{Amount, Decimal, Hkd, Ratio};
use serde_json::Value;
use store::{
    TenantTx, decisions,
    published::{self, RoundRow},
    rankings::{self, RankingRow},
    received::ReceivedRow,
    runs::{self, RunRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, SelectionView, ShortlistRowView, ShortlistView, WeightView,
    assembly::hkd,
    inbox::{share_views, size_band},
    rank_round::current,
    rounds::own_round,
    settings::Settings,
    sroi_read::{copy_word, counting_runs},
};

/// The adopted ranking of an own round, else the newest; none before the round has closed.
pub async fn shortlist(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
) -> CaseResult<Option<ShortlistView>> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let round = own_round(&mut tx, actor, round).await?;
    let shown = RoundStage::from_name(&round.stage).is_some_and(RoundStage::shows_ranking);
    let ranking = if shown {
        of_round(&mut tx, &round).await?
    } else {
        None
    };
    let view = match ranking {
        Some(ranking) => Some(view(&mut tx, &round, &ranking).await?),
        None => None,
    };
    tx.end_read().await?;
    Ok(view)
}

async fn of_round(tx: &mut TenantTx, round: &RoundRow) -> CaseResult<Option<RankingRow>> {
    Ok(match round.adopted_ranking {
        Some(adopted) => rankings::find(tx, adopted).await?,
        None => rankings::latest(tx, round.round_id).await?,
    })
}

/// What a ranking rests on.
struct Basis {
    rank: RunRow,
    output: Value,
    select: Option<Value>,
}

async fn basis(tx: &mut TenantTx, ranking: &RankingRow) -> CaseResult<Basis> {
    let rank = runs::find(tx, ranking.rank_run_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let select = match ranking.select_run_id {
        Some(id) => runs::find(tx, id).await?,
        None => None,
    };
    let parse = |text: &str| serde_json::from_str(text).map_err(CaseError::internal);
    Ok(Basis {
        output: parse(&rank.output)?,
        select: select.map(|run| parse(&run.output)).transpose()?,
        rank,
    })
}

async fn view(
    tx: &mut TenantTx,
    round: &RoundRow,
    ranking: &RankingRow,
) -> CaseResult<ShortlistView> {
    let basis = basis(tx, ranking).await?;
    let programme = published::programme(tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let settings = Settings::of(&programme.body)?;
    let all = current(tx, round.round_id).await?;
    let ids: Vec<Uuid> = all.iter().map(|row| row.submission_id).collect();
    let around = Around {
        shares: store::received::shares(tx, &ids).await?,
        runs: runs::latest(tx, &ids, &["eligibility"]).await?,
        sroi: counting_runs(tx, &ids).await?,
        decisions: decisions::chains(tx, &ids).await?,
        reference: published::reference(tx, "reference")
            .await?
            .unwrap_or_default(),
        selected: ids_of(basis.select.as_ref()),
    };
    let budget = hkd(round.budget)?;
    let mut rows: Vec<ShortlistRowView> = all
        .iter()
        .map(|row| around.row(row, &basis.output))
        .collect::<CaseResult<_>>()?;
    rows.sort_by(|a, b| {
        let order = |row: &ShortlistRowView| (row.rank.is_none(), row.rank, row.reference.clone());
        order(a).cmp(&order(b))
    });
    let committed = draw_line(&mut rows, budget)?;
    let left = budget.checked_sub(committed).map_err(CaseError::internal)?;
    for row in &mut rows {
        row.would_still_fit = row.rank.is_some() && !row.above_line && row.ask <= left;
    }
    stabilise(&mut rows, &basis.output);
    Ok(ShortlistView {
        ranking: ranking.ranking_id,
        round_id: round.round_id,
        computed_at: ranking.computed_at,
        adopted: ranking.adopted_by_name.clone().zip(ranking.adopted_at),
        provisional: ranking.provisional,
        engine_version: basis.rank.engine_version.clone(),
        input_hash: basis.rank.input_hash.clone(),
        weights: weights(&settings)?,
        selection: basis.select.as_ref().map(|select| selection(select, &all)),
        budget,
        committed,
        left,
        rows,
    })
}

/// What stands around the ranking: shares, runs, decisions, names.
struct Around {
    shares: Vec<store::received::ShareRow>,
    runs: Vec<RunRow>,
    sroi: BTreeMap<Uuid, RunRow>,
    decisions: Vec<decisions::DecisionRow>,
    reference: Value,
    selected: BTreeSet<String>,
}

impl Around {
    fn output(&self, submission: Uuid, kind: &str) -> Option<Value> {
        let run = self
            .runs
            .iter()
            .find(|run| run.subject_id == submission && run.kind == kind)?;
        serde_json::from_str(&run.output).ok()
    }

    fn row(&self, row: &ReceivedRow, ranked: &Value) -> CaseResult<ShortlistRowView> {
        let found = ranked["applications"].as_array().and_then(|all| {
            all.iter()
                .find(|found| found["id"] == row.reference.as_str())
        });
        let found = found.unwrap_or(&Value::Null);
        let run = self.sroi.get(&row.submission_id);
        let sroi: Value = run
            .and_then(|run| serde_json::from_str(&run.output).ok())
            .unwrap_or_default();
        let verdict = self
            .output(row.submission_id, "eligibility")
            .unwrap_or_default();
        let rank = found["rank"]
            .as_u64()
            .and_then(|rank| u32::try_from(rank).ok());
        Ok(ShortlistRowView {
            submission: row.submission_id,
            reference: row.reference.clone(),
            rank,
            organisation: Text::new(&row.applicant_en, &row.applicant_zh),
            title: Text::new(&row.title_en, &row.title_zh),
            size_band: size_band(&row.size_band)?,
            districts: share_views(&self.shares, row.submission_id, "district", &self.reference),
            ask: hkd(row.ask)?,
            cumulative: None,
            above_line: false,
            would_still_fit: false,
            sroi: ratio(&sroi["ratio"]).map(|point| {
                let simulation = &sroi["simulation"];
                (point, ratio(&simulation["p5"]), ratio(&simulation["p95"]))
            }),
            sroi_assessed: run.is_some_and(|run| copy_word(run) == "assessed"),
            score: rank.and(found["score"].as_str()).map(str::to_owned),
            contributions: contributions(&found["contributions"]),
            missing: words(&found["missing"]),
            reweighted: words(&found["reweighted"]),
            tied: rank.is_some() && is_tied(ranked, &found["tie_group"]),
            stability: None,
            eligibility: verdict["state"]
                .as_str()
                .unwrap_or("needs_information")
                .to_owned(),
            decision: self
                .decisions
                .iter()
                .find(|decision| decision.submission_id == row.submission_id)
                .and_then(|decision| DecisionOutcome::from_name(&decision.outcome)),
            selected_exact: self.selected.contains(&row.reference),
            working: ranked["working"][row.reference.as_str()].clone(),
        })
    }
}

/// Best first until the next one does not fit: the sum above the line.
fn draw_line(rows: &mut [ShortlistRowView], budget: Hkd) -> CaseResult<Hkd> {
    let mut cumulative = Hkd::ZERO;
    let mut committed = Hkd::ZERO;
    let mut open = true;
    for row in rows.iter_mut().filter(|row| row.rank.is_some()) {
        cumulative = cumulative
            .checked_add(row.ask)
            .map_err(CaseError::internal)?;
        row.cumulative = Some(cumulative);
        open = open && cumulative <= budget;
        row.above_line = open;
        if open {
            committed = cumulative;
        }
    }
    Ok(committed)
}

/// Share of weightings in which an application ranks above the line as it is drawn.
fn stabilise(rows: &mut [ShortlistRowView], ranked: &Value) {
    let above = rows.iter().filter(|row| row.above_line).count();
    let all = ranked["applications"].as_array();
    for row in rows.iter_mut().filter(|row| row.rank.is_some()) {
        let found = all.and_then(|all| {
            all.iter()
                .find(|found| found["id"] == row.reference.as_str())
        });
        let acceptability = found.and_then(|found| found["rank_acceptability"].as_array());
        row.stability = acceptability.map(|shares| {
            let held: Decimal = shares
                .iter()
                .take(above)
                .filter_map(|share| share.as_str()?.parse::<Decimal>().ok())
                .sum();
            // Each share is rounded by itself, so that a certain place may add up to 1.0001.
            money::fixed_text(held.min(Decimal::ONE), 4)
        });
    }
}

fn weights(settings: &Settings) -> CaseResult<Vec<WeightView>> {
    let read = |text: &str| Amount::try_from_text(text).map_err(CaseError::internal);
    settings
        .rubric
        .iter()
        .map(|dimension| {
            Ok(WeightView {
                criterion: dimension.id.clone(),
                name: dimension.name.clone(),
                weight: read(&dimension.weight)?,
                zero: read(&dimension.zero)?,
                hundred: read(&dimension.hundred)?,
            })
        })
        .collect()
}

fn selection(select: &Value, all: &[ReceivedRow]) -> SelectionView {
    let ids: BTreeMap<&str, Uuid> = all
        .iter()
        .map(|row| (row.reference.as_str(), row.submission_id))
        .collect();
    let listed = |value: &Value| -> Vec<Uuid> {
        words(value)
            .iter()
            .filter_map(|reference| ids.get(reference.as_str()).copied())
            .collect()
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let prices = select["price_of_fairness"].as_object();
    SelectionView {
        status: word(&select["status"]),
        objective: word(&select["objective"]),
        spent: word(&select["spent"]),
        greedy_objective: word(&select["greedy"]["objective"]),
        selected: listed(&select["selected"]),
        greedy: listed(&select["greedy"]["selected"]),
        price_of_fairness: prices
            .into_iter()
            .flatten()
            .filter_map(|(rule, price)| Some((rule.clone(), price["points"].as_str()?.to_owned())))
            .collect(),
    }
}

fn ids_of(select: Option<&Value>) -> BTreeSet<String> {
    select
        .map(|select| words(&select["selected"]))
        .unwrap_or_default()
        .into_iter()
        .collect()
}

fn ratio(value: &Value) -> Option<Ratio> {
    value.as_str()?.parse().ok().map(Ratio::from_decimal)
}

fn words(value: &Value) -> Vec<String> {
    let items = value.as_array();
    items
        .into_iter()
        .flatten()
        .filter_map(|item| Some(item.as_str()?.to_owned()))
        .collect()
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

/// Whether an outcome departs from the adopted order: money below the line, or none above it.
pub(crate) async fn departs_from_adopted(
    tx: &mut TenantTx,
    round: &RoundRow,
    reference: &str,
    outcome: DecisionOutcome,
) -> CaseResult<bool> {
    let Some(ranking) = of_round(tx, round).await? else {
        return Ok(false);
    };
    let view = view(tx, round, &ranking).await?;
    let above = view
        .rows
        .iter()
        .any(|row| row.reference == reference && row.above_line);
    Ok(outcome.awards() != above)
}
