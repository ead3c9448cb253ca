//! What came of an awarded project: the applicant's own value map of what happened and the money really
//! spent, sent once to the funder, evaluated by a job and held against what was promised.
use std::collections::BTreeMap;

use access::{Action, Actor, TenantId};
use explain::{Problem, Problems, canonical_json, json::Json, sha256_hex};
use serde_json::{Value, json};
use store::{
    TenantTx, applications,
    idempotency::{self, KeptAnswer},
    outturns::{self as rows, OutturnRow},
    runs,
    work::{ClaimedWork, WorkKind},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, OutturnView, ReceivedOutturnView,
    application_start::same_body,
    assembly::Case,
    assessment::{difference, evaluated},
    context::{deed, job_deed, work},
    document,
    draft::Draft,
    engines, proxy_snapshot,
    screen::{finish, submitted_case},
    value_map,
};

/// Largest outturn, in bytes of JSON.
const OUTTURN_BYTES_MAX: usize = 512 * 1024;

/// What came of one's own project, whose draft was read before; none where nothing was awarded.
pub async fn outturn(
    casework: &Casework,
    actor: &Actor,
    draft: &Draft,
) -> CaseResult<Option<OutturnView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    let found = awarded_case(&mut tx, draft).await;
    tx.end_read().await?;
    let (case, saved) = match found {
        Ok(found) => found,
        Err(CaseError::Problems(_)) => return Ok(None),
        Err(other) => return Err(other),
    };
    tokio::task::spawn_blocking(move || Some(view(&case, saved)))
        .await
        .map_err(CaseError::internal)
}

