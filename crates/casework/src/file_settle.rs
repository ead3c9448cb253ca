//! Job: brings a supporting document to rest. What waits in quarantine is held against its hash and scanned; the
//! bytes of what was refused or removed are dropped.
use explain::sha256_hex;
use serde_json::json;
use store::{
    TenantTx, applications,
    files::{self as rows, FileRow},
    work::{self as ledger, ClaimedWork},
};

use crate::{
    CaseError, CaseResult, Casework, FilesError, Scanned, context::job_deed, file_upload::settling,
    files::NO_SCANNER, screen::finish,
};

/// Settles one file. A scanner without a verdict leaves it in quarantine; it is asked again.
pub async fn file_settle(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let row = rows::find(&mut tx, job.subject_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    // Nothing is held while bytes move.
    tx.end_read().await?;
    match row.state.as_str() {
        "quarantined" => scan(casework, job, &row).await,
        "refused" | "removed" => forget(casework, job, &row).await,
        _ => Ok(()),
    }
}

/// What a file is found to be.
struct Verdict {
    state: &'static str,
    reason: Option<&'static str>,
    scanner: &'static str,
    signature: Option<String>,
}

async fn scan(casework: &Casework, job: &ClaimedWork, row: &FileRow) -> CaseResult<()> {
    let verdict = verdict(casework, row).await?;
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    // Submitting and settling take turns: a copy is delivered with the state that it has.
    applications::lock(&mut tx, row.application_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let from = ["quarantined"];
    let scanner = Some(verdict.scanner);
    if !rows::settle(
        &mut tx,
        row.file_id,
        &from,
        verdict.state,
        verdict.reason,
        scanner,
    )
    .await?
    {
        tx.end_read().await?;
        return Ok(());
    }
    rows::deliver_state(&mut tx, row.file_id).await?;
    let detail = json!({"state": verdict.state, "scanner": verdict.scanner, "reason": verdict.reason,
                        "signature": verdict.signature, "sha256": row.sha256});
    let entry = job_deed("file_settle", "file", row.file_id, detail);
    let follow: Vec<ledger::NewWork> = (verdict.state == "refused")
        .then(|| settling(job.tenant_id, row.file_id))
        .into_iter()
        .collect();
    finish(casework, tx, job, entry, &follow).await
}

async fn verdict(casework: &Casework, row: &FileRow) -> CaseResult<Verdict> {
    let scanner = casework.scanner.as_ref();
    let name = scanner.map_or(NO_SCANNER, |scanner| scanner.name());
    let refused = |reason, signature| Verdict {
        state: "refused",
        reason: Some(reason),
        scanner: name,
        signature,
    };
    let bytes = match casework.files.get(&row.object_name).await {
        Ok(bytes) => bytes,
        Err(FilesError::Missing) => return Ok(refused("file_missing", None)),
        Err(error @ FilesError::Unavailable(_)) => return Err(CaseError::internal(error)),
    };
    let hashing = tokio::task::spawn_blocking(move || (sha256_hex(&bytes), bytes));
    let (sha256, bytes) = hashing.await.map_err(CaseError::internal)?;
    if sha256 != row.sha256 {
        return Ok(refused("file_changed", None));
    }
    let found = match scanner {
        Some(scanner) => scanner.scan(&bytes).await.map_err(CaseError::internal)?,
        None => Scanned::Clean,
    };
    Ok(match found {
        Scanned::Infected(signature) => refused("file_infected", Some(signature)),
        Scanned::Clean => Verdict {
            state: "clean",
            reason: None,
            scanner: name,
            signature: None,
        },
    })
}

async fn forget(casework: &Casework, job: &ClaimedWork, row: &FileRow) -> CaseResult<()> {
    casework
        .files
        .delete(&row.object_name)
        .await
        .map_err(CaseError::internal)?;
    let tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let detail = json!({"state": row.state, "sha256": row.sha256});
    let entry = job_deed("file_drop", "file", row.file_id, detail);
    finish(casework, tx, job, entry, &[]).await
}
