//! What is no longer needed goes, by the database's clock. Every statement deletes by the end of a row's use and the
//! days of its class; nothing here reaches a submission, a run, a decision or an entry of a trail.
use access::TenantId;
use uuid::Uuid;

use crate::{IdentityPool, StoreError, TenantTx, WorkerPool};

/// Class and statement, as the identity role; `$1` is the days of the class.
const IDENTITY: [(&str, &str); 13] = [
    (
        "session",
        "delete from identity.sessions
         where least(expires_at, revoked_at) < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "device",
        "delete from identity.known_devices where last_used_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "guess",
        "delete from identity.sign_in_attempts where at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "reset",
        "delete from identity.password_resets where expires_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "setup",
        "delete from identity.second_factors
         where confirmed_at is null and created_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "mail",
        "delete from identity.mail_queue where created_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "invitation",
        "delete from identity.invitations
         where least(expires_at, accepted_at, withdrawn_at) < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "role_change",
        "delete from identity.role_changes where answered_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "visit",
        "delete from identity.provider_visits where expires_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "question",
        "delete from identity.passkey_questions where expires_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "unproven",
        "delete from identity.registrations
         where confirmed_at is null and expires_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "registration",
        "update identity.registrations set person = '', email = 'gone-' || registration_id, content_sha256 = ''
         where person <> '' and decided_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "token",
        "delete from identity.api_tokens
         where least(expires_at, ended_at) < clock_timestamp() - make_interval(days => $1)",
    ),
];

/// Class and statement, as the worker role.
const LEDGER: [(&str, &str); 2] = [
    (
        "work",
        "delete from system.work
         where state = 'done' and finished_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "progress",
        "delete from system.progress where at < clock_timestamp() - make_interval(days => $1)",
    ),
];

/// Class and statement, in one organisation; `$2` is the organisation.
const TENANT: [(&str, &str); 2] = [
    (
        "permission",
        "delete from tenant.file_grants
         where tenant_id = $2 and expires_at < clock_timestamp() - make_interval(days => $1)",
    ),
    (
        "answer",
        "delete from tenant.idempotency_keys
         where tenant_id = $2 and created_at < clock_timestamp() - make_interval(days => $1)",
    ),
];

/// The classes that the job ends.
pub fn classes() -> impl Iterator<Item = &'static str> {
    let all = IDENTITY.iter().chain(&LEDGER).chain(&TENANT);
    all.map(|(class, _)| *class)
}

/// Deletes the aged rows of a class that lie in the identity schema or the ledger; none where the class has none
/// there.
pub async fn expire(
    identity: &IdentityPool,
    worker: &WorkerPool,
    class: &str,
    days: i32,
) -> Result<u64, StoreError> {
    let mut gone: u64 = 0;
    for (statements, pool) in [(&IDENTITY[..], &identity.0), (&LEDGER[..], &worker.0)] {
        for (_, statement) in statements.iter().filter(|(code, _)| *code == class) {
            let deleting = sqlx::query(*statement).bind(days).execute(pool);
            gone = gone.saturating_add(deleting.await?.rows_affected());
        }
    }
    Ok(gone)
}

/// Every organisation.
pub async fn organisations(pool: &IdentityPool) -> Result<Vec<Uuid>, StoreError> {
    Ok(
        sqlx::query_scalar("select tenant_id from identity.tenants order by tenant_id")
            .fetch_all(&pool.0)
            .await?,
    )
}

/// Deletes the aged rows of a class in one organisation.
pub async fn expire_in(
    pool: &WorkerPool,
    tenant: Uuid,
    class: &str,
    days: i32,
) -> Result<u64, StoreError> {
    let mut tx = TenantTx::begin_job(pool, TenantId(tenant)).await?;
    let mut gone: u64 = 0;
    for (_, statement) in TENANT.iter().filter(|(code, _)| *code == class) {
        let deleting = sqlx::query(*statement).bind(days).bind(tenant);
        let done = deleting.execute(tx.connection()).await?;
        gone = gone.saturating_add(done.rows_affected());
    }
    // Ageing is no deed: what was done stays in the trail.
    tx.commit(&[], &[]).await?;
    Ok(gone)
}

/// Whether a class has rows in organisations.
pub fn is_in_organisations(class: &str) -> bool {
    TENANT.iter().any(|(code, _)| *code == class)
}
