//! Submitting: every section is complete, the version is frozen and hashed, exactly that is delivered
//! to the funder, and the work that follows enters the ledger in the same transaction. The database's
//! clock judges the deadline in the last statement.
use access::{Action, Actor, TenantId};
use explain::{Problem, Problems, sha256_hex};
use grants::{ApplicationStage, SizeBand};
use money::Hkd;
use serde_json::json;
use store::{
    TenantTx,
    applications::{self as rows, ApplicationRow, Delivery},
    files,
    idempotency::{self, KeptAnswer},
    organisations,
    published::{self, RoundRow},
    work::{NewWork, WorkKind},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    application_read::{draft_proxies, saved},
    application_start::{round_closed, same_body},
    budget::Budget,
    context::{deed, work},
    document::{self, Frozen},
    draft::Draft,
    settings::Settings,
};

/// The work that every submission causes.
pub(crate) const WORK_OF_A_SUBMISSION: [WorkKind; 3] = [
    WorkKind::Screen,
    WorkKind::EvaluateSroi,
    WorkKind::Apportion,
];

/// Submits a draft, or returns what the same key submitted before.
pub async fn application_submit(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
    idempotency_key: &str,
) -> CaseResult<Uuid> {
    const OPERATION: &str = "application_submit";
    let mut tx = casework.begin(actor, Action::ApplicationSubmit).await?;
    let body_hash = sha256_hex(application.as_bytes());
    let kept = idempotency::take(&mut tx, actor.user.0, OPERATION, idempotency_key).await?;
    if let Some(kept) = kept {
        tx.end_read().await?;
        return same_body(&kept, &body_hash);
    }
    let row = rows::lock(&mut tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    let round = published::round(&mut tx, row.round_id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let stage = ApplicationStage::from_name(&row.stage);
    let now = published::clock(&mut tx).await?;
    match stage.map(|stage| stage.submit(now, round.closes_at)) {
        Some(Ok(_)) => {}
        Some(Err(grants::StageError::RoundClosed)) => return Err(round_closed(&round.closes_at)),
        Some(Err(grants::StageError::NotDraft | grants::StageError::Withdrawn)) | None => {
            return Err(CaseError::problem(
                "not_draft",
                "",
                "Only a draft can be submitted; this one has been submitted or withdrawn.",
            ));
        }
    }
    refuse_incomplete(&mut tx, &row).await?;
    let parcel = pack(&mut tx, &row, &round).await?;
    let submission = Uuid::now_v7();
    let answer = KeptAnswer {
        body_hash,
        answer: application,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, idempotency_key, &answer).await?;
    let entry = deed(
        actor,
        "application_submit",
        "application",
        application,
        json!({"submission": submission, "version": parcel.version_no, "sha256": parcel.frozen.sha256}),
    );
    let funder = TenantId(row.funder_tenant_id);
    let mut ready = tx
        .write(&[entry], &work_of(funder, actor.tenant, submission))
        .await?;
    let delivered =
        rows::deliver(&mut ready, &parcel.delivery(submission, application, actor)).await?;
    if delivered.is_none() {
        ready.roll_back().await?;
        return Err(round_closed(&round.closes_at));
    }
    ready.commit().await?;
    casework.bell.ring();
    Ok(application)
}

/// The work rows of one submission.
pub(crate) fn work_of(funder: TenantId, origin: TenantId, submission: Uuid) -> Vec<NewWork> {
    WORK_OF_A_SUBMISSION
        .into_iter()
        .map(|kind| work(kind, funder, origin, submission))
        .collect()
}

/// Lists everything that is wrong or missing in any section, each path led by its section.
async fn refuse_incomplete(tx: &mut TenantTx, row: &ApplicationRow) -> CaseResult<()> {
    let mut all = Problems::new();
    for section in Draft::read(tx, row.clone()).await?.sections() {
        for problem in section.problems {
            let path = if problem.path.is_empty() {
                section.code.clone()
            } else {
                format!("{}.{}", section.code, problem.path)
            };
            all.push(Problem { path, ..problem });
        }
    }
    if all.is_empty() {
        Ok(())
    } else {
        Err(all.into())
    }
}

/// A frozen version with everything that its delivery states beside it.
pub(crate) struct Parcel {
    pub(crate) version_no: i32,
    pub(crate) frozen: Frozen,
    pub(crate) name: explain::Text,
    pub(crate) title: explain::Text,
    pub(crate) size_band: SizeBand,
    pub(crate) ask: Hkd,
    pub(crate) total_cost: Hkd,
    pub(crate) cells: serde_json::Value,
    pub(crate) shares: serde_json::Value,
}

impl Parcel {
    pub(crate) fn delivery(
        &self,
        submission: Uuid,
        application: Uuid,
        actor: &Actor,
    ) -> Delivery<'_> {
        Delivery {
            submission_id: submission,
            application_id: application,
            version_no: self.version_no,
            document: &self.frozen.text,
            sha256: &self.frozen.sha256,
            actor: actor.user.0,
            applicant: (&self.name.en, &self.name.zh),
            size_band: self.size_band.as_str(),
            title: (&self.title.en, &self.title.zh),
            ask: self.ask.decimal(),
            total_cost: self.total_cost.decimal(),
            cells: self.cells.clone(),
            shares: self.shares.clone(),
        }
    }
}

/// Freezes the sections as they are saved.
pub(crate) async fn pack(
    tx: &mut TenantTx,
    row: &ApplicationRow,
    round: &RoundRow,
) -> CaseResult<Parcel> {
    let sections = saved(tx, row.application_id).await?;
    let legal = organisations::own(tx).await?.ok_or(CaseError::NotFound)?;
    let identifiers = organisations::identifiers(tx, row.organisation_id).await?;
    let facts = organisations::facts(tx, row.organisation_id).await?;
    let programme = published::programme(tx, round.programme_id, &round.programme_version)
        .await?
        .ok_or(CaseError::NotFound)?;
    let before = rows::submission(tx, row.application_id).await?;
    let version_no = before.map_or(1, |before| before.version_no + 1);
    let reference_year = Settings::of(&programme.body)?.reference_year;
    let mut attached = files::list(tx, row.application_id).await?;
    // What is still in quarantine goes along: a scan must not cost the deadline.
    attached.retain(|file| file.state == "quarantined" || file.state == "clean");
    let frozen = document::freeze(
        &row.reference,
        version_no,
        round,
        (&legal, &identifiers, &facts),
        &sections,
        &draft_proxies(tx, &sections).await?,
        &attached,
    );
    let budget = sections.get("budget").cloned().unwrap_or_default();
    let budget = Budget::read(&budget, &mut Problems::new());
    let subvention = facts
        .iter()
        .find(|fact| {
            fact.path == "org.provisional_subvention_hkd"
                && reference_year.is_some_and(|year| year.to_string() == fact.financial_year)
        })
        .and_then(|fact| Hkd::try_from_text(fact.value.as_str()?).ok());
    Ok(Parcel {
        version_no,
        frozen,
        name: explain::Text::new(&legal.name_en, &legal.name_zh),
        title: document::title(&sections),
        // Without a known subvention an organisation counts as small.
        size_band: SizeBand::of(subvention.unwrap_or_default()),
        ask: budget.ask(),
        total_cost: budget.total_cost(),
        cells: budget.cell_rows(),
        shares: document::share_rows(&sections),
    })
}
