//! Exploring a value map: grids, scenarios and simulations computed on demand by the same engine. Nothing
//! is stored; the record is always the worker's run.
use access::{Action, Actor};
use explain::{Problem, Problems, json::Json};
use serde_json::{Map, Value, json};
use store::{applications, assessments, outturns};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, application_read::draft_case, assessment::assessed_section,
    conflict::refuse_closed, reading::end_parts_read, screen::submitted_case, value_map,
};

/// Whose map is explored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SroiCopy {
    /// The applicant's.
    Claimed,
    /// The funder's assessed copy.
    Assessed,
    /// What came of the project.
    Outturn,
}

/// What is explored: a draft of one's own, or a delivered version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SroiSubject {
    /// One's own application.
    Application(Uuid),
    /// A delivered version with one of its copies.
    Submission(Uuid, SroiCopy),
}

/// What to compute, in the JSON of the engine.
#[derive(Debug, Clone, Default)]
pub struct SroiExploreInput {
    /// Row and column of a grid.
    pub grid: Option<(Value, Value)>,
    /// Scenarios.
    pub scenarios: Vec<Value>,
    /// Draws and distribution.
    pub simulation: Option<(i64, Option<String>)>,
}

/// Computes what was asked about one map; the engine's answer, or every problem.
pub async fn sroi_explore(
    casework: &Casework,
    actor: &Actor,
    subject: SroiSubject,
    input: SroiExploreInput,
) -> CaseResult<Value> {
    let mut question = question_of(casework, actor, subject).await?;
    let mut sensitivity = Map::new();
    if let Some((row, column)) = input.grid {
        sensitivity.insert("grid".to_owned(), json!({"row": row, "column": column}));
    }
    if !input.scenarios.is_empty() {
        sensitivity.insert("scenarios".to_owned(), Value::Array(input.scenarios));
    }
    question["sensitivity"] = Value::Object(sensitivity);
    if let Some((draws, distribution)) = input.simulation {
        question["simulation"] = json!({"draws": draws, "seed": "input_hash"});
        if let Some(distribution) = distribution {
            question["simulation"]["distribution"] = json!(distribution);
        }
    }
    let computed = tokio::task::spawn_blocking(move || sroi::calc(&Json::from(&question)));
    Ok(computed
        .await
        .map_err(CaseError::internal)?
        .map_err(of_the_question)?)
}

/// Problems of what was asked carry the names under which it was asked.
fn of_the_question(problems: Problems) -> Problems {
    let mut named = Problems::new();
    for problem in problems.into_vec() {
        let path = ["sensitivity.grid.", "sensitivity."]
            .iter()
            .find_map(|prefix| problem.path.strip_prefix(prefix))
            .map_or_else(|| problem.path.clone(), str::to_owned);
        named.push(Problem { path, ..problem });
    }
    named
}

/// The question about the map as it stands, without sensitivity and simulation.
async fn question_of(
    casework: &Casework,
    actor: &Actor,
    subject: SroiSubject,
) -> CaseResult<Value> {
    let question = match subject {
        SroiSubject::Application(id) => {
            let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
            let row = applications::find(&mut tx, id)
                .await?
                .ok_or(CaseError::NotFound)?;
            let case = draft_case(&mut tx, &row).await?;
            end_parts_read(tx, actor, [&row]).await?;
            value_map::request(&case)
        }
        SroiSubject::Submission(id, copy) => {
            let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
            refuse_closed(&mut tx, actor, id).await?;
            let (received, case) = submitted_case(&mut tx, id).await?;
            let question = match copy {
                SroiCopy::Claimed => value_map::request(&case),
                SroiCopy::Assessed => {
                    let row = assessments::latest(&mut tx, &[id]).await?.pop();
                    let row = row.ok_or(CaseError::NotFound)?;
                    value_map::request_about(&case, &assessed_section(&case, &row.changes))
                }
                SroiCopy::Outturn => {
                    let row = outturns::received(&mut tx, &[id]).await?.pop();
                    let row = row.ok_or(CaseError::NotFound)?;
                    let content: Value =
                        serde_json::from_str(&row.document).map_err(CaseError::internal)?;
                    value_map::outturn_request(&case, &content)
                }
            };
            end_parts_read(tx, actor, [&received]).await?;
            question
        }
    };
    Ok(value_map::figures_only(question))
}
