//! Second persons, levels of part funding, letters and appeals.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{AppealDecideInput as Deciding, FundingLevelInput as Level};

use super::redress::AppealOutcome;
use crate::{
    caller::Caller,
    graphql::{
        application::{ApplicationPayload, application_payload},
        received::{ReceivedPayload, received_payload},
        scalars::Decimal,
        types::uuid,
    },
};

#[derive(InputObject)]
pub(crate) struct FundingLevelsSaveInput {
    submission_id: ID,
    expected_version: i32,
    levels: Vec<FundingLevelInput>,
}

#[derive(InputObject)]
pub(crate) struct FundingLevelInput {
    id: String,
    name_en: String,
    name_zh: String,
    amount: Decimal,
    benefit_share: Decimal,
    reason: String,
}

#[derive(InputObject)]
pub(crate) struct DecisionConfirmInput {
    proposal_id: ID,
    confirm: bool,
    /// What has to change; needed when returning.
    note: String,
}

#[derive(InputObject)]
pub(crate) struct LetterSendInput {
    decision_id: ID,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct AppealSendInput {
    application_id: ID,
    grounds: String,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct AppealDecideInput {
    appeal_id: ID,
    outcome: AppealOutcome,
    reason: String,
    /// Hash of the bundle that was read.
    bundle_sha256: String,
}

#[derive(Default)]
pub(crate) struct PanelMutation;

#[Object]
impl PanelMutation {
    /// Records levels of part funding; the exact set may choose one.
    async fn funding_levels_save(
        &self,
        context: &Context<'_>,
        input: FundingLevelsSaveInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let submission = uuid(&input.submission_id)?;
            let levels: Vec<Level> = input
                .levels
                .into_iter()
                .map(|level| Level {
                    id: level.id,
                    name_en: level.name_en,
                    name_zh: level.name_zh,
                    amount: level.amount.0,
                    benefit_share: level.benefit_share.0,
                    reason: level.reason,
                })
                .collect();
            let expected = input.expected_version;
            casework::funding_levels_save(&casework, &actor, submission, expected, &levels).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }

    /// A second person confirms a proposed decision, or returns it.
    async fn decision_confirm(
        &self,
        context: &Context<'_>,
        input: DecisionConfirmInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let proposal = uuid(&input.proposal_id)?;
            let (confirm, note) = (input.confirm, &input.note);
            let submission =
                casework::decision_confirm(&casework, &actor, proposal, confirm, note).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }

    /// Sends the letter of a decision to the applicant, once.
    async fn letter_send(
        &self,
        context: &Context<'_>,
        input: LetterSendInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let decision = uuid(&input.decision_id)?;
            let key = &input.idempotency_key;
            let submission = casework::letter_send(&casework, &actor, decision, key).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }

    /// By the applicant, once per decision, within the days for appeals.
    async fn appeal_send(
        &self,
        context: &Context<'_>,
        input: AppealSendInput,
    ) -> async_graphql::Result<ApplicationPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let application = uuid(&input.application_id)?;
            let (grounds, key) = (&input.grounds, &input.idempotency_key);
            casework::appeal_send(&casework, &actor, application, grounds, key).await?;
            casework::application(&casework, &actor, application).await
        });
        application_payload(done.await)
    }

    /// By a person who took no part in the decision.
    async fn appeal_decide(
        &self,
        context: &Context<'_>,
        input: AppealDecideInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let deciding = Deciding {
                appeal: uuid(&input.appeal_id)?,
                outcome: input.outcome.into(),
                reason: input.reason,
                bundle_sha256: input.bundle_sha256,
            };
            let submission = casework::appeal_decide(&casework, &actor, deciding).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }
}
