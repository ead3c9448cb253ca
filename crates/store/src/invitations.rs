//! Invitations: made by those who manage an organisation's people, and used by the link of a mail. Reachable only by
//! the identity role; only the link's hash is kept.
use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::{
    IdentityPool, StoreError,
    members::{Deed, record},
    notices::agree_in,
    person_keys::{self, WrappedKeyRow},
};

/// An open invitation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct InvitationRow {
    /// Id.
    pub invitation_id: Uuid,
    /// Which organisation invites.
    pub tenant_id: Uuid,
    /// Whom.
    pub email: String,
    /// To which roles.
    pub roles: Vec<String>,
    /// When the membership will end.
    pub member_until: Option<DateTime<Utc>>,
    /// Who invited.
    pub invited_by: Uuid,
    /// Their name.
    pub inviter: String,
    /// When the link ends.
    pub expires_at: DateTime<Utc>,
    /// Whether a second person has yet to confirm it.
    pub waits: bool,
}

/// The open invitations of the organisation, oldest first.
pub async fn list(pool: &IdentityPool, tenant: Uuid) -> Result<Vec<InvitationRow>, StoreError> {
    Ok(sqlx::query_as(
        "select i.invitation_id, i.tenant_id, i.email, i.roles, i.member_until, i.invited_by,
                u.name as inviter, i.expires_at, i.waits and i.confirmed_by is null as waits
         from identity.invitations i join identity.users u on u.user_id = i.invited_by
         where i.tenant_id = $1 and i.accepted_at is null and i.withdrawn_at is null
         order by i.created_at, i.invitation_id",
    )
    .bind(tenant)
    .fetch_all(&pool.0)
    .await?)
}

/// An invitation to keep.
pub struct NewInvitation<'a> {
    /// Id.
    pub id: Uuid,
    /// Lower-case address.
    pub email: &'a str,
    /// Roles.
    pub roles: Vec<String>,
    /// When the membership will end.
    pub member_until: Option<DateTime<Utc>>,
    /// For how many days the link is good.
    pub days: i32,
    /// Whether a second person has to confirm it first.
    pub waits: bool,
}

/// Keeps an invitation in the place of one that has aged; its mail is due at once unless it waits.
pub async fn invite(
    pool: &IdentityPool,
    deed: Deed<'_>,
    new: &NewInvitation<'_>,
) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query(
        "update identity.invitations set withdrawn_at = clock_timestamp()
         where tenant_id = $1 and email = $2 and accepted_at is null and withdrawn_at is null
           and expires_at <= clock_timestamp()",
    )
    .bind(deed.tenant)
    .bind(new.email)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "insert into identity.invitations
             (invitation_id, tenant_id, email, roles, member_until, invited_by, expires_at, waits)
         values ($1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(days => $7), $8)",
    )
    .bind(new.id)
    .bind(deed.tenant)
    .bind(new.email)
    .bind(&new.roles)
    .bind(new.member_until)
    .bind(deed.actor)
    .bind(new.days)
    .bind(new.waits)
    .execute(&mut *tx)
    .await?;
    if !new.waits {
        mail_due(&mut tx, new.id).await?;
    }
    let detail = json!({"roles": new.roles, "waits": new.waits});
    record(&mut tx, deed, "invitation", new.id, detail).await?;
    tx.commit().await?;
    Ok(())
}

async fn mail_due(
    tx: &mut Transaction<'static, Postgres>,
    invitation: Uuid,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into identity.mail_queue (mail_id, topic, email, subject_id)
         select gen_random_uuid(), 'invitation', email, invitation_id
         from identity.invitations where invitation_id = $1",
    )
    .bind(invitation)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Confirms an invitation that waits; false when there is none, or the actor invited.
pub async fn confirm(
    pool: &IdentityPool,
    deed: Deed<'_>,
    invitation: Uuid,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let done = sqlx::query(
        "update identity.invitations set confirmed_by = $3
         where invitation_id = $1 and tenant_id = $2 and waits and confirmed_by is null
           and accepted_at is null and withdrawn_at is null and invited_by <> $3",
    )
    .bind(invitation)
    .bind(deed.tenant)
    .bind(deed.actor)
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    mail_due(&mut tx, invitation).await?;
    record(&mut tx, deed, "invitation", invitation, json!({})).await?;
    tx.commit().await?;
    Ok(true)
}

/// Withdraws an open invitation; its link is void at once. False when there is none.
pub async fn withdraw(
    pool: &IdentityPool,
    deed: Deed<'_>,
    invitation: Uuid,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let done = sqlx::query(
        "update identity.invitations set withdrawn_at = clock_timestamp(), token_hash = null
         where invitation_id = $1 and tenant_id = $2 and accepted_at is null and withdrawn_at is null",
    )
    .bind(invitation)
    .bind(deed.tenant)
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    record(&mut tx, deed, "invitation", invitation, json!({})).await?;
    tx.commit().await?;
    Ok(true)
}

