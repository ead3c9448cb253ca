//! The ranked shortlist: rank by rank with the money that flows down it, the budget line, the exact
//! best set beside best-first, and below that everything that could not be ranked, with the reason.
use std::collections::BTreeMap;

use access::{Action, Actor};
use grants::{DecisionOutcome, RoundStage};
use money::{Amount, Hkd};
use serde_json::Value;
use store::{
    TenantTx,
    published::{self, RoundRow},
    rankings::{self, RankingRow},
    runs::{self, RunRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, RunRefView, ShortlistRowView, ShortlistView, WeightView,
    assembly::hkd,
    panel_settings::PanelSettings,
    rank_round::current,
    rounds::own_round,
    settings::Settings,
    shortlist_parts::{References, number, second_opinion, selection, smallest_move},
    shortlist_rows::{Around, application},
};

/// A named ranking of an own round, else the adopted one, else the newest; none before the round has
/// closed.
pub async fn shortlist(
    casework: &Casework,
    actor: &Actor,
    round: Uuid,
) -> CaseResult<Option<ShortlistView>> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let round = own_round(&mut tx, actor, round).await?;
    let view = match shown(&mut tx, &round).await? {
        Some(ranking) => Some(view(&mut tx, &round, &ranking).await?),
        None => None,
    };
    tx.end_read().await?;
    Ok(view)
}

/// The ranking that is shown; none before the round has closed.
pub(crate) async fn shown(tx: &mut TenantTx, round: &RoundRow) -> CaseResult<Option<RankingRow>> {
    if RoundStage::from_name(&round.stage).is_some_and(RoundStage::shows_ranking) {
        of_round(tx, round).await
    } else {
        Ok(None)
    }
}

async fn of_round(tx: &mut TenantTx, round: &RoundRow) -> CaseResult<Option<RankingRow>> {
    Ok(match round.adopted_ranking {
        Some(adopted) => rankings::find(tx, adopted).await?,
        None => rankings::latest(tx, round.round_id).await?,
    })
}

/// The runs that a ranking rests on, with what they answered.
pub(crate) struct Basis {
    pub(crate) rank: RunRow,
    pub(crate) output: Value,
    pub(crate) select: Option<(RunRow, Value)>,
    pub(crate) severity: Option<(RunRow, Value)>,
    pub(crate) beside: Option<(RunRow, Value)>,
}

impl Basis {
    pub(crate) async fn load(tx: &mut TenantTx, ranking: &RankingRow) -> CaseResult<Self> {
        let others = [
            ranking.select_run_id,
            ranking.severity_run_id,
            ranking.beside_run_id,
        ];
        let ids: Vec<Uuid> = others
            .into_iter()
            .flatten()
            .chain([ranking.rank_run_id])
            .collect();
        let mut runs: BTreeMap<Uuid, RunRow> = runs::find_all(tx, &ids)
            .await?
            .into_iter()
            .map(|run| (run.run_id, run))
            .collect();
        let mut found = |run: Option<Uuid>| -> CaseResult<Option<(RunRow, Value)>> {
            let Some(run) = run else { return Ok(None) };
            let row = runs.remove(&run).ok_or(CaseError::NotFound)?;
            let output = serde_json::from_str(&row.output).map_err(CaseError::internal)?;
            Ok(Some((row, output)))
        };
        let (rank, output) = found(Some(ranking.rank_run_id))?.ok_or(CaseError::NotFound)?;
        Ok(Self {
            rank,
            output,
            select: found(ranking.select_run_id)?,
            severity: found(ranking.severity_run_id)?,
            beside: found(ranking.beside_run_id)?,
        })
    }

    fn runs(&self) -> Vec<RunRefView> {
        let others = [&self.select, &self.severity, &self.beside];
        let others = others.into_iter().flatten().map(|(run, _)| run);
        std::iter::once(&self.rank)
            .chain(others)
            .map(run_ref)
            .collect()
    }

    /// The programme's text under which it was ranked, whatever the round runs under now.
    pub(crate) async fn programme(&self, tx: &mut TenantTx, round: &RoundRow) -> CaseResult<Value> {
        let version = &self.rank.ruleset_version;
        let row = published::programme(tx, round.programme_id, version).await?;
        Ok(row.ok_or(CaseError::NotFound)?.body)
    }
}

pub(crate) fn run_ref(run: &RunRow) -> RunRefView {
    RunRefView {
        id: run.run_id,
        kind: run.kind.clone(),
        input_hash: run.input_hash.clone(),
        engine_version: run.engine_version.clone(),
    }
}

pub(crate) async fn view(
    tx: &mut TenantTx,
    round: &RoundRow,
    ranking: &RankingRow,
) -> CaseResult<ShortlistView> {
    Ok(view_and_basis(tx, round, ranking).await?.0)
}

