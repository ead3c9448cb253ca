//! The audit trail: reading it, and chaining what deeds appended. Entries wait in a queue that every
//! deed fills and only the sealer empties, so that nobody waits for the chain.
use ::audit::{Checkpoint, Entry, Link, SignedCheckpoint};
use access::TenantId;
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, TenantTx, WorkerPool};

/// Tenants that one pass of the sealer looks at.
const TENANTS_MAX: i64 = 100;
/// Entries that one transaction seals.
const SEALED_MAX: i64 = 500;

#[derive(sqlx::FromRow)]
struct EntryRow {
    tenant_id: Uuid,
    entry_id: Uuid,
    at: DateTime<Utc>,
    actor_id: Option<Uuid>,
    actor_name: String,
    action: String,
    subject_kind: String,
    subject_id: Uuid,
    detail: Value,
}

impl From<EntryRow> for Entry {
    fn from(row: EntryRow) -> Self {
        Self {
            tenant: row.tenant_id,
            id: row.entry_id,
            at: row.at,
            actor: row.actor_id,
            actor_name: row.actor_name,
            action: row.action,
            subject_kind: row.subject_kind,
            subject: row.subject_id,
            detail: row.detail,
        }
    }
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    sequence: i64,
    entry_id: Uuid,
    entry_sha256: String,
    chain_sha256: String,
}

impl From<LinkRow> for Link {
    fn from(row: LinkRow) -> Self {
        Self {
            sequence: row.sequence,
            entry: row.entry_id,
            entry_sha256: row.entry_sha256,
            chain_sha256: row.chain_sha256,
        }
    }
}

#[derive(sqlx::FromRow)]
struct CheckpointRow {
    tenant_id: Uuid,
    sequence: i64,
    chain_sha256: String,
    signed_at: DateTime<Utc>,
    key_id: String,
    signature: String,
}

impl From<CheckpointRow> for SignedCheckpoint {
    fn from(row: CheckpointRow) -> Self {
        Self {
            checkpoint: Checkpoint {
                tenant: row.tenant_id,
                sequence: row.sequence,
                chain_sha256: row.chain_sha256,
                signed_at: row.signed_at,
            },
            key_id: row.key_id,
            signature: row.signature,
        }
    }
}

/// Tenants with entries that wait for their link.
pub async fn awaiting(pool: &WorkerPool) -> Result<Vec<TenantId>, StoreError> {
    let tenants: Vec<Uuid> =
        sqlx::query_scalar("select distinct tenant_id from system.audit_queue limit $1")
            .bind(TENANTS_MAX)
            .fetch_all(&pool.0)
            .await?;
    Ok(tenants.into_iter().map(TenantId).collect())
}

/// What the sealer has in hand: the end of the chain and the entries to put behind it.
pub struct Sealing {
    tx: TenantTx,
    /// The last link; none before the first.
    pub head: Option<Link>,
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The database's clock.
    pub now: DateTime<Utc>,
}

/// Takes entries of one tenant out of the queue; none when another sealer is at it or nothing waits.
pub async fn take(pool: &WorkerPool, tenant: TenantId) -> Result<Option<Sealing>, StoreError> {
    let mut tx = TenantTx::begin_job(pool, tenant).await?;
    let alone: bool =
        sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(format!("audit chain of {}", tenant.0))
            .fetch_one(tx.connection())
            .await?;
    let taken: Vec<Uuid> = if alone {
        sqlx::query_scalar(
            "delete from system.audit_queue where tenant_id = $1 and entry_id in
                 (select entry_id from system.audit_queue where tenant_id = $1 order by entry_id limit $2)
             returning entry_id",
        )
        .bind(tenant.0)
        .bind(SEALED_MAX)
        .fetch_all(tx.connection())
        .await?
    } else {
        Vec::new()
    };
    if taken.is_empty() {
        tx.end_read().await?;
        return Ok(None);
    }
    let rows: Vec<EntryRow> = sqlx::query_as(
        "select tenant_id, entry_id, at, actor_id, actor_name, action, subject_kind, subject_id, detail
         from tenant.audit_entries where tenant_id = $1 and entry_id = any($2) order by entry_id",
    )
    .bind(tenant.0)
    .bind(&taken)
    .fetch_all(tx.connection())
    .await?;
    let head = last_link(&mut tx).await?;
    let now = sqlx::query_scalar("select clock_timestamp()")
        .fetch_one(tx.connection())
        .await?;
    Ok(Some(Sealing {
        head,
        entries: rows.into_iter().map(Entry::from).collect(),
        now,
        tx,
    }))
}