async fn own_draft(tx: &mut TenantTx, application: Uuid) -> CaseResult<Draft> {
    let row = applications::find(tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    Draft::read(tx, row).await
}

/// The frozen case of an application of one's own that was awarded money, and what was saved of its outturn.
async fn awarded_case(tx: &mut TenantTx, draft: &Draft) -> CaseResult<(Case, Option<OutturnRow>)> {
    let (row, application) = (&draft.row, draft.row.application_id);
    let awarded = rows::awarded(tx, row.funder_tenant_id, &row.reference).await?;
    let submission = applications::submission(tx, application).await?;
    let Some(submission) = submission.filter(|_| awarded > money::Decimal::ZERO) else {
        return Err(CaseError::problem(
            "nothing_awarded",
            "",
            "What came of a project is reported once it was awarded money.",
        ));
    };
    let mut case = draft.case.clone();
    let frozen: Value = serde_json::from_str(&submission.document).map_err(CaseError::internal)?;
    (case.sections, case.identifiers, case.facts) = document::thaw(&frozen);
    case.proxies = proxy_snapshot::thawed(&frozen);
    let saved = rows::find(tx, application).await?;
    if let Some(saved) = &saved {
        let named = proxy_snapshot::snapshots(tx, &saved.content["value_map"]).await?;
        case.proxies.extend(named);
    }
    Ok((case, saved))
}

fn view(case: &Case, saved: Option<OutturnRow>) -> OutturnView {
    let forecast = value_map::forecast(case);
    let (content, version, sent_at) = match saved {
        Some(row) => (row.content, row.version, row.sent_at),
        None => (forecast.clone(), 0, None),
    };
    let question = value_map::outturn_request(case, &content);
    let answer = engines::sroi_about(&question);
    let problems = match &answer {
        Ok(_) => Vec::new(),
        Err(problems) => problems.as_slice().iter().map(placed).collect(),
    };
    OutturnView {
        difference: difference(value_map::outturn_request(case, &forecast), question),
        sroi: answer
            .map(|answered| answered.answer)
            .map_err(|problems| problems.as_slice().iter().map(placed).collect()),
        content,
        version,
        sent_at,
        problems,
        forecast,
    }
}

/// The engine speaks of inputs and outcomes; the person fills in spent and `value_map`.
fn placed(problem: &Problem) -> Problem {
    let path = match problem.path.strip_prefix("inputs") {
        Some(rest) => format!("spent{rest}"),
        None => format!("value_map.{}", problem.path),
    };
    Problem {
        path,
        ..problem.clone()
    }
}

/// Saves whatever was typed, right or wrong, unless somebody else saved in between.
pub async fn outturn_save(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
    content: &Value,
    expected_version: i32,
) -> CaseResult<()> {
    let mut tx = casework
        .begin(actor, Action::ApplicationEditFigures)
        .await?;
    let draft = own_draft(&mut tx, application).await?;
    awarded_case(&mut tx, &draft).await?;
    if !content.is_object() || content.to_string().len() > OUTTURN_BYTES_MAX {
        return Err(CaseError::problem(
            "section_too_large",
            "content",
            format!("It is a JSON object of at most {OUTTURN_BYTES_MAX} bytes."),
        ));
    }
    let by = actor.user.0;
    let saved = rows::save(&mut tx, application, content, expected_version, by).await?;
    let detail = json!({"version": saved.version});
    let entry = deed(actor, "outturn_save", "application", application, detail);
    casework.commit(tx, entry, &[]).await
}

/// Sends what was saved to the funder, once, and has it evaluated there.
pub async fn outturn_send(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
    idempotency_key: &str,
) -> CaseResult<()> {
    const OPERATION: &str = "outturn_send";
    let mut tx = casework.begin(actor, Action::ApplicationSubmit).await?;
    let body_hash = sha256_hex(application.as_bytes());
    let kept = idempotency::take(&mut tx, actor.user.0, OPERATION, idempotency_key).await?;
    if let Some(kept) = kept {
        tx.end_read().await?;
        return same_body(&kept, &body_hash).map(|_| ());
    }
    let draft = own_draft(&mut tx, application).await?;
    let (case, saved) = awarded_case(&mut tx, &draft).await?;
    let row = draft.row;
    let submission = applications::submission(&mut tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    let content = saved.map_or_else(|| json!({}), |saved| saved.content);
    let question = value_map::outturn_request(&case, &content);
    sroi::read(&Json::from(&question)).map_err(|problems| {
        let mut all = Problems::new();
        for problem in problems.as_slice() {
            all.push(placed(problem));
        }
        all
    })?;
    let text = canonical_json(&content);
    let sha256 = sha256_hex(text.as_bytes());
    let id = Uuid::now_v7();
    let delivered = rows::deliver(&mut tx, application, id, &text, &sha256).await?;
    if delivered.is_none() {
        return Err(CaseError::problem(
            "outturn_sent",
            "",
            "What came of this project was sent before; it cannot be changed.",
        ));
    }
    let answer = KeptAnswer {
        body_hash,
        answer: id,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, idempotency_key, &answer).await?;
    let detail = json!({"outturn": id, "sha256": sha256});
    let entry = deed(actor, "outturn_send", "application", application, detail);
    let evaluate = work(
        WorkKind::EvaluateOutturn,
        TenantId(row.funder_tenant_id),
        actor.tenant,
        submission.submission_id,
    );
    casework.commit(tx, entry, &[evaluate]).await
}

/// Job: evaluates what came of a project, beside the run of what was promised.
pub async fn evaluate_outturn(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let (_, case) = submitted_case(&mut tx, job.subject_id).await?;
    let row = rows::received(&mut tx, &[job.subject_id])
        .await?
        .pop()
        .ok_or(CaseError::NotFound)?;
    let content: Value = serde_json::from_str(&row.document).map_err(CaseError::internal)?;
    let programme = engines::programme_version(&case);
    let question = value_map::outturn_request(&case, &content);
    let answered = tokio::task::spawn_blocking(move || evaluated(question))
        .await
        .map_err(CaseError::internal)?;
    let run = engines::sroi_run("sroi_outturn", job.subject_id, &answered, programme);
    let run = runs::keep(&mut tx, &run).await?;
    let detail = json!({"outturn": row.outturn_id, "run": run});
    let entry = job_deed("evaluate_outturn", "submission", job.subject_id, detail);
    finish(casework, tx, job, entry, &[]).await
}

/// What came of several delivered projects.
pub async fn outturns_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, ReceivedOutturnView>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let mut gathered = Vec::new();
    for row in rows::received(&mut tx, ids).await? {
        let (_, case) = submitted_case(&mut tx, row.submission_id).await?;
        gathered.push((row, case));
    }
    tx.end_read().await?;
    let views = tokio::task::spawn_blocking(move || {
        let view = |(row, case): &(rows::ReceivedOutturnRow, Case)| {
            let content: Value = serde_json::from_str(&row.document).unwrap_or_default();
            let came = value_map::outturn_request(case, &content);
            let view = ReceivedOutturnView {
                received_at: row.received_at,
                difference: difference(
                    value_map::outturn_request(case, &value_map::forecast(case)),
                    came,
                ),
                content,
            };
            (row.submission_id, view)
        };
        gathered.iter().map(view).collect()
    });
    views.await.map_err(CaseError::internal)
}
