//! Organisations as the machine's owner handles them: an operator's and a council's, which nobody registers, are made;
//! an NGO is found by its name.
use uuid::Uuid;

use crate::{
    IdentityPool, StoreError,
    person_keys::{self, WrappedKeyRow},
};

/// An organisation with the first person who signs for it.
pub struct NewTenant<'a> {
    /// Id.
    pub tenant: Uuid,
    /// `operator` or `council`.
    pub kind: &'a str,
    /// English name.
    pub name_en: &'a str,
    /// Chinese name.
    pub name_zh: &'a str,
    /// Address of the first person.
    pub email: &'a str,
    /// Id of their account, where there is none yet.
    pub user: Uuid,
    /// Their name, sealed.
    pub person: &'a str,
    /// The key that seals it.
    pub key: &'a WrappedKeyRow,
    /// A hash that no password fits.
    pub password_hash: &'a str,
    /// The role that signs.
    pub roles: &'a [String],
}

/// Makes both in one transaction, with an entry in the trail; whoever has an account keeps its name and password.
pub async fn make(pool: &IdentityPool, new: &NewTenant<'_>) -> Result<(), StoreError> {
    let mut tx = pool.0.begin().await?;
    sqlx::query(
        "insert into identity.tenants (tenant_id, kind, name_en, name_zh) values ($1, $2, $3, $4)",
    )
    .bind(new.tenant)
    .bind(new.kind)
    .bind(new.name_en)
    .bind(new.name_zh)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "insert into identity.users (user_id, email, name, password_hash) values ($1, $2, $3, $4)
         on conflict (email) do nothing",
    )
    .bind(new.user)
    .bind(new.email)
    .bind(new.person)
    .bind(new.password_hash)
    .execute(&mut *tx)
    .await?;
    person_keys::keep_in(&mut tx, new.key).await?;
    sqlx::query(
        "insert into identity.memberships (user_id, tenant_id, roles)
         select user_id, $2, $3 from identity.users where email = $1",
    )
    .bind(new.email)
    .bind(new.tenant)
    .bind(new.roles)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "select identity.record_on($1, $2, null, 'operator', 'organisation_register', 'tenant', $1, '{}')",
    )
    .bind(new.tenant)
    .bind(Uuid::now_v7())
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// NGOs of this English name.
pub async fn of_name(pool: &IdentityPool, name: &str) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar(
        "select tenant_id from identity.tenants where kind = 'ngo' and name_en = $1 order by tenant_id",
    )
    .bind(name)
    .fetch_all(&pool.0)
    .await?)
}