impl Sealing {
    /// Keeps the links and the signed end of the chain.
    pub async fn keep(
        mut self,
        links: &[Link],
        signed: &SignedCheckpoint,
    ) -> Result<(), StoreError> {
        let tenant = self.tx.tenant_uuid();
        let column = |of: fn(&Link) -> &str| -> Vec<String> {
            links.iter().map(|link| of(link).to_owned()).collect()
        };
        sqlx::query(
            "insert into tenant.audit_links (tenant_id, sequence, entry_id, entry_sha256, chain_sha256)
             select $1, * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[])",
        )
        .bind(tenant)
        .bind(links.iter().map(|link| link.sequence).collect::<Vec<_>>())
        .bind(links.iter().map(|link| link.entry).collect::<Vec<_>>())
        .bind(column(|link| &link.entry_sha256))
        .bind(column(|link| &link.chain_sha256))
        .execute(self.tx.connection())
        .await?;
        sqlx::query(
            "insert into tenant.audit_checkpoints
                 (tenant_id, sequence, chain_sha256, signed_at, key_id, signature)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(tenant)
        .bind(signed.checkpoint.sequence)
        .bind(&signed.checkpoint.chain_sha256)
        .bind(signed.checkpoint.signed_at)
        .bind(&signed.key_id)
        .bind(&signed.signature)
        .execute(self.tx.connection())
        .await?;
        // Sealing is not a deed: it leaves a link, not another entry.
        self.tx.commit(&[], &[]).await
    }
}

/// The end of the chain.
pub async fn last_link(tx: &mut TenantTx) -> Result<Option<Link>, StoreError> {
    let row: Option<LinkRow> = sqlx::query_as(
        "select sequence, entry_id, entry_sha256, chain_sha256 from tenant.audit_links
         where tenant_id = $1 order by sequence desc limit 1",
    )
    .bind(tx.tenant_uuid())
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(Link::from))
}

/// Links behind `after`, by sequence.
pub async fn links(tx: &mut TenantTx, after: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    let rows: Vec<LinkRow> = sqlx::query_as(
        "select sequence, entry_id, entry_sha256, chain_sha256 from tenant.audit_links
         where tenant_id = $1 and sequence > $2 order by sequence limit $3",
    )
    .bind(tx.tenant_uuid())
    .bind(after)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().map(Link::from).collect())
}

/// Entries by id.
pub async fn entries(tx: &mut TenantTx, ids: &[Uuid]) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<EntryRow> = sqlx::query_as(
        "select tenant_id, entry_id, at, actor_id, actor_name, action, subject_kind, subject_id, detail
         from tenant.audit_entries where tenant_id = $1 and entry_id = any($2)",
    )
    .bind(tx.tenant_uuid())
    .bind(ids)
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Those of these that this person opened within the hour.
pub async fn opened_lately(
    tx: &mut TenantTx,
    actor: Uuid,
    subjects: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar(
        "select distinct subject_id from tenant.audit_entries
         where tenant_id = $1 and actor_id = $2 and subject_id = any($3) and action = 'application_read'
           and at > clock_timestamp() - interval '1 hour'",
    )
    .bind(tx.tenant_uuid())
    .bind(actor)
    .bind(subjects)
    .fetch_all(tx.connection())
    .await?)
}

/// Entries that should long have their link and have none.
pub async fn unsealed(
    tx: &mut TenantTx,
    older_than_seconds: i32,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar(
        "select e.entry_id from tenant.audit_entries e
         where e.tenant_id = $1 and e.at < clock_timestamp() - make_interval(secs => $2)
           and not exists (select from tenant.audit_links l
                           where l.tenant_id = e.tenant_id and l.entry_id = e.entry_id)
         order by e.entry_id limit $3",
    )
    .bind(tx.tenant_uuid())
    .bind(older_than_seconds)
    .bind(limit)
    .fetch_all(tx.connection())
    .await?)
}

