//! A round, and how far it has come.
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, SimpleObject};
use casework::RoundView;

use super::programme::Programme;
use crate::{
    answer::found,
    caller::Caller,
    graphql::{
        loaders::load_programme,
        scalars::{DateTime, Decimal},
        types::{PageInfo, Problem, Text, id},
    },
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "grants::RoundStage")]
pub(crate) enum RoundStage {
    Planned,
    Open,
    Closed,
    Ranked,
    Decided,
}

/// A round of applications.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Round {
    pub(super) id: ID,
    code: String,
    name: Text,
    stage: RoundStage,
    opens_at: DateTime,
    closes_at: DateTime,
    budget: Decimal,
    #[graphql(skip)]
    view: Arc<RoundView>,
}

impl From<Arc<RoundView>> for Round {
    fn from(view: Arc<RoundView>) -> Self {
        Self {
            id: id(view.id),
            code: view.code.clone(),
            name: view.name.clone().into(),
            stage: view.stage.into(),
            opens_at: view.opens_at.into(),
            closes_at: view.closes_at.into(),
            budget: view.budget.into(),
            view,
        }
    }
}

#[ComplexObject]
impl Round {
    async fn programme(&self, context: &Context<'_>) -> async_graphql::Result<Programme> {
        Ok(Programme(load_programme(context, &self.view).await?))
    }

    /// For its funder only.
    #[graphql(complexity = "20 + child_complexity")]
    async fn counts(&self, context: &Context<'_>) -> async_graphql::Result<Option<RoundCounts>> {
        let round = self.view.id;
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::round_counts(&casework, &actor, round).await
        });
        Ok(found(read.await)?.map(RoundCounts::from))
    }
}

/// How far a round has come.
#[derive(SimpleObject)]
pub(crate) struct RoundCounts {
    received: usize,
    screened: usize,
    eligible: usize,
    not_eligible: usize,
    needs_information: usize,
    reviewed: usize,
    decided: usize,
}

impl From<casework::RoundCounts> for RoundCounts {
    fn from(counts: casework::RoundCounts) -> Self {
        Self {
            received: counts.received,
            screened: counts.screened,
            eligible: counts.eligible,
            not_eligible: counts.not_eligible,
            needs_information: counts.needs_information,
            reviewed: counts.reviewed,
            decided: counts.decided,
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct RoundConnection {
    pub(super) nodes: Vec<Round>,
    pub(super) page_info: PageInfo,
}

#[derive(SimpleObject)]
pub(crate) struct RoundPayload {
    pub(super) round: Option<Round>,
    pub(super) problems: Vec<Problem>,
}
