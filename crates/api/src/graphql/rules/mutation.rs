//! Drafting, publishing, and putting a round under another version.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{CaseResult, RuleDraftView, RulePublishInput, RulebookView};
use serde_json::Value;

use super::types::{
    Rescreening, RescreeningPayload, RuleDraft, RuleDraftPayload, Rulebook, RulebookPayload,
};
use crate::{
    answer::{answer, outcome},
    caller::Caller,
    graphql::types::{problems, uuid},
};

#[derive(InputObject)]
pub(crate) struct RuleDraftStartInput {
    programme_id: ID,
    based_on: String,
}

#[derive(InputObject)]
pub(crate) struct RuleDraftSaveInput {
    id: ID,
    expected_version: i32,
    body: Value,
    sections: Value,
}

#[derive(InputObject)]
pub(crate) struct RuleDraftDiscardInput {
    id: ID,
}

#[derive(InputObject)]
pub(crate) struct RuleDraftPublishInput {
    id: ID,
    expected_version: i32,
    version: String,
    effective_from: String,
    note: String,
}

#[derive(InputObject)]
pub(crate) struct RoundRulesApplyInput {
    round_id: ID,
    version: String,
    reason: String,
}

#[derive(Default)]
pub(crate) struct RulesMutation;

#[Object]
impl RulesMutation {
    async fn rule_draft_start(
        &self,
        context: &Context<'_>,
        input: RuleDraftStartInput,
    ) -> async_graphql::Result<RuleDraftPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let programme = uuid(&input.programme_id)?;
            casework::rule_draft_start(&casework, &actor, programme, &input.based_on).await
        });
        draft(done.await)
    }

    /// Keeps whatever was typed and reports what is wrong.
    async fn rule_draft_save(
        &self,
        context: &Context<'_>,
        input: RuleDraftSaveInput,
    ) -> async_graphql::Result<RuleDraftPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let (id, expected) = (uuid(&input.id)?, input.expected_version);
            let (body, sections) = (&input.body, &input.sections);
            casework::rule_draft_save(&casework, &actor, id, expected, body, sections).await
        });
        draft(done.await)
    }

    async fn rule_draft_discard(
        &self,
        context: &Context<'_>,
        input: RuleDraftDiscardInput,
    ) -> async_graphql::Result<RulebookPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            casework::rule_draft_discard(&casework, &actor, uuid(&input.id)?).await
        });
        book(done.await)
    }

    /// By a chair; refused while the draft has problems.
    async fn rule_draft_publish(
        &self,
        context: &Context<'_>,
        input: RuleDraftPublishInput,
    ) -> async_graphql::Result<RulebookPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let publish = RulePublishInput {
                draft: uuid(&input.id)?,
                expected: input.expected_version,
                version: input.version,
                effective_from: input.effective_from,
                note: input.note,
            };
            casework::rule_draft_publish(&casework, &actor, &publish).await
        });
        book(done.await)
    }

    /// Puts a round under a later version, with a reason, and screens again what it received.
    async fn round_rules_apply(
        &self,
        context: &Context<'_>,
        input: RoundRulesApplyInput,
    ) -> async_graphql::Result<RescreeningPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let round = uuid(&input.round_id)?;
            let (version, reason) = (&input.version, &input.reason);
            casework::round_rules_apply(&casework, &actor, round, version, reason).await
        });
        let (view, found) = outcome(done.await)?;
        let rescreening = view.map(|view| answer(Rescreening::try_from(view)));
        Ok(RescreeningPayload {
            rescreening: rescreening.transpose()?,
            problems: problems(found),
        })
    }
}

fn draft(done: CaseResult<RuleDraftView>) -> async_graphql::Result<RuleDraftPayload> {
    let (draft, found) = outcome(done)?;
    Ok(RuleDraftPayload {
        draft: draft.map(RuleDraft::from),
        problems: problems(found),
    })
}

fn book(done: CaseResult<RulebookView>) -> async_graphql::Result<RulebookPayload> {
    let (book, found) = outcome(done)?;
    Ok(RulebookPayload {
        rulebook: book.map(Rulebook::from),
        problems: problems(found),
    })
}
