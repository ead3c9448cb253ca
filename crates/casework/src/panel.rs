//! What a panel has to talk about, application by application, and how its reviewers score. Everything
//! here is read from the runs of the shown ranking; nobody's level is changed.
use std::collections::BTreeMap;

use access::{Action, Actor};
use explain::Text;
use serde_json::{Value, json};
use store::{TenantTx, appeals, reviews, runs::RunRow};
use uuid::Uuid;

use crate::{
    AgendaItemView, CaseError, CaseResult, Casework, PanelView, SeverityDimensionView,
    SeverityView, ShortlistRowView,
    names::Names,
    panel_settings::LEVELS_APART,
    rounds::own_round,
    shortlist::{shown, view_and_basis},
    shortlist_parts::{number, text},
    shortlist_rows::application,
};

/// Places between the official rank and another reading that are worth a word.
const RANKS_APART: u32 = 5;

/// The agenda of a round's panel and how its reviewers score; none before the round has closed.
pub async fn panel(casework: &Casework, actor: &Actor, round: Uuid) -> CaseResult<PanelView> {
    let mut tx = casework.begin(actor, Action::ShortlistRead).await?;
    let round = own_round(&mut tx, actor, round).await?;
    let ranking = shown(&mut tx, &round).await?.ok_or(CaseError::NotFound)?;
    let (mut shortlist, basis, around) = view_and_basis(&mut tx, &round, &ranking).await?;
    let ids: Vec<Uuid> = shortlist.rows.iter().map(|row| row.submission).collect();
    let soft = soft_criteria(around.verdicts())?;
    let open: Vec<Uuid> = appeals::open(&mut tx)
        .await?
        .into_iter()
        .map(|row| row.submission_id)
        .collect();
    let people = people(&mut tx, &ids).await?;
    tx.end_read().await?;
    outliers_named(casework, &mut shortlist.rows).await?;
    let line = tie_at_line(&shortlist.rows);
    let agenda = shortlist
        .rows
        .iter()
        .map(|row| {
            let mut topics = topics(row);
            if row.rank.is_some() && row.rank == line {
                topics.push(("tie_at_line".to_owned(), json!({})));
            }
            for criterion in soft.get(&row.submission).into_iter().flatten() {
                topics.push(("soft_criterion".to_owned(), json!({"criterion": criterion})));
            }
            if open.contains(&row.submission) {
                topics.push(("appeal_open".to_owned(), json!({})));
            }
            item(row, topics)
        })
        .filter(|item| !item.topics.is_empty())
        .collect();
    let severity = basis.severity.map(|(_, output)| output).unwrap_or_default();
    Ok(PanelView {
        agenda,
        reviewers: people.overall(&severity),
        dimensions: severity["dimensions"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|dimension| people.dimension(dimension))
            .collect(),
    })
}

/// A topic is told as text: the names that go into one are opened here.
async fn outliers_named(casework: &Casework, rows: &mut [ShortlistRowView]) -> CaseResult<()> {
    let spreads = rows.iter().flat_map(|row| &row.spread);
    let outliers = spreads.flat_map(|spread| &spread.outliers);
    let sealed: Vec<String> = outliers.map(|(name, ..)| name.clone()).collect();
    let names = Names::of(casework, sealed.iter().map(String::as_str)).await?;
    for spread in rows.iter_mut().flat_map(|row| &mut row.spread) {
        for (name, ..) in &mut spread.outliers {
            *name = names.read(name);
        }
    }
    Ok(())
}

fn item(row: &ShortlistRowView, topics: Vec<(String, Value)>) -> AgendaItemView {
    let both = |text: &Text| Text::new(&text.en, &text.zh);
    AgendaItemView {
        submission: row.submission,
        reference: row.reference.clone(),
        organisation: both(&row.organisation),
        title: both(&row.title),
        rank: row.rank,
        score: row.score.clone(),
        decision: row.decision,
        topics,
    }
}

/// The rank that stands on both sides of the line.
fn tie_at_line(rows: &[ShortlistRowView]) -> Option<u32> {
    let ranked = || rows.iter().filter(|row| row.rank.is_some());
    let last = ranked().rfind(|row| row.above_line)?.rank;
    ranked()
        .any(|row| !row.above_line && row.rank == last)
        .then_some(last)?
}

