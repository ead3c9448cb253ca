//! Reading what a panel decides with.
use async_graphql::{Context, ID, Object};
use money::Hkd;

use super::{
    bundle::{AppealBundle, DeskTask},
    moves::{RankingMoves, RankingRef},
    redress::Letter,
    trial::{
        RankingTrial, RankingTrialInput, RankingTrialPayload, WeightsFromPairsInput,
        WeightsFromPairsPayload, weights,
    },
    types::{FairnessBasis, FairnessReport, Panel},
};
use crate::{
    answer::{answer, outcome},
    caller::Caller,
    graphql::types::{problems, uuid},
};

#[derive(Default)]
pub(crate) struct PanelQuery;

#[Object]
impl PanelQuery {
    /// Rankings of an own round, newest first.
    async fn rankings(
        &self,
        context: &Context<'_>,
        round_id: ID,
    ) -> async_graphql::Result<Vec<RankingRef>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::rankings_of(&casework, &actor, uuid(&round_id)?).await
        });
        let rankings = answer(read.await)?;
        Ok(rankings.into_iter().map(RankingRef::from).collect())
    }

    /// Other weights or another budget on the same scores. Stores nothing.
    #[graphql(complexity = "200 + child_complexity")]
    async fn ranking_trial(
        &self,
        context: &Context<'_>,
        input: RankingTrialInput,
    ) -> async_graphql::Result<RankingTrialPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let budget = match &input.budget {
                Some(budget) => Some(Hkd::try_from_text(&budget.0).map_err(|error| {
                    let message = format!("{error}: give dollars and cents, such as 120000.00.");
                    casework::CaseError::problem(error.code(), "budget", message)
                })?),
                None => None,
            };
            let weights = input.weights.into_iter();
            let weights = weights
                .map(|weight| (weight.criterion, weight.weight.0))
                .collect();
            let round = uuid(&input.round_id)?;
            casework::ranking_trial(&casework, &actor, round, weights, budget).await
        });
        let (trial, found) = outcome(done.await)?;
        Ok(RankingTrialPayload {
            trial: trial.map(RankingTrial::from),
            problems: problems(found),
        })
    }

    /// Why ranks moved from one ranking to another.
    #[graphql(complexity = "100 + child_complexity")]
    async fn ranking_moves(
        &self,
        context: &Context<'_>,
        before: ID,
        after: ID,
    ) -> async_graphql::Result<RankingMoves> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let (before, after) = (uuid(&before)?, uuid(&after)?);
            let view = casework::ranking_moves(&casework, &actor, before, after).await?;
            RankingMoves::try_from(view)
        });
        answer(read.await)
    }

    /// What a panel has to talk about, and how its reviewers score.
    async fn panel(&self, context: &Context<'_>, round_id: ID) -> async_graphql::Result<Panel> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::panel(&casework, &actor, uuid(&round_id)?).await
        });
        answer(read.await).map(Panel::from)
    }

    /// Who is funded, by size, district, service area and first-time applicants.
    async fn fairness(
        &self,
        context: &Context<'_>,
        round_id: ID,
        basis: FairnessBasis,
    ) -> async_graphql::Result<FairnessReport> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::fairness(&casework, &actor, uuid(&round_id)?, basis.into()).await
        });
        answer(read.await).map(FairnessReport::from)
    }

    /// Weights from comparisons by pairs, with their consistency. Stores nothing.
    async fn weights_from_pairs(
        &self,
        context: &Context<'_>,
        input: WeightsFromPairsInput,
    ) -> async_graphql::Result<WeightsFromPairsPayload> {
        let items = input.items.clone();
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let judgements: Vec<_> = input
                .judgements
                .into_iter()
                .map(|pair| (pair.a, pair.b, pair.value))
                .collect();
            casework::weights_from_pairs(&casework, &actor, &input.items, &judgements).await
        });
        let (found, wrong) = outcome(done.await)?;
        Ok(WeightsFromPairsPayload {
            result: found.map(|value| weights(&value, &items)),
            problems: problems(wrong),
        })
    }

    /// The letter that a decision comes to, before it is sent.
    async fn letter_preview(
        &self,
        context: &Context<'_>,
        decision_id: ID,
    ) -> async_graphql::Result<Letter> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::letter_preview(&casework, &actor, uuid(&decision_id)?).await
        });
        answer(read.await).map(Letter::from)
    }

    /// Everything an appeal is decided on, with every run asked again. That it was read is recorded.
    #[graphql(complexity = "200 + child_complexity")]
    async fn appeal_bundle(
        &self,
        context: &Context<'_>,
        appeal_id: ID,
    ) -> async_graphql::Result<AppealBundle> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let view = casework::appeal_bundle(&casework, &actor, uuid(&appeal_id)?).await?;
            AppealBundle::try_from(view)
        });
        answer(read.await)
    }

    /// Open appeals and proposed decisions that wait for somebody.
    async fn desk_tasks(&self, context: &Context<'_>) -> async_graphql::Result<Vec<DeskTask>> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::desk_tasks(&casework, &actor).await });
        let tasks = answer(read.await)?;
        Ok(tasks.into_iter().map(DeskTask::from).collect())
    }
}