/// The newest checkpoint of the tenant.
pub async fn checkpoint_last(tx: &mut TenantTx) -> Result<Option<SignedCheckpoint>, StoreError> {
    checkpoint_up_to(tx, i64::MAX).await
}

/// The newest checkpoint that stands at or before a link.
pub async fn checkpoint_up_to(
    tx: &mut TenantTx,
    sequence: i64,
) -> Result<Option<SignedCheckpoint>, StoreError> {
    let row: Option<CheckpointRow> = sqlx::query_as(
        "select tenant_id, sequence, chain_sha256, signed_at, key_id, signature
         from tenant.audit_checkpoints where tenant_id = $1 and sequence <= $2
         order by sequence desc limit 1",
    )
    .bind(tx.tenant_uuid())
    .bind(sequence)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(SignedCheckpoint::from))
}

/// Every checkpoint of the tenant, by sequence.
pub async fn checkpoints(tx: &mut TenantTx) -> Result<Vec<SignedCheckpoint>, StoreError> {
    let rows: Vec<CheckpointRow> = sqlx::query_as(
        "select tenant_id, sequence, chain_sha256, signed_at, key_id, signature
         from tenant.audit_checkpoints where tenant_id = $1 order by sequence",
    )
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?;
    Ok(rows.into_iter().map(SignedCheckpoint::from).collect())
}

/// What somebody looks for in the trail; whatever is not given does not narrow it.
#[derive(Debug, Clone, Default)]
pub struct Looking {
    /// One thing.
    pub subject: Option<Uuid>,
    /// One kind of deed.
    pub action: Option<String>,
    /// Part of a name; [`find`] looks for the people in `actors`, because entries hold names sealed.
    pub actor: Option<String>,
    /// The people whose names have that part.
    pub actors: Vec<Uuid>,
    /// From this moment.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Only entries older than this one.
    pub before: Option<Uuid>,
}

/// One entry with its place in the chain.
#[derive(Debug, Clone)]
pub struct FoundEntry {
    /// The entry.
    pub entry: Entry,
    /// Its link's number; none while it waits for the sealer.
    pub sequence: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    #[sqlx(flatten)]
    entry: EntryRow,
    sequence: Option<i64>,
}

/// Entries, newest first.
pub async fn find(
    tx: &mut TenantTx,
    looking: &Looking,
    limit: i64,
) -> Result<Vec<FoundEntry>, StoreError> {
    let rows: Vec<FoundRow> = sqlx::query_as(
        "select e.tenant_id, e.entry_id, e.at, e.actor_id, e.actor_name, e.action, e.subject_kind,
                e.subject_id, e.detail, l.sequence
         from tenant.audit_entries e
         left join tenant.audit_links l on l.tenant_id = e.tenant_id and l.entry_id = e.entry_id
         where e.tenant_id = $1
           and ($2::uuid is null or e.subject_id = $2)
           and ($3::text is null or e.action = $3)
           and ($4::text is null or e.actor_id = any($9)
                or (e.actor_id is null and position(lower($4) in e.actor_name) > 0))
           and ($5::timestamptz is null or e.at >= $5)
           and ($6::timestamptz is null or e.at < $6)
           and ($7::uuid is null or e.entry_id < $7)
         order by e.entry_id desc limit $8",
    )
    .bind(tx.tenant_uuid())
    .bind(looking.subject)
    .bind(&looking.action)
    .bind(&looking.actor)
    .bind(looking.from)
    .bind(looking.until)
    .bind(looking.before)
    .bind(limit)
    .bind(&looking.actors)
    .fetch_all(tx.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| FoundEntry {
            entry: row.entry.into(),
            sequence: row.sequence,
        })
        .collect())
}

/// The kinds of deeds that the trail holds.
pub async fn actions(tx: &mut TenantTx) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "select distinct action from tenant.audit_entries where tenant_id = $1 order by 1",
    )
    .bind(tx.tenant_uuid())
    .fetch_all(tx.connection())
    .await?)
}

/// Every tenant, for a check of all trails by the machine's owner.
pub async fn tenants(pool: &crate::OwnerPool) -> Result<Vec<TenantId>, StoreError> {
    let tenants: Vec<Uuid> =
        sqlx::query_scalar("select tenant_id from identity.tenants order by tenant_id")
            .fetch_all(&pool.0)
            .await?;
    Ok(tenants.into_iter().map(TenantId).collect())
}
