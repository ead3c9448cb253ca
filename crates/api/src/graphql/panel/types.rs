//! The agenda of a panel, how its reviewers score, and who is funded.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{
    AgendaItemView, FairnessRowView, FairnessView, PanelView, SeverityDimensionView, SeverityView,
};
use serde_json::Value;

use crate::graphql::{
    names::PersonName,
    scalars::Decimal,
    types::{DecisionOutcome, Text, id},
};

/// What a panel has to talk about, and how its reviewers score.
#[derive(SimpleObject)]
pub(crate) struct Panel {
    #[graphql(complexity = "100 * child_complexity + 1")]
    agenda: Vec<AgendaItem>,
    reviewers: Vec<ReviewerSeverity>,
    #[graphql(complexity = "8 * child_complexity + 1")]
    dimensions: Vec<SeverityDimension>,
}

impl From<PanelView> for Panel {
    fn from(view: PanelView) -> Self {
        Self {
            agenda: view.agenda.into_iter().map(AgendaItem::from).collect(),
            reviewers: view
                .reviewers
                .into_iter()
                .map(ReviewerSeverity::from)
                .collect(),
            dimensions: view
                .dimensions
                .into_iter()
                .map(SeverityDimension::from)
                .collect(),
        }
    }
}

/// One application with what is worth a word.
#[derive(SimpleObject)]
pub(crate) struct AgendaItem {
    submission_id: ID,
    reference: String,
    organisation: Text,
    title: Text,
    rank: Option<u32>,
    score: Option<Decimal>,
    decision: Option<DecisionOutcome>,
    topics: Vec<AgendaTopic>,
}

impl From<AgendaItemView> for AgendaItem {
    fn from(view: AgendaItemView) -> Self {
        let topics = view.topics.into_iter();
        Self {
            submission_id: id(view.submission),
            reference: view.reference,
            organisation: view.organisation.into(),
            title: view.title.into(),
            rank: view.rank,
            score: view.score.map(Decimal),
            decision: view.decision.map(DecisionOutcome::from),
            topics: topics
                .map(|(code, params)| AgendaTopic { code, params })
                .collect(),
        }
    }
}

/// Why an application is on the agenda; the client has the words, by code.
#[derive(SimpleObject)]
pub(crate) struct AgendaTopic {
    code: String,
    params: Value,
}

/// How strictly somebody scores, in levels.
#[derive(SimpleObject)]
pub(crate) struct ReviewerSeverity {
    reviewer: PersonName,
    reviews: u32,
    severity: Option<Decimal>,
    standard_error: Option<Decimal>,
    conflicts: u32,
}

impl From<SeverityView> for ReviewerSeverity {
    fn from(view: SeverityView) -> Self {
        Self {
            reviewer: view.reviewer.into(),
            reviews: view.reviews,
            severity: view.severity.map(Decimal),
            standard_error: view.standard_error.map(Decimal),
            conflicts: view.conflicts,
        }
    }
}

/// One criterion as reviewers scored it.
#[derive(SimpleObject)]
pub(crate) struct SeverityDimension {
    criterion: String,
    adjusted: bool,
    /// `not_connected` or `no_spare`.
    why: Option<String>,
    residual_sd: Option<Decimal>,
    parts: Vec<Vec<PersonName>>,
    reviewers: Vec<ReviewerSeverity>,
}

impl From<SeverityDimensionView> for SeverityDimension {
    fn from(view: SeverityDimensionView) -> Self {
        Self {
            criterion: view.criterion,
            adjusted: view.adjusted,
            why: view.why,
            residual_sd: view.residual_sd.map(Decimal),
            parts: view
                .parts
                .into_iter()
                .map(|part| part.into_iter().map(PersonName::from).collect())
                .collect(),
            reviewers: view
                .reviewers
                .into_iter()
                .map(ReviewerSeverity::from)
                .collect(),
        }
    }
}

/// Who counts as funded.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::FairnessBasis")]
pub(crate) enum FairnessBasis {
    Line,
    Exact,
    Decided,
}

/// Who is funded, group by group.
#[derive(SimpleObject)]
pub(crate) struct FairnessReport {
    basis: FairnessBasis,
    /// Below this many applications a row is marked.
    few: u32,
    input_hash: String,
    all: FairnessRow,
    #[graphql(complexity = "30 * child_complexity + 1")]
    dimensions: Vec<FairnessDimension>,
}

impl From<FairnessView> for FairnessReport {
    fn from(view: FairnessView) -> Self {
        let dimensions = view.dimensions.into_iter();
        Self {
            basis: view.basis.into(),
            few: view.few,
            input_hash: view.input_hash,
            all: view.all.into(),
            dimensions: dimensions
                .map(|(id, rows)| FairnessDimension {
                    id,
                    rows: rows.into_iter().map(FairnessRow::from).collect(),
                })
                .collect(),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct FairnessDimension {
    /// `size_band`, `district`, `service_area`, `first_time`.
    id: String,
    rows: Vec<FairnessRow>,
}

/// One group; an application counts once in every group it touches, its money by share.
#[derive(SimpleObject)]
pub(crate) struct FairnessRow {
    code: String,
    label: Text,
    applications: u32,
    funded: u32,
    funded_share: Option<Decimal>,
    mean_score: Option<Decimal>,
    asked: Decimal,
    awarded: Decimal,
    awarded_share: Option<Decimal>,
    few: bool,
}

impl From<FairnessRowView> for FairnessRow {
    fn from(view: FairnessRowView) -> Self {
        Self {
            code: view.code,
            label: view.label.into(),
            applications: view.applications,
            funded: view.funded,
            funded_share: view.funded_share.map(Decimal),
            mean_score: view.mean_score.map(Decimal),
            asked: Decimal(view.asked),
            awarded: Decimal(view.awarded),
            awarded_share: view.awarded_share.map(Decimal),
            few: view.few,
        }
    }
}
