//! Asking for a permission, and taking a file off a draft.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use casework::{CaseResult, FileAnnounced, FileGrantView};

use super::types::FileKind;
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        application::{ApplicationPayload, application_payload},
        scalars::DateTime,
        types::{Problem, problems, uuid},
    },
};

#[derive(InputObject)]
pub(crate) struct FileUploadGrantInput {
    application_id: ID,
    kind: FileKind,
    name: String,
    bytes: i64,
}

#[derive(InputObject)]
pub(crate) struct FileDownloadGrantInput {
    file_id: ID,
}

#[derive(InputObject)]
pub(crate) struct FileRemoveInput {
    file_id: ID,
}

/// A permission for one deed, by whoever asked, once.
#[derive(SimpleObject)]
pub(crate) struct FileGrantPayload {
    /// Part of the address: `/files/upload/{grant}` or `/files/get/{grant}`.
    grant: Option<String>,
    expires_at: Option<DateTime>,
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(crate) struct FilesMutation;

#[Object]
impl FilesMutation {
    /// Permits one upload of a file as announced.
    async fn file_upload_grant(
        &self,
        context: &Context<'_>,
        input: FileUploadGrantInput,
    ) -> async_graphql::Result<FileGrantPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let announced = FileAnnounced {
                application: uuid(&input.application_id)?,
                kind: input.kind.into(),
                name: input.name,
                bytes: input.bytes,
            };
            casework::file_upload_grant(&casework, &actor, &announced).await
        });
        payload(done.await)
    }

    /// Permits one download of a clean file: one's own, or one that was received.
    async fn file_download_grant(
        &self,
        context: &Context<'_>,
        input: FileDownloadGrantInput,
    ) -> async_graphql::Result<FileGrantPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let file = uuid(&input.file_id)?;
            casework::file_download_grant(&casework, &actor, file).await
        });
        payload(done.await)
    }

    /// Takes a file off a draft.
    async fn file_remove(
        &self,
        context: &Context<'_>,
        input: FileRemoveInput,
    ) -> async_graphql::Result<ApplicationPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let application =
                casework::file_remove(&casework, &actor, uuid(&input.file_id)?).await?;
            casework::application(&casework, &actor, application).await
        });
        application_payload(done.await)
    }
}

fn payload(done: CaseResult<FileGrantView>) -> async_graphql::Result<FileGrantPayload> {
    let (granted, found) = outcome(done)?;
    let (grant, expires_at) = granted.map(|view| (view.grant, view.expires_at)).unzip();
    Ok(FileGrantPayload {
        grant,
        expires_at: expires_at.map(DateTime),
        problems: problems(found),
    })
}