/// What a link invites to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct InvitedRow {
    /// The invitation.
    pub invitation_id: Uuid,
    /// Who is invited.
    pub email: String,
    /// English name of the organisation.
    pub tenant_en: String,
    /// Chinese name of the organisation.
    pub tenant_zh: String,
    /// Who invited.
    pub inviter: String,
    /// To which roles.
    pub roles: Vec<String>,
    /// When the membership will end.
    pub member_until: Option<DateTime<Utc>>,
    /// Whether somebody has an account with this address.
    pub has_account: bool,
    /// The notice that joining agrees to; none when there is none, or the account has agreed to it.
    pub notice: Option<String>,
}

/// Gives an open invitation the link that its mail carries, in the place of an earlier one; none when it is no longer
/// open.
pub async fn link(
    pool: &IdentityPool,
    invitation: Uuid,
    token_hash: &[u8],
) -> Result<Option<InvitedRow>, StoreError> {
    let linked = sqlx::query(
        "update identity.invitations set token_hash = $2
         where invitation_id = $1 and accepted_at is null and withdrawn_at is null
           and expires_at > clock_timestamp() and (not waits or confirmed_by is not null)",
    )
    .bind(invitation)
    .bind(token_hash)
    .execute(&pool.0)
    .await?;
    if linked.rows_affected() == 0 {
        return Ok(None);
    }
    find(pool, token_hash).await
}

/// What the link invites to, while it is good.
pub async fn find(
    pool: &IdentityPool,
    token_hash: &[u8],
) -> Result<Option<InvitedRow>, StoreError> {
    Ok(sqlx::query_as(
        "select i.invitation_id, i.email, t.name_en as tenant_en, t.name_zh as tenant_zh, u.name as inviter,
                i.roles, i.member_until,
                exists (select from identity.users g where g.email = i.email) as has_account,
                (select n.version from published.notice_now n
                 where not exists (select from identity.notice_agreements a join identity.users g using (user_id)
                                   where g.email = i.email and a.version = n.version)) as notice
         from identity.invitations i join identity.tenants t using (tenant_id)
         join identity.users u on u.user_id = i.invited_by
         where i.token_hash = $1 and i.accepted_at is null and i.withdrawn_at is null
           and i.expires_at > clock_timestamp()",
    )
    .bind(token_hash)
    .fetch_optional(&pool.0)
    .await?)
}

/// A new person.
pub struct NewPerson<'a> {
    /// Id.
    pub user: Uuid,
    /// Name, sealed with the key.
    pub name: &'a str,
    /// argon2id hash in PHC form.
    pub password_hash: &'a str,
    /// Their key.
    pub key: &'a WrappedKeyRow,
}

/// Joins by the link, once: the account that has the address, or a new one. False when the link is no longer good,
/// or there is no account and no new person is given. Keeps the agreement to this version of the notice.
pub async fn accept(
    pool: &IdentityPool,
    token_hash: &[u8],
    person: Option<&NewPerson<'_>>,
    notice: Option<&str>,
) -> Result<bool, StoreError> {
    let mut tx = pool.0.begin().await?;
    let open: Option<(Uuid, Uuid, String)> = sqlx::query_as(
        "select invitation_id, tenant_id, email from identity.invitations
         where token_hash = $1 and accepted_at is null and withdrawn_at is null
           and expires_at > clock_timestamp() for update",
    )
    .bind(token_hash)
    .fetch_optional(&mut *tx)
    .await?;
    let Some((invitation, tenant, email)) = open else {
        tx.rollback().await?;
        return Ok(false);
    };
    if let Some(person) = person {
        sqlx::query(
            "insert into identity.users (user_id, email, name, password_hash) values ($1, $2, $3, $4)
             on conflict (email) do nothing",
        )
        .bind(person.user)
        .bind(&email)
        .bind(person.name)
        .bind(person.password_hash)
        .execute(&mut *tx)
        .await?;
        person_keys::keep_in(&mut tx, person.key).await?;
    }
    let guest: Option<(Uuid, String)> =
        sqlx::query_as("select user_id, name from identity.users where email = $1")
            .bind(&email)
            .fetch_optional(&mut *tx)
            .await?;
    let Some((user, name)) = guest else {
        tx.rollback().await?;
        return Ok(false);
    };
    sqlx::query(
        "insert into identity.memberships (user_id, tenant_id, roles, expires_at)
         select $2, tenant_id, roles, member_until from identity.invitations where invitation_id = $1
         on conflict (user_id, tenant_id) do update
         set roles = excluded.roles, expires_at = excluded.expires_at",
    )
    .bind(invitation)
    .bind(user)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "update identity.invitations
         set accepted_at = clock_timestamp(), accepted_by = $2, token_hash = null where invitation_id = $1",
    )
    .bind(invitation)
    .bind(user)
    .execute(&mut *tx)
    .await?;
    if let Some(version) = notice {
        agree_in(&mut tx, user, version, "invitation", None).await?;
    }
    let joined = Deed {
        tenant,
        actor: user,
        name: &name,
        action: "invitation_accept",
    };
    record(&mut tx, joined, "invitation", invitation, json!({})).await?;
    tx.commit().await?;
    Ok(true)
}
