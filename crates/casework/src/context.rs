//! What every deed needs: the database, the bell that wakes workers, and two keys.
use std::sync::Arc;

use access::{Action, Actor, may};
use store::{
    AuditEntry, Databases, TenantTx,
    work::{NewWork, WorkKind},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{CaseError, CaseResult, CheckpointLog, Files, NoCheckpointLog, NoFiles, Scanner};

/// Passwords hashed at one time: each takes 19 MiB and a core.
const HASHINGS_MAX: usize = 2;

/// Wakes idle workers. A lost ring costs at most the poll of one second.
pub trait Bell: Send + Sync {
    /// New work was committed.
    fn ring(&self);
}

/// A bell that wakes nobody: workers find the work at their next poll.
pub struct NoBell;

impl Bell for NoBell {
    fn ring(&self) {}
}

/// Keys that never reach the database.
#[derive(Clone)]
pub struct Secrets {
    /// Turns an organisation into the key under which the sector report counts it.
    pub sector_key: String,
    /// Signs the checkpoints of the audit trail: 32 bytes in hexadecimal.
    pub audit_key: String,
}

/// The product without its doors: every public function of this crate takes it first.
#[derive(Clone)]
pub struct Casework {
    pub(crate) databases: Databases,
    pub(crate) bell: Arc<dyn Bell>,
    pub(crate) secrets: Secrets,
    pub(crate) hashing: Arc<Semaphore>,
    pub(crate) checkpoints: Arc<dyn CheckpointLog>,
    pub(crate) files: Arc<dyn Files>,
    pub(crate) scanner: Option<Arc<dyn Scanner>>,
    /// Whether the sign-in page may list the demonstration users.
    pub demo: bool,
}

impl Casework {
    /// Puts the parts together.
    pub fn new(databases: Databases, bell: Arc<dyn Bell>, secrets: Secrets, demo: bool) -> Self {
        Self {
            databases,
            bell,
            secrets,
            hashing: Arc::new(Semaphore::new(HASHINGS_MAX)),
            checkpoints: Arc::new(NoCheckpointLog),
            files: Arc::new(NoFiles),
            scanner: None,
            demo,
        }
    }

    /// Keeps signed checkpoints in a place outside the database as well.
    #[must_use]
    pub fn with_checkpoints(mut self, log: Arc<dyn CheckpointLog>) -> Self {
        self.checkpoints = log;
        self
    }

    /// Keeps supporting documents in a store, looked at by a virus scanner where there is one.
    #[must_use]
    pub fn with_files(mut self, files: Arc<dyn Files>, scanner: Option<Arc<dyn Scanner>>) -> Self {
        self.files = files;
        self.scanner = scanner;
        self
    }

    /// Whether the database answers, for `/readyz`.
    pub async fn is_ready(&self) -> bool {
        self.databases.answers().await
    }

    /// Begins for an actor who may do `action`; to everybody else the thing does not exist.
    pub(crate) async fn begin(&self, actor: &Actor, action: Action) -> CaseResult<TenantTx> {
        if !may(actor, action) {
            return Err(CaseError::NotFound);
        }
        Ok(TenantTx::begin(&self.databases.app, actor.tenant).await?)
    }

    /// Commits with the audit entry and the work that follows, then wakes workers.
    pub(crate) async fn commit(
        &self,
        tx: TenantTx,
        audit: AuditEntry,
        work: &[NewWork],
    ) -> CaseResult<()> {
        tx.commit(&[audit], work).await?;
        if !work.is_empty() {
            self.bell.ring();
        }
        Ok(())
    }
}

/// The audit entry of a person's deed.
pub(crate) fn deed(
    actor: &Actor,
    action: &'static str,
    subject_kind: &'static str,
    subject: Uuid,
    detail: serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        actor: Some(actor.user.0),
        actor_name: actor.name.clone(),
        action,
        subject_kind,
        subject,
        detail,
    }
}

/// The audit entry of a job.
pub(crate) fn job_deed(
    action: &'static str,
    subject_kind: &'static str,
    subject: Uuid,
    detail: serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        actor: None,
        actor_name: "worker".to_owned(),
        action,
        subject_kind,
        subject,
        detail,
    }
}

/// How often the ordinary work is tried.
const ATTEMPTS: i32 = 5;

/// Work in one tenant on behalf of another, once per subject while it waits.
pub(crate) fn work(
    kind: WorkKind,
    tenant: access::TenantId,
    origin: access::TenantId,
    subject: Uuid,
) -> NewWork {
    NewWork {
        work_id: Uuid::now_v7(),
        kind,
        tenant_id: tenant,
        origin_id: origin,
        subject_id: subject,
        dedup_key: subject.to_string(),
        priority: 0,
        attempt_max: ATTEMPTS,
        delay: std::time::Duration::ZERO,
        trace_id: None,
    }
}