/// The shortlist, and what it was made of, for whoever says more about it.
pub(crate) async fn view_and_basis(
    tx: &mut TenantTx,
    round: &RoundRow,
    ranking: &RankingRow,
) -> CaseResult<(ShortlistView, Basis, Around)> {
    let basis = Basis::load(tx, ranking).await?;
    let programme = basis.programme(tx, round).await?;
    let settings = Settings::of(&programme)?;
    let panel = PanelSettings::of(&programme)?;
    let all = current(tx, round.round_id).await?;
    let references = References::of(&all);
    let around = Around::load(tx, round, &all, &basis).await?;
    let budget = hkd(round.budget)?;
    let mut rows: Vec<ShortlistRowView> = all
        .iter()
        .map(|row| around.row(row, &basis))
        .collect::<CaseResult<_>>()?;
    in_order(&mut rows, &basis.output);
    let line = draw_line(&mut rows, budget)?;
    let view = ShortlistView {
        ranking: ranking.ranking_id,
        round_id: round.round_id,
        computed_at: ranking.computed_at,
        adopted: ranking.adopted_by_name.clone().zip(ranking.adopted_at),
        provisional: ranking.provisional,
        engine_version: basis.rank.engine_version.clone(),
        input_hash: basis.rank.input_hash.clone(),
        rules_version: basis.rank.ruleset_version.clone(),
        severity: panel.severity.word(),
        robust: panel.robust,
        tie_break: panel.tie_break,
        smallest_move: smallest_move(&basis.output, &references, &settings),
        second_opinion: second_opinion(&basis.output),
        runs: basis.runs(),
        weights: weights(&settings)?,
        selection: basis
            .select
            .as_ref()
            .map(|(_, select)| selection(select, &references)),
        budget,
        committed: line.committed,
        left: line.left,
        rows,
    };
    Ok((view, basis, around))
}

/// By rank; inside a tie by the documented keys, then by reference; those without a rank last.
fn in_order(rows: &mut [ShortlistRowView], output: &Value) {
    let inside = inside_ties(output);
    rows.sort_by_key(|row| {
        let place = inside.get(row.reference.as_str()).copied();
        (row.rank.is_none(), row.rank, place, row.reference.clone())
    });
}

/// The place of each application inside its tie.
fn inside_ties(output: &Value) -> BTreeMap<&str, usize> {
    let mut inside = BTreeMap::new();
    for tie in output["ties"].as_array().into_iter().flatten() {
        let order = tie["order"].as_array().into_iter().flatten();
        inside.extend(order.filter_map(Value::as_str).zip(0_usize..));
    }
    inside
}

/// As much of a row as the line needs.
struct Standing {
    reference: String,
    rank: Option<u32>,
    ask: Hkd,
    above: bool,
}

impl Fundable for Standing {
    fn ranked(&self) -> bool {
        self.rank.is_some()
    }
    fn ask(&self) -> Hkd {
        self.ask
    }
    fn place(&mut self, _: Hkd, above: bool) {
        self.above = above;
    }
    fn fits(&mut self, _: bool) {}
    fn above(&self) -> bool {
        self.above
    }
}

/// Where the money ends.
pub(crate) struct Line {
    pub(crate) committed: Hkd,
    pub(crate) left: Hkd,
}

/// What the line needs to know of a row, and what it says about it.
pub(crate) trait Fundable {
    fn ranked(&self) -> bool;
    fn ask(&self) -> Hkd;
    fn place(&mut self, cumulative: Hkd, above: bool);
    fn fits(&mut self, fits: bool);
    fn above(&self) -> bool;
}

impl Fundable for ShortlistRowView {
    fn ranked(&self) -> bool {
        self.rank.is_some()
    }
    fn ask(&self) -> Hkd {
        self.ask
    }
    fn place(&mut self, cumulative: Hkd, above: bool) {
        self.cumulative = Some(cumulative);
        self.above_line = above;
    }
    fn fits(&mut self, fits: bool) {
        self.would_still_fit = fits;
    }
    fn above(&self) -> bool {
        self.above_line
    }
}

/// Best first until the next one does not fit.
pub(crate) fn draw_line<R: Fundable>(rows: &mut [R], budget: Hkd) -> CaseResult<Line> {
    let mut cumulative = Hkd::ZERO;
    let mut committed = Hkd::ZERO;
    let mut open = true;
    for row in rows.iter_mut().filter(|row| row.ranked()) {
        cumulative = cumulative
            .checked_add(row.ask())
            .map_err(CaseError::internal)?;
        open = open && cumulative <= budget;
        row.place(cumulative, open);
        if open {
            committed = cumulative;
        }
    }
    let left = budget.checked_sub(committed).map_err(CaseError::internal)?;
    for row in rows.iter_mut() {
        let fits = row.ranked() && !row.above() && row.ask() <= left;
        row.fits(fits);
    }
    Ok(Line { committed, left })
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
    let run = runs::find_all(tx, &[ranking.rank_run_id]).await?.pop();
    let output = run.ok_or(CaseError::NotFound)?.output;
    let output: Value = serde_json::from_str(&output).map_err(CaseError::internal)?;
    let inside = inside_ties(&output);
    let mut rows = Vec::new();
    for row in current(tx, round.round_id).await? {
        let found = application(&output["applications"], &row.reference);
        rows.push(Standing {
            rank: number(&found["rank"]),
            ask: hkd(row.ask)?,
            reference: row.reference,
            above: false,
        });
    }
    rows.sort_by_key(|row| {
        (
            row.rank,
            inside.get(row.reference.as_str()).copied(),
            row.reference.clone(),
        )
    });
    draw_line(&mut rows, hkd(round.budget)?)?;
    let above = rows
        .iter()
        .any(|row| row.reference == reference && row.above);
    Ok(outcome.awards() != above)
}
