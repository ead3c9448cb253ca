//! Job: screens a submission against the programme's criteria, with its procurement plan, and counts
//! it in the sector.
use std::collections::BTreeMap;

use explain::sha256_hex;
use money::Amount;
use serde_json::{Value, json};
use store::{
    TenantTx, awards,
    received::{self, ReceivedRow},
    runs,
    sector::{self, ContributionRow},
    work::{self as ledger, ClaimedWork, WorkKind},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    assembly::{Case, Rules, hong_kong_day},
    context::{job_deed, work},
    document, engines, proxy_snapshot,
};

/// Screens one submission. Whether the run was kept is the fence's to say: a worker that lost its
/// claim changes nothing.
pub async fn screen(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let (received, case) = submitted_case(&mut tx, job.subject_id).await?;
    let again = was_screened_otherwise(&mut tx, job.subject_id, &case).await?;
    let answered = engines::eligibility(&case)?;
    let run = runs::keep(
        &mut tx,
        &engines::eligibility_run(job.subject_id, &answered),
    )
    .await?;
    let plan = engines::procurement(&case)
        .unwrap_or_else(|problems| engines::refused(case.section("procurement"), &problems));
    runs::keep(&mut tx, &engines::procurement_run(job.subject_id, &plan)).await?;
    let state = answered.answer["state"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let params = json!({"state": state, "run": run, "version": case.rules.programme["version"]});
    let code = if again { "rescreened" } else { "screened" };
    received::status_deliver(&mut tx, job.subject_id, code, &params).await?;
    contribute(casework, &mut tx, &received, money::Decimal::ZERO).await?;
    let entry = job_deed("screen", "submission", job.subject_id, params);
    let follow = [rank_again(job, received.round_id), refresh_sector(job)];
    finish(casework, tx, job, entry, &follow).await
}

/// Whether an earlier verdict on it was made under another version of the rules.
async fn was_screened_otherwise(
    tx: &mut TenantTx,
    submission: Uuid,
    case: &Case,
) -> CaseResult<bool> {
    let version = case.rules.programme["version"].as_str().unwrap_or_default();
    let runs = runs::latest(tx, &[submission], &["eligibility"]).await?;
    Ok(runs.iter().any(|run| run.ruleset_version != version))
}

/// The frozen document as the calculators need it, under the rules of its round.
pub(crate) async fn submitted_case(
    tx: &mut TenantTx,
    submission: Uuid,
) -> CaseResult<(ReceivedRow, Case)> {
    let received = received::find(tx, submission)
        .await?
        .ok_or(CaseError::NotFound)?;
    let round = store::published::round(tx, received.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let document: Value = serde_json::from_str(&received.document).map_err(CaseError::internal)?;
    let (sections, identifiers, facts) = document::thaw(&document);
    let case = Case {
        proxies: proxy_snapshot::thawed(&document),
        sections,
        facts,
        identifiers,
        awarded_to_date: awards::net_total(
            tx,
            received.applicant_tenant_id,
            round.programme_id,
            &received.reference,
        )
        .await?,
        submitted_on: hong_kong_day(received.received_at),
        received_before: Some(
            store::rules::received_before(tx, submission, round.programme_id).await?,
        ),
        rules: Rules::load(tx, round.programme_id, &round.programme_version).await?,
    };
    Ok((received, case))
}

/// Commits a job's results, provided its claim still holds.
pub(crate) async fn finish(
    casework: &Casework,
    mut tx: TenantTx,
    job: &ClaimedWork,
    entry: store::AuditEntry,
    follow: &[ledger::NewWork],
) -> CaseResult<()> {
    if !ledger::finish(&mut tx, job.work_id, job.fence).await? {
        tx.end_read().await?;
        return Ok(());
    }
    tx.commit(&[entry], follow).await?;
    if !follow.is_empty() {
        casework.bell.ring();
    }
    Ok(())
}

/// How long a re-rank waits for further evaluations of its round.
const RERANK_DELAY: std::time::Duration = std::time::Duration::from_secs(1);

/// One provisional re-rank of the round, however many evaluations ask for it.
pub(crate) fn rank_again(job: &ClaimedWork, round: Uuid) -> ledger::NewWork {
    ledger::NewWork {
        delay: RERANK_DELAY,
        ..work(WorkKind::RankRound, job.tenant_id, job.tenant_id, round)
    }
}

/// One refresh of the sector report.
pub(crate) fn refresh_sector(job: &ClaimedWork) -> ledger::NewWork {
    let sector = Uuid::nil();
    ledger::NewWork {
        delay: RERANK_DELAY,
        ..work(WorkKind::ReportSector, job.tenant_id, job.tenant_id, sector)
    }
}

/// States what a submission contributes to the sector report.
pub(crate) async fn contribute(
    casework: &Casework,
    tx: &mut TenantTx,
    received: &ReceivedRow,
    awarded: money::Decimal,
) -> CaseResult<()> {
    let mut shares = BTreeMap::<String, BTreeMap<String, String>>::new();
    for row in store::received::shares(tx, &[received.submission_id]).await? {
        let share = Amount::from_decimal(row.share).to_string();
        shares.entry(row.kind).or_default().insert(row.code, share);
    }
    let row = ContributionRow {
        contributor_key: contributor_key(casework, received.applicant_tenant_id),
        size_band: received.size_band.clone(),
        asked: received.ask,
        awarded,
        shares: json!(shares),
    };
    Ok(sector::contribute(tx, received.submission_id, &row).await?)
}

/// The key under which an organisation is counted: without the secret nobody can tell whose it is.
pub(crate) fn contributor_key(casework: &Casework, applicant: Uuid) -> String {
    sha256_hex(format!("{}:{applicant}", casework.secrets.sector_key).as_bytes())
}
