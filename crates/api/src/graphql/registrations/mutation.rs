//! Answering a registration, and confirming another person's answer. Each answers with those that wait then.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{CaseResult, RegistrationAnswerInput as Answer, RegistrationView};

use super::types::{Registration, RegistrationsPayload};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::types::{problems, uuid},
};

#[derive(InputObject)]
pub(crate) struct RegistrationAnswerInput {
    registration_id: ID,
    approve: bool,
    /// Why not, by code.
    reason_code: Option<String>,
    /// Why, in words.
    reason: Option<String>,
}

#[derive(InputObject)]
pub(crate) struct RegistrationConfirmInput {
    /// The proposal that was read; a later one is not confirmed by it.
    proposal_id: ID,
    /// False returns the proposal, and the registration waits again.
    confirm: bool,
}

#[derive(Default)]
pub(crate) struct RegistrationsMutation;

#[Object]
impl RegistrationsMutation {
    /// Proposes to let an organisation in, or not; holds at once where there is one operator only.
    async fn registration_answer(
        &self,
        context: &Context<'_>,
        input: RegistrationAnswerInput,
    ) -> async_graphql::Result<RegistrationsPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let input = Answer {
                registration: uuid(&input.registration_id)?,
                approve: input.approve,
                reason_code: input.reason_code.unwrap_or_default(),
                reason: input.reason.unwrap_or_default(),
            };
            casework::registration_answer(&casework, &actor, &input).await?;
            casework::registrations(&casework, &actor, false).await
        });
        payload(done.await)
    }

    /// Confirms what another person proposed, or returns it.
    async fn registration_confirm(
        &self,
        context: &Context<'_>,
        input: RegistrationConfirmInput,
    ) -> async_graphql::Result<RegistrationsPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let proposal = uuid(&input.proposal_id)?;
            casework::registration_confirm(&casework, &actor, proposal, input.confirm).await?;
            casework::registrations(&casework, &actor, false).await
        });
        payload(done.await)
    }
}

fn payload(
    result: CaseResult<Vec<RegistrationView>>,
) -> async_graphql::Result<RegistrationsPayload> {
    let (waiting, wrong) = outcome(result)?;
    Ok(RegistrationsPayload {
        registrations: waiting.map(|rows| rows.into_iter().map(Registration::from).collect()),
        problems: problems(wrong),
    })
}
