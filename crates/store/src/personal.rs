//! What is held about one person, read for that person. Whatever names somebody else is left out.
use serde_json::Value;
use uuid::Uuid;

use crate::{IdentityPool, StoreError, TenantTx};

/// Table and statement; `$1` is the person.
const HELD: [(&str, &str); 14] = [
    (
        "identity.memberships",
        "select jsonb_build_object('organisation', jsonb_build_object('id', t.tenant_id, 'en', t.name_en, 'zh', t.name_zh),
             'roles', m.roles, 'expires_at', m.expires_at)
         from identity.memberships m join identity.tenants t using (tenant_id)
         where m.user_id = $1 order by t.name_en, t.tenant_id",
    ),
    (
        "identity.sessions",
        "select jsonb_build_object('device', device, 'address', address, 'created_at', created_at,
             'last_seen_at', last_seen_at, 'way', way, 'expires_at', expires_at, 'revoked_at', revoked_at)
         from identity.sessions where user_id = $1 order by created_at, session_id",
    ),
    (
        "identity.known_devices",
        "select jsonb_build_object('created_at', created_at, 'last_used_at', last_used_at)
         from identity.known_devices where user_id = $1 order by created_at",
    ),
    (
        "identity.second_factors",
        "select jsonb_build_object('created_at', created_at, 'confirmed_at', confirmed_at)
         from identity.second_factors where user_id = $1",
    ),
    (
        "identity.password_resets",
        "select jsonb_build_object('created_at', created_at, 'expires_at', expires_at, 'used_at', used_at)
         from identity.password_resets where user_id = $1 order by created_at",
    ),
    (
        "identity.api_tokens",
        "select jsonb_build_object('name', name, 'prefix', prefix, 'scopes', scopes, 'created_at', created_at,
             'expires_at', expires_at, 'last_used_at', last_used_at, 'ended_at', ended_at)
         from identity.api_tokens where user_id = $1 order by created_at, token_id",
    ),
    (
        "identity.invitations",
        "select jsonb_build_object('email', i.email, 'roles', i.roles, 'created_at', i.created_at,
             'expires_at', i.expires_at, 'accepted_at', i.accepted_at)
         from identity.invitations i join identity.users u on u.email = i.email
         where u.user_id = $1 order by i.created_at, i.invitation_id",
    ),
    (
        "identity.role_changes",
        "select jsonb_build_object('roles', roles, 'asked_at', asked_at, 'answered_at', answered_at,
             'confirmed', confirmed)
         from identity.role_changes where user_id = $1 order by asked_at, change_id",
    ),
    (
        "identity.passkeys",
        "select jsonb_build_object('name', name, 'created_at', created_at, 'last_used_at', last_used_at)
         from identity.passkeys where user_id = $1 order by created_at, passkey_id",
    ),
    (
        "identity.provider_links",
        "select jsonb_build_object('issuer', issuer, 'subject', subject, 'created_at', created_at,
             'last_used_at', last_used_at)
         from identity.provider_links where user_id = $1 order by created_at, link_id",
    ),
    (
        "identity.notice_agreements",
        "select jsonb_build_object('version', version, 'occasion', occasion, 'agreed_at', agreed_at)
         from identity.notice_agreements where user_id = $1 order by agreed_at, version",
    ),
    (
        "identity.registrations",
        "select jsonb_build_object('kind', r.kind, 'name_en', r.name_en, 'name_zh', r.name_zh, 'person', r.person,
             'email', r.email, 'created_at', r.created_at, 'decided_at', r.decided_at, 'approved', r.approved)
         from identity.registrations r join identity.users u on u.email = r.email
         where u.user_id = $1 and r.confirmed_at is not null order by r.created_at, r.registration_id",
    ),
    (
        "identity.registration_proposals",
        "select jsonb_build_object('approve', approve, 'reason_code', reason_code, 'reason', reason,
             'proposed_at', proposed_at, 'confirmed', confirmed)
         from identity.registration_proposals where proposed_by = $1 order by proposed_at, proposal_id",
    ),
    (
        "identity.mail_queue",
        "select jsonb_build_object('topic', q.topic, 'email', q.email, 'created_at', q.created_at)
         from identity.mail_queue q join identity.users u on u.email = q.email
         where u.user_id = $1 order by q.created_at, q.mail_id",
    ),
];

/// Rows about the person, by table.
pub async fn held(
    pool: &IdentityPool,
    user: Uuid,
) -> Result<Vec<(&'static str, Vec<Value>)>, StoreError> {
    let mut found = Vec::with_capacity(HELD.len());
    for (table, statement) in HELD {
        let rows = sqlx::query_scalar(statement).bind(user);
        found.push((table, rows.fetch_all(&pool.0).await?));
    }
    Ok(found)
}

/// The account itself: name (sealed), address, and since when.
pub async fn account(
    pool: &IdentityPool,
    user: Uuid,
) -> Result<Option<(String, Value)>, StoreError> {
    Ok(sqlx::query_as(
        "select name, jsonb_build_object('user_id', user_id, 'email', email, 'created_at', created_at)
         from identity.users where user_id = $1",
    )
    .bind(user)
    .fetch_optional(&pool.0)
    .await?)
}

/// Organisations in which the person acts or acted (id, English, Chinese).
pub async fn organisations(
    pool: &IdentityPool,
    user: Uuid,
) -> Result<Vec<(Uuid, String, String)>, StoreError> {
    Ok(sqlx::query_as(
        "select t.tenant_id, t.name_en, t.name_zh
         from identity.memberships m join identity.tenants t using (tenant_id)
         where m.user_id = $1 order by t.name_en, t.tenant_id",
    )
    .bind(user)
    .fetch_all(&pool.0)
    .await?)
}

/// The person's own deeds in the organisation of the transaction, newest first, and how many there are in all: what
/// was done to which thing and when, without its content.
pub async fn deeds(
    tx: &mut TenantTx,
    user: Uuid,
    most: i64,
) -> Result<(i64, Vec<Value>), StoreError> {
    let total = sqlx::query_scalar(
        "select count(*) from tenant.audit_entries where tenant_id = $1 and actor_id = $2",
    )
    .bind(tx.tenant_uuid())
    .bind(user)
    .fetch_one(tx.connection())
    .await?;
    let rows = sqlx::query_scalar(
        "select jsonb_build_object('at', at, 'action', action, 'subject_kind', subject_kind, 'subject', subject_id)
         from tenant.audit_entries where tenant_id = $1 and actor_id = $2
         order by entry_id desc limit $3",
    )
    .bind(tx.tenant_uuid())
    .bind(user)
    .bind(most)
    .fetch_all(tx.connection())
    .await?;
    Ok((total, rows))
}
