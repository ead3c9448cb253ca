//! Job: ranks the eligible applications of a round on fixed anchors and selects the best set that
//! the budget allows. What it makes is a proposal; a named person adopts it.
use std::collections::BTreeMap;

use serde_json::{Value, json};
use store::{
    TenantTx, published,
    rankings::{self, RankingRuns},
    received::{self, ReceivedRow},
    runs,
    work::ClaimedWork,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    application_read::PAGE_ROWS_MAX,
    context::job_deed,
    engines::{self, Answered},
    panel_settings::{PanelSettings, Severity},
    rank_question::{Around, beside_question, rank, rank_question, select, select_question},
    rank_scores::{Material, adjusted, material},
    screen::finish,
    settings::Settings,
};

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
    let panel = PanelSettings::of(&programme.body)?;
    let eligible = eligible(&mut tx, round.round_id).await?;
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
    let material = material(&mut tx, &settings, &eligible).await?;
    let around = Around::load(&mut tx, eligible).await?;
    let budget = crate::assembly::hkd(round.budget)?;
    let computed =
        tokio::task::spawn_blocking(move || compute(&settings, &panel, &material, &around, budget))
            .await
            .map_err(CaseError::internal)??;
    let version = (
        round.programme_id.to_string(),
        round.programme_version.clone(),
    );
    let mut kept = Vec::new();
    for (kind, answered) in computed.all() {
        let run = match answered {
            Some(answered) => {
                let run = run(kind, round.round_id, answered, version.clone());
                Some(runs::keep(&mut tx, &run).await?)
            }
            None => None,
        };
        kept.push(run);
    }
    let [rank, select, severity, beside] = kept[..] else {
        return Err(CaseError::internal("a ranking has four runs"));
    };
    let rests_on = RankingRuns {
        rank: rank.ok_or_else(|| CaseError::internal("no ranking was computed"))?,
        select,
        severity,
        beside,
    };
    let provisional = round.stage == "open";
    let id = rankings::keep(&mut tx, round.round_id, rests_on, provisional).await?;
    let entry = job_deed(
        "rank_round",
        "round",
        round.round_id,
        json!({"ranking": id}),
    );
    finish(casework, tx, job, entry, &[]).await
}

fn run(
    kind: &'static str,
    round: Uuid,
    answered: &Answered,
    version: (String, String),
) -> runs::NewRun {
    let engine = (ranking::ENGINE_NAME, ranking::ENGINE_VERSION);
    engines::run(kind, round, answered, version, &Value::Null, engine)
}

struct Computed {
    rank: Answered,
    select: Option<Answered>,
    severity: Option<Answered>,
    beside: Option<Answered>,
}

impl Computed {
    fn all(&self) -> [(&'static str, Option<&Answered>); 4] {
        [
            ("rank", Some(&self.rank)),
            ("select", self.select.as_ref()),
            ("severity", self.severity.as_ref()),
            ("rank_beside", self.beside.as_ref()),
        ]
    }
}

/// The official order, the best set in it, and what stands beside them.
fn compute(
    settings: &Settings,
    panel: &PanelSettings,
    material: &Material,
    around: &Around,
    budget: money::Hkd,
) -> CaseResult<Computed> {
    let raw = material.raw(settings);
    let severity = material.severity(settings)?;
    let other = match (&severity, panel.severity) {
        (Some(severity), Severity::Beside | Severity::Adjusted) => {
            Some(adjusted(&raw, &severity.answer))
        }
        _ => None,
    };
    let (official, beside) = match (other, panel.severity) {
        (Some(adjusted), Severity::Adjusted) => (adjusted, Some(raw)),
        (other, _) => (raw, other),
    };
    let question = rank_question(settings, panel, around, &official, budget);
    let beside = beside.map(|scores| beside_question(&question, &scores));
    let beside = beside
        .map(|question| rank(question, &BTreeMap::new()))
        .transpose()?;
    let rank = rank(question, &material.readings)?;
    let select = select_question(settings, budget, around, &rank.answer)?
        .map(select)
        .transpose()?;
    Ok(Computed {
        rank,
        select,
        severity,
        beside,
    })
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
