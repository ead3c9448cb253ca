//! What every deed needs: the database, the bell that wakes workers, and the keys.
use std::sync::Arc;

use access::{Action, Actor, TokenLack, may, token_lacks};
use explain::Problem;
use store::{
    AuditEntry, Databases, TenantTx,
    work::{NewWork, WorkKind},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    BreachedPasswords, CaseError, CaseResult, CheckpointLog, Files, IdentityProvider, Mailer,
    NoBreachedPasswords, NoCheckpointLog, NoFiles, NoMailer, Scanner,
};

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
    /// Seal the keys of people.
    pub field_keys: privacy::KeyRing,
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
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) breached: Arc<dyn BreachedPasswords>,
    pub(crate) public_url: String,
    pub(crate) provider: Option<Arc<dyn IdentityProvider>>,
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
            mailer: Arc::new(NoMailer),
            breached: Arc::new(NoBreachedPasswords),
            public_url: "http://127.0.0.1:8080".to_owned(),
            provider: None,
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

    /// Sends mail, whose links begin with the address under which the web app is reached.
    #[must_use]
    pub fn with_mailer(mut self, mailer: Arc<dyn Mailer>, public_url: &str) -> Self {
        self.mailer = mailer;
        public_url
            .trim_end_matches('/')
            .clone_into(&mut self.public_url);
        self
    }

    /// Refuses new passwords that this list holds.
    #[must_use]
    pub fn with_breached(mut self, list: Arc<dyn BreachedPasswords>) -> Self {
        self.breached = list;
        self
    }

    /// Lets people sign in by an identity provider as well, once they linked their account to it.
    #[must_use]
    pub fn with_provider(mut self, provider: Option<Arc<dyn IdentityProvider>>) -> Self {
        self.provider = provider;
        self
    }

    /// Whether the database answers, for `/readyz`.
    pub async fn is_ready(&self) -> bool {
        self.databases.answers().await
    }

    /// Begins for an actor who may do `action`; to everybody else the thing does not exist.
    pub(crate) async fn begin(&self, actor: &Actor, action: Action) -> CaseResult<TenantTx> {
        permitted(actor, action)?;
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

/// To whoever may not, the thing does not exist; a token's owner is told what it lacks. The log says who tried what.
pub(crate) fn permitted(actor: &Actor, action: Action) -> CaseResult<()> {
    if may(actor, action) {
        return Ok(());
    }
    tracing::warn!(user = %actor.user.0, tenant = %actor.tenant.0, ?action, "refused: no right to it");
    Err(match token_lacks(actor, action) {
        None => CaseError::NotFound,
        Some(TokenLack::Scope(scope)) => {
            let scope = scope.as_str();
            let message = format!(
                "This token lacks the scope {scope}; its owner makes one with it under \"Your account\"."
            );
            let problem = Problem::new("scope_missing", "", message);
            CaseError::Problems(problem.with("scope", scope).into())
        }
        Some(TokenLack::Person) => CaseError::problem(
            "person_wanted",
            "",
            "No token may do this; a person does it in the web app.",
        ),
    })
}

/// The audit entry of a person's deed; where a token was used, it says which.
pub(crate) fn deed(
    actor: &Actor,
    action: &'static str,
    subject_kind: &'static str,
    subject: Uuid,
    mut detail: serde_json::Value,
) -> AuditEntry {
    if let (Some(token), Some(said)) = (&actor.token, detail.as_object_mut()) {
        said.insert("token".to_owned(), token.prefix.clone().into());
    }
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
