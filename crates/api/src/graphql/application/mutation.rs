//! Starting, saving, submitting and withdrawing.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{ApplicationView, CaseError, CaseResult};
use serde_json::Value;

use super::types::{Application, ApplicationPayload, DraftSection, SectionSavePayload, draft};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::types::{problems, uuid},
};

#[derive(InputObject)]
pub(crate) struct ApplicationStartInput {
    round_id: ID,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct ApplicationSectionSaveInput {
    application_id: ID,
    section: String,
    content: Value,
    expected_version: i32,
}

#[derive(InputObject)]
pub(crate) struct ApplicationSubmitInput {
    application_id: ID,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct ApplicationWithdrawInput {
    application_id: ID,
}

#[derive(Default)]
pub(crate) struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    async fn application_start(
        &self,
        context: &Context<'_>,
        input: ApplicationStartInput,
    ) -> async_graphql::Result<ApplicationPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let round = uuid(&input.round_id)?;
            let key = &input.idempotency_key;
            let id = casework::application_start(&casework, &actor, round, key).await?;
            casework::application(&casework, &actor, id).await
        });
        application_payload(done.await)
    }

    /// Keeps whatever was typed and reports what is wrong or missing.
    async fn application_section_save(
        &self,
        context: &Context<'_>,
        input: ApplicationSectionSaveInput,
    ) -> async_graphql::Result<SectionSavePayload> {
        let named = uuid(&input.application_id).ok();
        let code = input.section.clone();
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let application = uuid(&input.application_id)?;
            let (section, typed) = (&input.section, &input.content);
            let version = input.expected_version;
            casework::section_save(&casework, &actor, application, section, typed, version).await
        });
        let (section, found) = outcome(done.await)?;
        let saved = named.filter(|_| section.is_some());
        let conflict = found
            .iter()
            .any(|problem| problem.code == "version_conflict");
        let section = match (section, named) {
            (None, Some(key)) if conflict => {
                let theirs = draft(context, key).await?.sections();
                theirs.into_iter().find(|section| section.code == code)
            }
            (section, _) => section,
        };
        let section = section.map(DraftSection::from);
        Ok(SectionSavePayload {
            section,
            problems: problems(found),
            saved,
        })
    }

    async fn application_submit(
        &self,
        context: &Context<'_>,
        input: ApplicationSubmitInput,
    ) -> async_graphql::Result<ApplicationPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let application = uuid(&input.application_id)?;
            let key = &input.idempotency_key;
            let id = casework::application_submit(&casework, &actor, application, key).await?;
            casework::application(&casework, &actor, id).await
        });
        application_payload(done.await)
    }

    async fn application_withdraw(
        &self,
        context: &Context<'_>,
        input: ApplicationWithdrawInput,
    ) -> async_graphql::Result<ApplicationPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let application = uuid(&input.application_id)?;
            casework::application_withdraw(&casework, &actor, application).await?;
            casework::application(&casework, &actor, application).await
        });
        application_payload(done.await)
    }
}

pub(crate) fn application_payload(
    done: CaseResult<Option<ApplicationView>>,
) -> async_graphql::Result<ApplicationPayload> {
    let (application, found) = outcome(done.and_then(|view| view.ok_or(CaseError::NotFound)))?;
    let application = application.map(Application::from);
    Ok(ApplicationPayload {
        application,
        problems: problems(found),
    })
}
