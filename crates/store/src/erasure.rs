//! Erasing a person: reachable only by the identity role, in one transaction. Rows of organisations stay as they are;
//! the names in them end with the person's key.
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{IdentityPool, StoreError, members};

/// Whom to erase, and who asked for it.
pub struct Erasing<'a> {
    /// The person.
    pub user: Uuid,
    /// Their address.
    pub email: &'a str,
    /// Hash of the address, under which guesses at it are counted.
    pub email_sha256: &'a str,
    /// The person themselves, by their sealed name; none when the machine's owner does it after a request on paper.
    pub own_name: Option<&'a str>,
    /// The roles that sign for an organisation.
    pub signing: &'a [String],
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erased {
    /// Nothing of the person can be read any more.
    Done,
    /// Nothing was changed: these organisations would have nobody left who signs for them (English, Chinese).
    LastOf(Vec<(String, String)>),
    /// There is no such person, or they were erased before.
    Nobody,
}

/// What is deleted of a person, statement by statement; `$1` is the person.
const DELETED: [&str; 12] = [
    "delete from identity.sessions where user_id = $1",
    "delete from identity.known_devices where user_id = $1",
    "delete from identity.recovery_codes where user_id = $1",
    "delete from identity.second_factors where user_id = $1",
    "delete from identity.password_resets where user_id = $1",
    "delete from identity.passkeys where user_id = $1",
    "delete from identity.passkey_questions where user_id = $1",
    "delete from identity.provider_visits where user_id = $1",
    "delete from identity.provider_links where user_id = $1",
    // What waits for a second person waits for nobody now.
    "delete from identity.role_changes where answered_at is null and (user_id = $1 or asked_by = $1)",
    // An ended token stays by its prefix, which entries of the trail name; what its owner called it goes.
    "update identity.api_tokens
     set name = '-', ended_at = coalesce(ended_at, clock_timestamp()) where user_id = $1",
    // With this row go all names, in the database as in every copy of it that has no keys.
    "delete from identity.person_keys where user_id = $1",
];

/// What is deleted by address.
const DELETED_BY_ADDRESS: [&str; 4] = [
    "delete from identity.mail_queue where email = $1",
    "delete from identity.invitations where email = $1",
    // One that nobody has answered is nobody's request any more.
    "delete from identity.registrations r
     where email = $1 and decided_at is null
       and not exists (select from identity.registration_proposals p where p.registration_id = r.registration_id)",
    "update identity.registrations
     set person = '', email = 'erased-' || registration_id, password_hash = null, token_hash = null,
         content_sha256 = '', approved = coalesce(approved, false),
         decided_at = coalesce(decided_at, clock_timestamp())
     where email = $1",
];

/// Erases a person, unless an organisation would be left with nobody who signs for it.
pub async fn erase(pool: &IdentityPool, erasing: &Erasing<'_>) -> Result<Erased, StoreError> {
    let mut tx = pool.0.begin().await?;
    let found: Option<Uuid> = sqlx::query_scalar(
        "select user_id from identity.users where user_id = $1 and erased_at is null for update",
    )
    .bind(erasing.user)
    .fetch_optional(&mut *tx)
    .await?;
    if found.is_none() {
        tx.rollback().await?;
        return Ok(Erased::Nobody);
    }
    let tenants = organisations(&mut tx, erasing).await?;
    let last_of = leave(&mut tx, erasing).await?;
    if !last_of.is_empty() {
        tx.rollback().await?;
        return Ok(Erased::LastOf(last_of));
    }
    for tenant in tenants {
        recorded(&mut tx, erasing, tenant).await?;
    }
    for statement in DELETED {
        let deleting = sqlx::query(statement).bind(erasing.user);
        deleting.execute(&mut *tx).await?;
    }
    for statement in DELETED_BY_ADDRESS {
        let deleting = sqlx::query(statement).bind(erasing.email);
        deleting.execute(&mut *tx).await?;
    }
    sqlx::query("delete from identity.sign_in_attempts where position($1 in subject) > 0 or position($2 in subject) > 0")
        .bind(erasing.email_sha256)
        .bind(erasing.user.to_string())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "update identity.users
         set name = '', email = 'erased-' || user_id, password_hash = '', erased_at = clock_timestamp()
         where user_id = $1",
    )
    .bind(erasing.user)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Erased::Done)
}

/// Deletes what is kept under an address that has no account, such as of a registration that was refused; returns how
/// many rows those were.
pub async fn erase_address(
    pool: &IdentityPool,
    email: &str,
    email_sha256: &str,
) -> Result<u64, StoreError> {
    let mut tx = pool.0.begin().await?;
    let mut gone: u64 = 0;
    for statement in DELETED_BY_ADDRESS {
        let deleting = sqlx::query(statement).bind(email).execute(&mut *tx);
        gone = gone.saturating_add(deleting.await?.rows_affected());
    }
    sqlx::query("delete from identity.sign_in_attempts where position($1 in subject) > 0")
        .bind(email_sha256)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(gone)
}

/// The entry in the trail of one organisation.
async fn recorded(
    tx: &mut Transaction<'static, Postgres>,
    erasing: &Erasing<'_>,
    tenant: Uuid,
) -> Result<(), StoreError> {
    sqlx::query("select identity.record_on($1, $2, $3, $4, 'person_erase', 'person', $5, '{}')")
        .bind(tenant)
        .bind(Uuid::now_v7())
        .bind(erasing.own_name.map(|_| erasing.user))
        .bind(erasing.own_name.unwrap_or("operator"))
        .bind(erasing.user)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Every organisation that the person belongs or belonged to, locked against other changes of its people.
async fn organisations(
    tx: &mut Transaction<'static, Postgres>,
    erasing: &Erasing<'_>,
) -> Result<Vec<Uuid>, StoreError> {
    let tenants: Vec<Uuid> = sqlx::query_scalar(
        "select tenant_id from identity.memberships where user_id = $1 order by tenant_id",
    )
    .bind(erasing.user)
    .fetch_all(&mut **tx)
    .await?;
    for tenant in &tenants {
        members::lock(tx, *tenant).await?;
    }
    Ok(tenants)
}

/// Ends every membership and names the organisations in which only this person signed.
async fn leave(
    tx: &mut Transaction<'static, Postgres>,
    erasing: &Erasing<'_>,
) -> Result<Vec<(String, String)>, StoreError> {
    let signed_for: Vec<Uuid> = sqlx::query_scalar(
        "select tenant_id from identity.living_memberships where user_id = $1 and roles && $2",
    )
    .bind(erasing.user)
    .bind(erasing.signing)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query(
        "update identity.memberships set expires_at = clock_timestamp()
         where user_id = $1 and (expires_at is null or expires_at > clock_timestamp())",
    )
    .bind(erasing.user)
    .execute(&mut **tx)
    .await?;
    Ok(sqlx::query_as(
        "select t.name_en, t.name_zh from identity.tenants t
         where t.tenant_id = any($1)
           and not exists (select from identity.living_memberships m
                           where m.tenant_id = t.tenant_id and m.expires_at is null and m.roles && $2)
         order by t.name_en, t.tenant_id",
    )
    .bind(&signed_for)
    .bind(erasing.signing)
    .fetch_all(&mut **tx)
    .await?)
}
