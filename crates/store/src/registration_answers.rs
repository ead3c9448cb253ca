//! An operator's answer to a registration: proposed, confirmed by another, and then the organisation and its first
//! person's membership in one transaction.
use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{
    IdentityPool, StoreError,
    members::{Deed, record},
    notices::agree_in,
    person_keys::{self, WrappedKeyRow},
    registrations::mail_due,
};

/// What was proposed, and how it was answered.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ProposalRow {
    /// Id.
    pub proposal_id: Uuid,
    /// About which registration.
    pub registration_id: Uuid,
    /// To let it in, or not.
    pub approve: bool,
    /// Why, by code.
    pub reason_code: String,
    /// Why, in words.
    pub reason: String,
    /// Who proposed.
    pub proposed_by: Uuid,
    /// Their name.
    pub proposer: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who confirmed or returned it.
    pub answerer: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Whether it was confirmed.
    pub confirmed: Option<bool>,
}

/// Every proposal that was not taken back, oldest first.
pub async fn proposals(pool: &IdentityPool) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(sqlx::query_as(
        "select p.proposal_id, p.registration_id, p.approve, p.reason_code, p.reason, p.proposed_by,
                u.name as proposer, p.proposed_at, a.name as answerer, p.answered_at, p.confirmed
         from identity.registration_proposals p join identity.users u on u.user_id = p.proposed_by
         left join identity.users a on a.user_id = p.answered_by
         where p.withdrawn_at is null order by p.proposed_at, p.proposal_id",
    )
    .fetch_all(&pool.0)
    .await?)
}

/// What is proposed.
pub struct NewProposal<'a> {
    /// About which registration.
    pub registration: Uuid,
    /// To let it in, or not.
    pub approve: bool,
    /// Why, by code.
    pub reason_code: &'a str,
    /// Why, in words.
    pub reason: &'a str,
    /// What approving makes, where nobody else could confirm; none: a second person does.
    pub alone: Option<Opening<'a>>,
}

/// What approving makes.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// Id of the organisation's tenant.
    pub tenant: Uuid,
    /// Id of its own row.
    pub organisation: Uuid,
    /// Id of the first person's account, where there is none yet.
    pub user: Uuid,
    /// Their name, sealed.
    pub name: &'a str,
    /// The key that seals it.
    pub key: &'a WrappedKeyRow,
    /// The role that signs.
    pub roles: &'a [String],
    /// Whether it is made up, as everything in a demonstration is.
    pub fictional: bool,
}

