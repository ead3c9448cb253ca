//! Who pays a project, within which limits, and what follows when one figure is changed: computed on
//! demand by the engine itself. Nothing is stored; a changed budget is saved as any other.
use access::{Action, Actor};
use explain::{Problem, json::Json};
use money::Hkd;
use serde_json::{Value, json};
use store::applications;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    application_read::draft_case,
    assembly::{Case, hkd},
    conflict::refuse_closed,
    cost_question, draft,
    reading::end_parts_read,
    screen::submitted_case,
};

/// What is asked about a plan.
#[derive(Debug, Clone, Default)]
pub struct CostPlanInput {
    /// One figure to change, as `calc costplan` takes it.
    pub change: Option<Value>,
    /// The id of an example rule of matched funding to try instead of the programme's.
    pub example: Option<String>,
}

/// Whose plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostPlanSubject {
    /// One's own application.
    Application(Uuid),
    /// A delivered version.
    Submission(Uuid),
}

/// A plan with what is around it.
#[derive(Debug, Clone)]
pub struct CostPlanView {
    /// The engine's answer, or every problem.
    pub plan: Result<Value, Vec<Problem>>,
    /// Example rules that can be tried, each with its id and label.
    pub examples: Value,
    /// The list of exempt schemes: how many codes, as at when, whether complete, of how many.
    pub schemes: Value,
}

/// Computes the plan of an own application or a delivered version.
pub async fn cost_plan(
    casework: &Casework,
    actor: &Actor,
    subject: CostPlanSubject,
    input: CostPlanInput,
) -> CaseResult<CostPlanView> {
    let case = match subject {
        CostPlanSubject::Application(id) => {
            let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
            let row = applications::find(&mut tx, id)
                .await?
                .ok_or(CaseError::NotFound)?;
            let case = draft_case(&mut tx, &row).await?;
            end_parts_read(tx, actor, [&row]).await?;
            case
        }
        CostPlanSubject::Submission(id) => {
            let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
            refuse_closed(&mut tx, actor, id).await?;
            let (received, case) = submitted_case(&mut tx, id).await?;
            end_parts_read(tx, actor, [&received]).await?;
            case
        }
    };
    // The solver halves its way to the cent: some milliseconds of pure computing.
    tokio::task::spawn_blocking(move || compute(&case, input))
        .await
        .map_err(CaseError::internal)?
}

/// The plan of a case as it stands, for the workbook.
pub(crate) fn evaluated(case: &Case) -> CaseResult<costshare::PlanResult> {
    let question = cost_question::plan(case, ask_max(case)?);
    let plan = costshare::plan_read(&Json::from(&question))?;
    Ok(costshare::plan_evaluate(&plan)?)
}

fn compute(case: &Case, input: CostPlanInput) -> CaseResult<CostPlanView> {
    let mut question = cost_question::plan(case, ask_max(case)?);
    let examples = &case.rules.settings.cost_sharing["matching_examples"];
    if let Some(wanted) = input.example {
        question["matching"] = example(examples, &wanted)?;
    }
    if let Some(change) = input.change {
        question["change"] = change;
    }
    Ok(CostPlanView {
        plan: costshare::calc_plan(&Json::from(&question)).map_err(explain::Problems::into_vec),
        examples: labels(examples),
        schemes: schemes(case),
    })
}

/// What may still be asked: the cap less what was awarded before.
fn ask_max(case: &Case) -> CaseResult<Option<Hkd>> {
    let Some(cap) = draft::cap(case) else {
        return Ok(None);
    };
    let left = cap.checked_sub(hkd(case.awarded_to_date)?);
    Ok(Some(left.map_err(CaseError::internal)?.max(Hkd::ZERO)))
}

fn example(examples: &Value, wanted: &str) -> CaseResult<Value> {
    let mut listed = examples.as_array().into_iter().flatten();
    let found = listed.find(|example| example["id"] == wanted);
    found.map(|example| example["rule"].clone()).ok_or_else(|| {
        CaseError::problem(
            "not_one_of",
            "example",
            format!("example {wanted} is not known; take one of the programme's examples."),
        )
    })
}

fn labels(examples: &Value) -> Value {
    let listed = examples.as_array().into_iter().flatten();
    listed
        .map(|example| json!({"id": example["id"], "en": example["en"], "zh": example["zh"]}))
        .collect()
}

fn schemes(case: &Case) -> Value {
    let list = &case.rules.exempt_schemes;
    let expected = &case.rules.costshare["exemption"]["scheme_count"];
    json!({
        "codes": list["codes"].as_array().map_or(0, Vec::len),
        "as_at": list["as_at"],
        "complete": list["complete"] == true,
        "expected": expected,
        "loaded": case.rules.exempt_schemes_loaded,
    })
}
