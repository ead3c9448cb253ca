//! The funder's assessed copy of a value map and statements of assurance.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use casework::{
    AssessmentInput, AssessmentView, AssuranceInput, AssuranceView, ReceivedOutturnView,
};
use serde_json::Value;

use super::{mutation::received_payload, types::ReceivedPayload};
use crate::{
    answer::answer,
    caller::Caller,
    graphql::{
        engine::{SroiResult, run_result},
        names::PersonName,
        scalars::DateTime,
        sroi::{SroiDifference, difference},
        types::{id, uuid},
    },
};

/// The funder's assessed copy: a list of changes against the claim, each with its reason.
#[derive(SimpleObject)]
pub(crate) struct Assessment {
    version: i32,
    changes: Vec<AssessmentChange>,
    /// The assessed value map.
    #[graphql(complexity = 20)]
    content: Value,
    by: PersonName,
    at: DateTime,
}

#[derive(SimpleObject)]
pub(crate) struct AssessmentChange {
    /// Inside the value map: `outcomes[2].deadweight`.
    path: String,
    from: Option<String>,
    to: String,
    reason: String,
}

impl From<AssessmentView> for Assessment {
    fn from(view: AssessmentView) -> Self {
        let changes = view.changes.into_iter();
        Self {
            version: view.version,
            changes: changes
                .map(|(path, from, to, reason)| AssessmentChange {
                    path,
                    from,
                    to,
                    reason,
                })
                .collect(),
            content: view.content,
            by: view.by.into(),
            at: view.at.into(),
        }
    }
}

/// What a named assurer found about one run.
#[derive(SimpleObject)]
pub(crate) struct Assurance {
    id: ID,
    run_id: ID,
    assurer: String,
    organisation: String,
    scope: String,
    findings: String,
    /// unqualified, qualified or adverse.
    conclusion: String,
    assured_on: String,
    recorded_by: PersonName,
    recorded_at: DateTime,
}

impl From<AssuranceView> for Assurance {
    fn from(view: AssuranceView) -> Self {
        Self {
            id: id(view.id),
            run_id: id(view.run),
            assurer: view.assurer,
            organisation: view.organisation,
            scope: view.scope,
            findings: view.findings,
            conclusion: view.conclusion,
            assured_on: view.assured_on.to_string(),
            recorded_by: view.recorded_by.into(),
            recorded_at: view.recorded_at.into(),
        }
    }
}

/// What came of the project, as its applicant sent it.
#[derive(SimpleObject)]
pub(crate) struct ReceivedOutturn {
    #[graphql(complexity = 20)]
    content: Value,
    received_at: DateTime,
    sroi: Option<SroiResult>,
    /// From what was promised to what came.
    difference: Option<SroiDifference>,
}

impl ReceivedOutturn {
    pub(super) fn try_from_view(
        view: &ReceivedOutturnView,
        run: Option<&casework::RunView>,
    ) -> async_graphql::Result<Self> {
        let changed = view.difference.as_ref().map(difference).transpose();
        Ok(Self {
            sroi: answer(run_result(run, &view.content["value_map"]))?,
            difference: answer(changed)?,
            received_at: view.received_at.into(),
            content: view.content.clone(),
        })
    }
}

/// The whole list of changes against the claim.
#[derive(InputObject)]
pub(crate) struct AssessmentSaveInput {
    submission_id: ID,
    /// Version the list was written upon; 0 before the first.
    expected_version: i32,
    changes: Vec<AssessmentChangeInput>,
}

#[derive(InputObject)]
pub(crate) struct AssessmentChangeInput {
    path: String,
    /// Null takes the price of an outcome away.
    to: Option<Value>,
    reason: String,
}

#[derive(InputObject)]
pub(crate) struct AssuranceRecordInput {
    run_id: ID,
    assurer: String,
    organisation: String,
    scope: String,
    findings: String,
    conclusion: String,
    assured_on: String,
}

#[derive(Default)]
pub(crate) struct AssessmentMutation;

#[Object]
impl AssessmentMutation {
    /// Saves the next version of the assessed copy and has it evaluated; ranking reads it then.
    async fn assessment_save(
        &self,
        context: &Context<'_>,
        input: AssessmentSaveInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let submission = uuid(&input.submission_id)?;
            let changes = input.changes.into_iter();
            let input = AssessmentInput {
                submission,
                expected_version: input.expected_version,
                changes: changes
                    .map(|change| (change.path, change.to.unwrap_or_default(), change.reason))
                    .collect(),
            };
            casework::assessment_save(&casework, &actor, input).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }

    /// Attaches an assurer's statement to one run.
    async fn assurance_record(
        &self,
        context: &Context<'_>,
        input: AssuranceRecordInput,
    ) -> async_graphql::Result<ReceivedPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let input = AssuranceInput {
                run: uuid(&input.run_id)?,
                assurer: input.assurer,
                organisation: input.organisation,
                scope: input.scope,
                findings: input.findings,
                conclusion: input.conclusion,
                assured_on: input.assured_on,
            };
            let submission = casework::assurance_record(&casework, &actor, input).await?;
            casework::received(&casework, &actor, submission).await
        });
        received_payload(done.await)
    }
}