/// Keeps a proposal in the place of an earlier one of the same person, and carries it out where nobody else could
/// confirm it. False when there is no such registration, it is decided, or another person's proposal waits.
pub async fn propose(
    pool: &IdentityPool,
    deed: Deed<'_>,
    new: &NewProposal<'_>,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    if !waits(&mut tx, new.registration).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    sqlx::query(
        "update identity.registration_proposals set withdrawn_at = clock_timestamp()
         where registration_id = $1 and proposed_by = $2 and answered_at is null and withdrawn_at is null",
    )
    .bind(new.registration)
    .bind(deed.actor)
    .execute(&mut *tx)
    .await?;
    let proposal = Uuid::now_v7();
    let kept = sqlx::query(
        "insert into identity.registration_proposals
             (proposal_id, registration_id, approve, reason_code, reason, proposed_by, alone, answered_by, answered_at, confirmed)
         values ($1, $2, $3, $4, $5, $6::uuid, $7::boolean, case when $7 then $6::uuid end, case when $7 then clock_timestamp() end,
                 case when $7 then true end)
         on conflict (registration_id) where answered_at is null and withdrawn_at is null do nothing",
    )
    .bind(proposal)
    .bind(new.registration)
    .bind(new.approve)
    .bind(new.reason_code)
    .bind(new.reason)
    .bind(deed.actor)
    .bind(new.alone.is_some())
    .execute(&mut *tx)
    .await?;
    if kept.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    if let Some(opening) = &new.alone {
        carry_out(&mut tx, new.registration, new.approve, opening).await?;
    }
    let detail = json!({"approve": new.approve, "reason_code": new.reason_code, "alone": new.alone.is_some()});
    record(&mut tx, deed, "registration", new.registration, detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Locks a registration that waits; false when there is none.
async fn waits(
    tx: &mut Transaction<'static, Postgres>,
    registration: Uuid,
) -> Result<bool, StoreError> {
    let found: Option<Uuid> = sqlx::query_scalar(
        "select registration_id from identity.registrations
         where registration_id = $1 and confirmed_at is not null and decided_at is null for update",
    )
    .bind(registration)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}

/// Confirms or returns another person's proposal. False when it no longer waits, or is the actor's own.
pub async fn answer(
    pool: &IdentityPool,
    deed: Deed<'_>,
    proposal: &ProposalRow,
    confirmed: bool,
    opening: &Opening<'_>,
) -> Result<bool, StoreError> {
    let registration = proposal.registration_id;
    let mut tx = pool.0.begin().await?;
    if !waits(&mut tx, registration).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    let answered: Option<(bool, String)> = sqlx::query_as(
        "update identity.registration_proposals
         set answered_by = $2, answered_at = clock_timestamp(), confirmed = $3
         where proposal_id = $1 and answered_at is null and withdrawn_at is null and proposed_by <> $2
         returning approve, reason_code",
    )
    .bind(proposal.proposal_id)
    .bind(deed.actor)
    .bind(confirmed)
    .fetch_optional(&mut *tx)
    .await?;
    let Some((approve, reason_code)) = answered else {
        tx.rollback().await?;
        return Ok(false);
    };
    if confirmed {
        carry_out(&mut tx, registration, approve, opening).await?;
    }
    let detail = json!({"approve": approve, "reason_code": reason_code, "confirmed": confirmed});
    record(&mut tx, deed, "registration", registration, detail).await?;
    tx.commit().await?;
    Ok(true)
}

async fn carry_out(
    tx: &mut Transaction<'static, Postgres>,
    registration: Uuid,
    approve: bool,
    opening: &Opening<'_>,
) -> Result<(), StoreError> {
    if approve {
        open(tx, registration, opening).await?;
        return mail_due(tx, "registration_approved", registration).await;
    }
    sqlx::query(
        "update identity.registrations
         set decided_at = clock_timestamp(), approved = false, password_hash = null where registration_id = $1",
    )
    .bind(registration)
    .execute(&mut **tx)
    .await?;
    mail_due(tx, "registration_refused", registration).await
}

/// The organisation, its first person and their membership, and what they agreed to when they registered.
async fn open(
    tx: &mut Transaction<'static, Postgres>,
    registration: Uuid,
    opening: &Opening<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.tenants (tenant_id, kind, name_en, name_zh, fictional)
         select $2, kind, name_en, name_zh, $3 from identity.registrations where registration_id = $1",
    )
    .bind(registration)
    .bind(opening.tenant)
    .bind(opening.fictional)
    .execute(&mut **tx)
    .await?;
    // Whoever has an account keeps its name and its password.
    sqlx::query(
        "insert into identity.users (user_id, email, name, password_hash)
         select $2, email, $3, password_hash from identity.registrations
         where registration_id = $1 and password_hash is not null
         on conflict (email) do nothing",
    )
    .bind(registration)
    .bind(opening.user)
    .bind(opening.name)
    .execute(&mut **tx)
    .await?;
    person_keys::keep_in(tx, opening.key).await?;
    let (user, name, notice, agreed_at): (Uuid, String, String, DateTime<Utc>) = sqlx::query_as(
        "select u.user_id, u.name, r.notice_version, r.created_at
         from identity.registrations r join identity.users u using (email) where r.registration_id = $1",
    )
    .bind(registration)
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query("insert into identity.memberships (user_id, tenant_id, roles) values ($1, $2, $3)")
        .bind(user)
        .bind(opening.tenant)
        .bind(opening.roles)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "update identity.registrations
         set decided_at = clock_timestamp(), approved = true, password_hash = null, tenant_id = $2, user_id = $3
         where registration_id = $1",
    )
    .bind(registration)
    .bind(opening.tenant)
    .bind(user)
    .execute(&mut **tx)
    .await?;
    agree_in(tx, user, &notice, "registration", Some(agreed_at)).await?;
    sqlx::query("select identity.organisation_open($1, $2)")
        .bind(registration)
        .bind(opening.organisation)
        .execute(&mut **tx)
        .await?;
    let begun = Deed {
        tenant: opening.tenant,
        actor: user,
        name: &name,
        action: "organisation_register",
    };
    record(
        tx,
        begun,
        "registration",
        registration,
        json!({"notice": notice}),
    )
    .await
}

/// What a mail on the answer says.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AnsweredRow {
    /// English name of the organisation.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Why, in words.
    pub reason: String,
}

/// The answer to a registration.
pub async fn answered(
    pool: &IdentityPool,
    registration: Uuid,
) -> Result<Option<AnsweredRow>, StoreError> {
    Ok(sqlx::query_as(
        "select r.name_en, r.name_zh, p.reason
         from identity.registrations r join identity.registration_proposals p using (registration_id)
         where r.registration_id = $1 and r.decided_at is not null and p.confirmed
         order by p.answered_at desc limit 1",
    )
    .bind(registration)
    .fetch_optional(&pool.0)
    .await?)
}
