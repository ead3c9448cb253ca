//! The only door to tenant data: a transaction with the tenant set. A writing one cannot be
//! committed without saying what the audit trail records and what work follows.
use std::collections::BTreeMap;

use access::TenantId;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::{AppPool, StoreError, WorkerPool, published::ProgrammeRow, work::NewWork};

/// One line of the audit trail, written in the transaction of the deed.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// Who; none for a job.
    pub actor: Option<Uuid>,
    /// Name as it was then, sealed with the person's key; `worker` for a job.
    pub actor_name: String,
    /// What was done: `application_submit`.
    pub action: &'static str,
    /// Kind of thing it was done to.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Uuid,
    /// What an auditor needs beyond that, never personal data.
    pub detail: serde_json::Value,
}

/// A transaction that sees one tenant's rows.
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant: TenantId,
    /// What was read of things that never change once they are there: nobody asks twice for them.
    pub(crate) published: Published,
}

/// Published bodies that this transaction has read.
#[derive(Default)]
pub(crate) struct Published {
    pub(crate) programmes: BTreeMap<(Uuid, String), ProgrammeRow>,
    pub(crate) references: BTreeMap<String, Value>,
    /// None where there is no such rule set.
    pub(crate) rule_sets: BTreeMap<String, Option<Value>>,
}

impl TenantTx {
    /// Begins for a request.
    pub async fn begin(pool: &AppPool, tenant: TenantId) -> Result<Self, StoreError> {
        Self::start(&pool.0, tenant).await
    }

    /// Begins for a job.
    pub async fn begin_job(pool: &WorkerPool, tenant: TenantId) -> Result<Self, StoreError> {
        Self::start(&pool.0, tenant).await
    }

    /// Begins as the owner, for demonstration data.
    pub async fn begin_seed(pool: &crate::OwnerPool, tenant: TenantId) -> Result<Self, StoreError> {
        Self::start(&pool.0, tenant).await
    }

    async fn start(pool: &sqlx::PgPool, tenant: TenantId) -> Result<Self, StoreError> {
        // One message to the server: the tenant is set as the transaction begins. An id needs no quoting.
        let begin = format!("begin; set local app.tenant = '{}'", tenant.0);
        let tx = pool.begin_with(AssertSqlSafe(begin)).await?;
        Ok(Self {
            tx,
            tenant,
            published: Published::default(),
        })
    }

    /// Whose rows this sees.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) fn tenant_uuid(&self) -> Uuid {
        self.tenant.0
    }

    /// The connection, for the statements of this crate and the ledger.
    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Ends a transaction that wrote nothing.
    pub async fn end_read(self) -> Result<(), StoreError> {
        self.tx.rollback().await?;
        Ok(())
    }

    /// Writes audit entries and work rows; what is left may only be a last statement and the commit.
    pub async fn write(
        mut self,
        audit: &[AuditEntry],
        work: &[NewWork],
    ) -> Result<ReadyTx, StoreError> {
        for entry in audit {
            self.audit(entry).await?;
        }
        crate::work::enqueue(&mut self.tx, work).await?;
        Ok(ReadyTx(self))
    }

    /// Writes audit entries and work rows, and commits.
    pub async fn commit(self, audit: &[AuditEntry], work: &[NewWork]) -> Result<(), StoreError> {
        self.write(audit, work).await?.commit().await
    }

    async fn audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        sqlx::query(
            "insert into tenant.audit_entries
                 (tenant_id, entry_id, actor_id, actor_name, action, subject_kind, subject_id, detail)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.tenant.0)
        .bind(Uuid::now_v7())
        .bind(entry.actor)
        .bind(&entry.actor_name)
        .bind(entry.action)
        .bind(entry.subject_kind)
        .bind(entry.subject)
        .bind(&entry.detail)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

/// A transaction whose audit entries and work rows are written.
pub struct ReadyTx(pub(crate) TenantTx);

impl ReadyTx {
    /// Commits.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.0.tx.commit().await?;
        Ok(())
    }

    /// Gives up: nothing of the transaction remains.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        self.0.tx.rollback().await?;
        Ok(())
    }
}
