//! Reading rulebooks, drafts, differences and trials.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{CaseError, CaseResult, RuleSide};

use super::{
    types::{Rescreening, RuleDifference, RuleDraft, RuleTrial, Rulebook},
    vocabulary::RuleVocabulary,
};
use crate::{
    answer::{answer, found},
    caller::Caller,
    graphql::types::uuid,
};

/// A draft, or a version of a programme.
#[derive(InputObject)]
pub(crate) struct RuleSideInput {
    draft_id: Option<ID>,
    programme_id: Option<ID>,
    version: Option<String>,
}

impl RuleSideInput {
    fn side(&self) -> CaseResult<RuleSide> {
        match (&self.draft_id, &self.programme_id, &self.version) {
            (Some(draft), None, None) => Ok(RuleSide::Draft(uuid(draft)?)),
            (None, Some(programme), Some(version)) => {
                Ok(RuleSide::Version(uuid(programme)?, version.clone()))
            }
            _ => Err(CaseError::problem(
                "not_a_side",
                "",
                "Name either a draftId, or a programmeId with its version.",
            )),
        }
    }
}

#[derive(InputObject)]
pub(crate) struct RuleDifferenceInput {
    from: RuleSideInput,
    to: RuleSideInput,
}

#[derive(InputObject)]
pub(crate) struct RuleTrialInput {
    draft_id: ID,
    round_id: ID,
}

#[derive(Default)]
pub(crate) struct RulesQuery;

#[Object]
impl RulesQuery {
    /// Own programmes with their versions, drafts and rounds.
    #[graphql(complexity = "3 * child_complexity + 1")]
    async fn rulebooks(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Rulebook>> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::rulebooks(&casework, &actor).await });
        Ok(answer(read.await)?
            .into_iter()
            .map(Rulebook::from)
            .collect())
    }

    /// One of them.
    async fn rulebook(
        &self,
        context: &Context<'_>,
        programme_id: ID,
    ) -> async_graphql::Result<Option<Rulebook>> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let programme = uuid(&programme_id)?;
            casework::rulebook(&casework, &actor, programme)
                .await
                .map(Some)
        });
        Ok(found(read.await)?.map(Rulebook::from))
    }

    /// An open draft with what stands against publishing it.
    async fn rule_draft(
        &self,
        context: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<Option<RuleDraft>> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::rule_draft(&casework, &actor, uuid(&id)?)
                .await
                .map(Some)
        });
        Ok(found(read.await)?.map(RuleDraft::from))
    }

    /// What criteria may be made of: facts, operators, headings.
    async fn rule_vocabulary(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<RuleVocabulary> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::rule_vocabulary(&casework, &actor).await
        });
        Ok(answer(read.await)?.into())
    }

    /// What differs from one side to the other.
    async fn rule_difference(
        &self,
        context: &Context<'_>,
        input: RuleDifferenceInput,
    ) -> async_graphql::Result<RuleDifference> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let (from, to) = (input.from.side()?, input.to.side()?);
            casework::rule_difference(&casework, &actor, &from, &to).await
        });
        Ok(answer(read.await)?.into())
    }

    /// What a draft would decide on what a round received, beside what stands. Stores nothing.
    async fn rule_trial(
        &self,
        context: &Context<'_>,
        input: RuleTrialInput,
    ) -> async_graphql::Result<RuleTrial> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let (draft, round) = (uuid(&input.draft_id)?, uuid(&input.round_id)?);
            casework::rule_trial(&casework, &actor, draft, round).await
        });
        answer(read.await.and_then(RuleTrial::try_from))
    }

    /// One round put under another version.
    async fn rescreening(
        &self,
        context: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<Option<Rescreening>> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::rescreening(&casework, &actor, uuid(&id)?)
                .await
                .map(Some)
        });
        let view = found(read.await)?;
        view.map(|view| answer(Rescreening::try_from(view)))
            .transpose()
    }
}