/// What is worth a word about one row.
fn topics(row: &ShortlistRowView) -> Vec<(String, Value)> {
    let mut topics = Vec::new();
    let mut add = |code: &str, params: Value| topics.push((code.to_owned(), params));
    if row.rank.is_none() && row.eligibility == "eligible" {
        add("not_ranked", json!({"missing": row.missing}));
    }
    if row.standing.as_deref() == Some("contested") {
        add("contested", json!({"share": row.stability}));
    }
    for spread in &row.spread {
        if let Some(gap) = gap(&spread.lowest, &spread.highest) {
            add("gap", json!({"criterion": spread.criterion, "gap": gap}));
        }
        for (reviewer, level, distance) in &spread.outliers {
            add(
                "outlier",
                json!({"criterion": spread.criterion, "reviewer": reviewer, "level": level,
                       "distance": distance}),
            );
        }
    }
    if let (Some(rank), Some((beside, _))) = (row.rank, &row.beside)
        && rank.abs_diff(*beside) >= RANKS_APART
    {
        add("severity_moves", json!({"from": rank, "to": beside}));
    }
    if let (Some(rank), Some((second, _))) = (row.rank, &row.second)
        && rank.abs_diff(*second) >= RANKS_APART
    {
        add("second_opinion", json!({"rank": rank, "second": second}));
    }
    if row.awaiting {
        add("awaiting_confirmation", json!({}));
    }
    topics
}

/// The gap, when it is wide enough for moderation.
fn gap(lowest: &str, highest: &str) -> Option<String> {
    let low = money::decimal_from_text(lowest).ok()?;
    let high = money::decimal_from_text(highest).ok()?;
    let gap = high.checked_sub(low)?;
    (gap >= money::Decimal::from(LEVELS_APART)).then(|| money::normal_text(gap))
}

/// Soft criteria that are not met: for people to weigh.
fn soft_criteria(verdicts: &[RunRow]) -> CaseResult<BTreeMap<Uuid, Vec<String>>> {
    let mut found = BTreeMap::new();
    for run in verdicts {
        let output: Value = serde_json::from_str(&run.output).map_err(CaseError::internal)?;
        let criteria = output["criteria"].as_array().into_iter().flatten();
        let failed: Vec<String> = criteria
            .filter(|each| each["severity"] == "soft" && each["outcome"] == "fail")
            .filter_map(|each| text(&each["id"]))
            .collect();
        found.insert(run.subject_id, failed);
    }
    Ok(found)
}

/// Reviewers by the id under which the engine knows them.
struct People {
    names: BTreeMap<String, String>,
    conflicts: BTreeMap<String, u32>,
}

async fn people(tx: &mut TenantTx, ids: &[Uuid]) -> CaseResult<People> {
    let mut people = People {
        names: BTreeMap::new(),
        conflicts: BTreeMap::new(),
    };
    for row in reviews::list(tx, ids).await? {
        let id = row.reviewer_id.to_string();
        if row.state == "conflict" {
            *people.conflicts.entry(id.clone()).or_default() += 1;
        }
        people.names.insert(id, row.reviewer_name);
    }
    Ok(people)
}

impl People {
    fn name(&self, id: &Value) -> String {
        let id = id.as_str().unwrap_or_default();
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// Over all criteria: a review counts once, however many criteria it scores.
    fn overall(&self, severity: &Value) -> Vec<SeverityView> {
        let dimensions = || severity["dimensions"].as_array().into_iter().flatten();
        let mut views = self.listed(&severity["reviewers"]);
        let reviewers = severity["reviewers"].as_array().into_iter().flatten();
        for (view, reviewer) in views.iter_mut().zip(reviewers) {
            let counts = dimensions().filter_map(|dimension| {
                let found = application(&dimension["reviewers"], reviewer["id"].as_str()?);
                number(&found["reviews"])
            });
            view.reviews = counts.max().unwrap_or_default();
        }
        views
    }

    fn listed(&self, reviewers: &Value) -> Vec<SeverityView> {
        let reviewers = reviewers.as_array().into_iter().flatten();
        reviewers.map(|row| self.one(row)).collect()
    }

    fn one(&self, row: &Value) -> SeverityView {
        let id = row["id"].as_str().unwrap_or_default();
        SeverityView {
            reviewer: self.name(&row["id"]),
            reviews: number(&row["reviews"]).unwrap_or_default(),
            severity: text(&row["severity"]),
            standard_error: text(&row["standard_error"]),
            conflicts: self.conflicts.get(id).copied().unwrap_or_default(),
        }
    }

    fn dimension(&self, dimension: &Value) -> SeverityDimensionView {
        let parts = dimension["parts"].as_array().into_iter().flatten();
        SeverityDimensionView {
            criterion: text(&dimension["id"]).unwrap_or_default(),
            adjusted: dimension["why"].is_null(),
            why: text(&dimension["why"]),
            residual_sd: text(&dimension["residual_sd"]),
            parts: parts
                .map(|part| {
                    let part = part.as_array().into_iter().flatten();
                    part.map(|id| self.name(id)).collect()
                })
                .collect(),
            reviewers: self.listed(&dimension["reviewers"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_levels_apart_go_to_moderation_and_less_does_not() {
        assert_eq!(gap("2", "4"), Some("2".to_owned()));
        assert_eq!(gap("1", "4.5"), Some("3.5".to_owned()));
        assert_eq!(gap("2", "3"), None);
    }
}
