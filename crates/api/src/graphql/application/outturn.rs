//! What came of one's own awarded project.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use casework::{CaseResult, OutturnView};
use serde_json::Value;

use super::types::Application;
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        engine::{SroiResult, sroi_result},
        scalars::DateTime,
        sroi::{SroiDifference, difference},
        types::{Problem, problems, uuid},
    },
};

/// What came of an awarded project, held against what was promised.
#[derive(SimpleObject)]
pub(crate) struct Outturn {
    /// `{value_map, spent}`; as promised before the first save.
    #[graphql(complexity = 20)]
    content: Value,
    version: i32,
    sent: bool,
    sent_at: Option<DateTime>,
    problems: Vec<Problem>,
    /// What was promised, in the same shape.
    #[graphql(complexity = 20)]
    forecast: Value,
    sroi: Option<SroiResult>,
    sroi_problems: Vec<Problem>,
    /// From what was promised to what came.
    difference: Option<SroiDifference>,
}

impl Outturn {
    pub(super) fn try_from_view(view: OutturnView) -> CaseResult<Self> {
        let (sroi, sroi_problems) = match view.sroi {
            Ok(output) => {
                let value_map = &view.content["value_map"];
                (Some(sroi_result(&output, None, value_map)?), Vec::new())
            }
            Err(found) => (None, problems(found)),
        };
        Ok(Self {
            version: view.version,
            sent: view.sent_at.is_some(),
            sent_at: view.sent_at.map(DateTime),
            problems: problems(view.problems),
            forecast: view.forecast,
            difference: view.difference.as_ref().map(difference).transpose()?,
            sroi,
            sroi_problems,
            content: view.content,
        })
    }
}

#[derive(InputObject)]
pub(crate) struct OutturnSaveInput {
    application_id: ID,
    content: Value,
    expected_version: i32,
}

#[derive(InputObject)]
pub(crate) struct OutturnSendInput {
    application_id: ID,
    idempotency_key: String,
}

#[derive(SimpleObject)]
pub(crate) struct OutturnPayload {
    application: Option<Application>,
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(crate) struct OutturnMutation;

#[Object]
impl OutturnMutation {
    /// Keeps whatever was typed.
    async fn outturn_save(
        &self,
        context: &Context<'_>,
        input: OutturnSaveInput,
    ) -> async_graphql::Result<OutturnPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let id = uuid(&input.application_id)?;
            let version = input.expected_version;
            casework::outturn_save(&casework, &actor, id, &input.content, version).await?;
            casework::application(&casework, &actor, id).await
        });
        payload(done.await)
    }

    /// Sends what was saved to the funder, once.
    async fn outturn_send(
        &self,
        context: &Context<'_>,
        input: OutturnSendInput,
    ) -> async_graphql::Result<OutturnPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let id = uuid(&input.application_id)?;
            let key = &input.idempotency_key;
            casework::outturn_send(&casework, &actor, id, key).await?;
            casework::application(&casework, &actor, id).await
        });
        payload(done.await)
    }
}

fn payload(
    done: CaseResult<Option<casework::ApplicationView>>,
) -> async_graphql::Result<OutturnPayload> {
    let (application, found) = outcome(done)?;
    Ok(OutturnPayload {
        application: application.flatten().map(Application::from),
        problems: problems(found),
    })
}
