//! Job: ranks the eligible applications of a round on fixed anchors and selects the best set that
//! the budget allows. What it makes is a proposal; a named person adopts it.
use std::collections::BTreeMap;

use explain::{Step, json::Json};
use money::Decimal;
use serde_json::{Map, Value, json};
use store::{
    TenantTx, published, rankings,
    received::{self, ReceivedRow},
    reviews, runs,
    work::ClaimedWork,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    application_read::PAGE_ROWS_MAX,
    context::job_deed,
    engines::{self, Answered},
    screen::finish,
    settings::Settings,
    sroi_read::{self, counting_runs},
};

/// How each figure that the machine reads was read, by reference.
type Readings = BTreeMap<String, Vec<Step>>;

/// Ranks one round.
pub async fn rank_round(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let round = published::round(&mut tx, job.subject_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let programme = published::programme(&mut tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let settings = Settings::of(&programme.body)?;
    let eligible = eligible(&mut tx, round.round_id).await?;
    let (scores, readings) = scores(&mut tx, &settings, &eligible).await?;
    if eligible.is_empty() {
        // Nothing to rank yet is an answer, not an error.
        let entry = job_deed(
            "rank_round",
            "round",
            round.round_id,
            json!({"eligible": 0}),
        );
        return finish(casework, tx, job, entry, &[]).await;
    }
    let question = rank_question(&settings, &eligible, &scores);
    let budget = crate::assembly::hkd(round.budget)?;
    let computed = tokio::task::spawn_blocking(move || {
        let ranked = rank(question, &readings)?;
        let select = select_question(&settings, budget, &eligible, &ranked.answer);
        let selected = select.map(select_answer).transpose()?;
        CaseResult::Ok((ranked, selected))
    });
    let (ranked, selected) = computed.await.map_err(CaseError::internal)??;
    let version = (
        round.programme_id.to_string(),
        round.programme_version.clone(),
    );
    let engine = (ranking::ENGINE_NAME, ranking::ENGINE_VERSION);
    let kept = |kind, answered: &Answered| {
        engines::run(
            kind,
            round.round_id,
            answered,
            version.clone(),
            &Value::Null,
            engine,
        )
    };
    let rank_run = runs::keep(&mut tx, &kept("rank", &ranked)).await?;
    let select_run = match &selected {
        Some(selected) => Some(runs::keep(&mut tx, &kept("select", selected)).await?),
        None => None,
    };
    let provisional = round.stage == "open";
    let id = rankings::keep(&mut tx, round.round_id, rank_run, select_run, provisional).await?;
    let entry = job_deed(
        "rank_round",
        "round",
        round.round_id,
        json!({"ranking": id}),
    );
    finish(casework, tx, job, entry, &[]).await
}

/// Every current submission of a round.
pub(crate) async fn current(tx: &mut TenantTx, round: Uuid) -> CaseResult<Vec<ReceivedRow>> {
    let page = i64::try_from(PAGE_ROWS_MAX).map_err(CaseError::internal)?;
    let mut all: Vec<ReceivedRow> = Vec::new();
    loop {
        let after = all.last().map(|row| row.reference.clone());
        let rows = received::list(tx, round, page, after.as_deref()).await?;
        let last = rows.len() < PAGE_ROWS_MAX;
        all.extend(rows);
        if last {
            return Ok(all);
        }
    }
}

/// The submissions that were screened as eligible: only these are ranked.
async fn eligible(tx: &mut TenantTx, round: Uuid) -> CaseResult<Vec<ReceivedRow>> {
    let all = current(tx, round).await?;
    let ids: Vec<Uuid> = all.iter().map(|row| row.submission_id).collect();
    let verdicts = runs::latest(tx, &ids, &["eligibility"]).await?;
    let states: BTreeMap<Uuid, bool> = verdicts
        .iter()
        .map(|run| {
            let output: Value = serde_json::from_str(&run.output).unwrap_or_default();
            (run.subject_id, output["state"] == "eligible")
        })
        .collect();
    Ok(all
        .into_iter()
        .filter(|row| states.get(&row.submission_id) == Some(&true))
        .collect())
}

/// Scores by submission: SROI at the low end of its range, the rest as the mean of the reviews.
async fn scores(
    tx: &mut TenantTx,
    settings: &Settings,
    rows: &[ReceivedRow],
) -> CaseResult<(BTreeMap<Uuid, Map<String, Value>>, Readings)> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.submission_id).collect();
    let mut scores: BTreeMap<Uuid, Map<String, Value>> =
        ids.iter().map(|id| (*id, Map::new())).collect();
    let mut readings = Readings::new();
    let counting = counting_runs(tx, &ids).await?;
    for row in rows {
        let Some(run) = counting.get(&row.submission_id) else {
            continue;
        };
        let document: Value = serde_json::from_str(&row.document).map_err(CaseError::internal)?;
        let scope = document["sections"]["project"]["scope_code"].as_str();
        for dimension in settings.rubric.iter().filter(|each| each.machine_read) {
            if let Some(reading) = sroi_read::read(run, dimension, scope.unwrap_or_default())?
                && let Some(scores) = scores.get_mut(&row.submission_id)
            {
                scores.insert(dimension.id.clone(), json!(reading.score));
                let steps: &mut Vec<Step> = readings.entry(row.reference.clone()).or_default();
                steps.push(reading.step);
            }
        }
    }
    let submitted: Vec<_> = reviews::list(tx, &ids)
        .await?
        .into_iter()
        .filter(|review| review.state == "submitted")
        .collect();
    let review_ids: Vec<Uuid> = submitted.iter().map(|review| review.review_id).collect();
    let levels = reviews::scores(tx, &review_ids).await?;
    for (id, scores) in &mut scores {
        let own: Vec<Uuid> = submitted
            .iter()
            .filter(|review| review.submission_id == *id)
            .map(|review| review.review_id)
            .collect();
        if own.len() < settings.reviews_min {
            continue;
        }
        for dimension in settings
            .rubric
            .iter()
            .filter(|dimension| !dimension.machine_read)
        {
            let given: Vec<i16> = levels
                .iter()
                .filter(|score| own.contains(&score.review_id) && score.dimension == dimension.id)
                .map(|score| score.level)
                .collect();
            if let Some(mean) = mean(&given) {
                scores.insert(dimension.id.clone(), json!(money::normal_text(mean)));
            }
        }
    }
    Ok((scores, readings))
}

