//! Applications: drafts as they would be saved, and frozen versions with the dates of their round.
use std::collections::BTreeMap;

use access::{Actor, TenantId, TenantKind, UserId};
use serde_json::json;
use store::{
    TenantTx,
    applications::{self as rows, NewApplication},
    published, seed,
};
use uuid::Uuid;

use super::{Files, Row, SeedError, SeedTarget, fixed_id};
use crate::{CaseError, context::job_deed, submit};

/// Frozen version by application; none for drafts.
pub(super) type Submissions = BTreeMap<Uuid, Option<Uuid>>;

/// Loads every application that is not there yet.
pub(super) async fn load(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
) -> Result<Submissions, SeedError> {
    let mut loaded = Submissions::new();
    for row in files.under("demo/applications/") {
        let submission = one(target, files, &row).await?;
        loaded.insert(row.id("id")?, submission);
    }
    Ok(loaded)
}

async fn one(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    row: &Row<'_>,
) -> Result<Option<Uuid>, SeedError> {
    let application = row.id("id")?;
    let submitted = row.value["submitted_at"].is_string();
    let submission = submitted.then(|| fixed_id(&format!("submission:{application}")));
    let tenant = TenantId(row.id("tenant_id")?);
    let writer = writer(files, tenant)?;
    let mut tx = TenantTx::begin_seed(target.owner, tenant).await?;
    if rows::find(&mut tx, application).await?.is_some() {
        tx.end_read().await?;
        return Ok(submission);
    }
    let round = published::round(&mut tx, row.id("round_id")?).await?;
    let round = round.ok_or_else(|| row.content("round_id", "is not a round"))?;
    let new = NewApplication {
        application_id: application,
        organisation_id: row.id("organisation_id")?,
        reference: row.text("reference")?,
        round_id: round.round_id,
        funder_tenant_id: round.owner_tenant_id,
        created_by: writer.user.0,
    };
    rows::insert(&mut tx, &new).await?;
    let sections = row.value["sections"].as_object();
    for (code, content) in sections.into_iter().flatten() {
        rows::section_save(&mut tx, application, code, content, 0, writer.user.0).await?;
    }
    let mut work = Vec::new();
    if let Some(submission) = submission {
        let stored = rows::find(&mut tx, application)
            .await?
            .ok_or(CaseError::NotFound)?;
        let parcel = submit::pack(&mut tx, &stored, &round).await?;
        let delivery = parcel.delivery(submission, application, &writer);
        seed::submission(
            &mut tx,
            round.owner_tenant_id,
            row.time("submitted_at")?,
            &delivery,
        )
        .await?;
        work = submit::work_of(TenantId(round.owner_tenant_id), tenant, submission);
    }
    tx.commit(
        &[job_deed("seed", "application", application, json!({}))],
        &work,
    )
    .await?;
    Ok(submission)
}

/// Somebody of the applicant's, who wrote it.
fn writer(files: &Files<'_>, tenant: TenantId) -> Result<Actor, SeedError> {
    for user in files.list("demo/world.json", "users")? {
        for membership in user.rows("memberships") {
            if membership.id("tenant_id")? == tenant.0 {
                return Ok(Actor {
                    user: UserId(user.id("id")?),
                    name: user.text("name")?.to_owned(),
                    tenant,
                    kind: TenantKind::Ngo,
                    roles: std::collections::BTreeSet::new(),
                    token: None,
                });
            }
        }
    }
    Err(SeedError::Content {
        file: "demo/world.json".to_owned(),
        path: "users".to_owned(),
        cause: format!("nobody belongs to {}", tenant.0),
    })
}
