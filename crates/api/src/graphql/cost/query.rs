//! The cost plan of an application or a delivered version, with one figure changed and the rest solved.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use casework::{CaseError, CaseResult, CostPlanInput as Asked, CostPlanSubject, CostPlanView};
use serde_json::{Value, json};

use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        scalars::Decimal,
        types::{Problem, problems, uuid},
    },
};

/// Exactly one of the two ids. Nothing is stored.
#[derive(InputObject)]
pub(crate) struct CostPlanInput {
    application_id: Option<ID>,
    submission_id: Option<ID>,
    change: Option<CostChangeInput>,
    /// The id of an example rule of matched funding to try.
    example: Option<String>,
}

/// One figure to change; the cost of every line and year stays.
#[derive(InputObject)]
pub(crate) struct CostChangeInput {
    /// `grant`, `own`, `in_kind` or `other:<name>`.
    source: String,
    to: Decimal,
    /// Who takes up the difference, first the one, then the other.
    absorb: Option<Vec<String>>,
}

/// Who pays, by year, scope and source, within which limits.
#[derive(SimpleObject, Default)]
pub(crate) struct CostPlan {
    /// The answer of `calc costplan`; null where the plan cannot be computed.
    plan: Option<Value>,
    /// Example rules of matched funding: id and label in two languages.
    examples: Value,
    /// How many exempt schemes are listed, as at when, of how many.
    schemes: Value,
    problems: Vec<Problem>,
}

impl From<CostPlanView> for CostPlan {
    fn from(view: CostPlanView) -> Self {
        let (plan, found) = match view.plan {
            Ok(plan) => (Some(plan), Vec::new()),
            Err(found) => (None, found),
        };
        Self {
            plan,
            examples: view.examples,
            schemes: view.schemes,
            problems: problems(found),
        }
    }
}

impl CostPlanInput {
    fn question(self) -> CaseResult<(CostPlanSubject, Asked)> {
        let subject = match (&self.application_id, &self.submission_id) {
            (Some(application), None) => CostPlanSubject::Application(uuid(application)?),
            (None, Some(submission)) => CostPlanSubject::Submission(uuid(submission)?),
            (Some(_), Some(_)) | (None, None) => {
                return Err(CaseError::problem(
                    "contradiction",
                    "applicationId",
                    "Give either applicationId or submissionId.",
                ));
            }
        };
        let change = self.change.map(|change| {
            let mut out = json!({"source": change.source, "to": change.to.0});
            if let Some(absorb) = change.absorb {
                out["absorb"] = json!(absorb);
            }
            out
        });
        let example = self.example;
        Ok((subject, Asked { change, example }))
    }
}

#[derive(Default)]
pub(crate) struct CostQuery;

#[Object]
impl CostQuery {
    /// Who pays, computed on demand; with a change, the rest is solved within the limits.
    #[graphql(complexity = "500 + child_complexity")]
    async fn cost_plan(
        &self,
        context: &Context<'_>,
        input: CostPlanInput,
    ) -> async_graphql::Result<CostPlan> {
        let computed = Caller::of(context)?.act(|casework, actor| async move {
            let (subject, asked) = input.question()?;
            casework::cost_plan(&casework, &actor, subject, asked).await
        });
        let (found, refused) = outcome(computed.await)?;
        Ok(found.map_or_else(
            || CostPlan {
                problems: problems(refused),
                ..CostPlan::default()
            },
            CostPlan::from,
        ))
    }
}