/// The mean level with six places, half away from zero.
fn mean(levels: &[i16]) -> Option<Decimal> {
    let count = Decimal::from(i64::try_from(levels.len()).ok()?);
    let sum: Decimal = levels.iter().map(|level| Decimal::from(*level)).sum();
    Some(money::round_half_away(sum.checked_div(count)?, 6))
}

fn rank_question(
    settings: &Settings,
    rows: &[ReceivedRow],
    scores: &BTreeMap<Uuid, Map<String, Value>>,
) -> Value {
    let criteria: Vec<Value> = settings
        .rubric
        .iter()
        .map(|dimension| {
            json!({"id": dimension.id, "weight": dimension.weight, "direction": "max",
                   "zero": dimension.zero, "hundred": dimension.hundred})
        })
        .collect();
    let applications: Vec<Value> = rows
        .iter()
        .map(|row| json!({"id": row.reference, "scores": scores.get(&row.submission_id)}))
        .collect();
    json!({"format": 1, "criteria": criteria, "applications": applications,
           "stability": settings.stability})
}

fn rank(question: Value, readings: &Readings) -> CaseResult<Answered> {
    let request = ranking::rank::read(&Json::from(&question)).map_err(refused)?;
    let ranking = ranking::rank::evaluate(&request).map_err(refused)?;
    let mut answer = ranking.to_json();
    let working: Map<String, Value> = ranking
        .applications
        .iter()
        .filter_map(|ranked| {
            let read = readings.get(&ranked.id).cloned().unwrap_or_default();
            let working = ranked.score_working()?.children(read);
            Some((ranked.id.clone(), json!(working)))
        })
        .collect();
    answer["working"] = Value::Object(working);
    Ok(Answered {
        answer,
        input_hash: request.input_hash(),
        question,
    })
}

/// The selection among the ranked; none when nothing is ranked.
fn select_question(
    settings: &Settings,
    budget: money::Hkd,
    rows: &[ReceivedRow],
    ranked: &Value,
) -> Option<Value> {
    let applications: Vec<Value> = ranked["applications"]
        .as_array()?
        .iter()
        .filter(|application| !application["rank"].is_null())
        .filter_map(|application| {
            let row = rows
                .iter()
                .find(|row| application["id"] == row.reference.as_str())?;
            Some(json!({
                "id": row.reference,
                "group": row.applicant_tenant_id,
                "small": row.size_band == "small",
                "cost": money::fixed_text(row.ask, 2),
                "score": application["score"],
            }))
        })
        .collect();
    (!applications.is_empty()).then(|| {
        json!({"format": 1, "budget": budget.to_string(), "applications": applications,
               "constraints": settings.constraints})
    })
}

fn select_answer(question: Value) -> CaseResult<Answered> {
    let request = ranking::select::read(&Json::from(&question)).map_err(refused)?;
    let answer = ranking::select::evaluate(&request)
        .map_err(refused)?
        .to_json();
    Ok(Answered {
        answer,
        input_hash: request.input_hash(),
        question,
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err calls"
)]
fn refused(problems: explain::Problems) -> CaseError {
    CaseError::internal(format!("ranking: {problems}"))
}
