//! The keys under which a person's fields are sealed: made when first needed, sealed anew after the key of the
//! installation was rotated.
use privacy::PersonKey;
use store::person_keys::{self, WrappedKeyRow};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework};

/// Keys that are sealed anew at one time.
const REWRAP_PAGE: i64 = 500;

/// The person's key, made when there is none.
pub(crate) async fn person_key(casework: &Casework, user: Uuid) -> CaseResult<PersonKey> {
    let pool = &casework.databases.identity;
    if let Some(row) = person_keys::find(pool, user).await? {
        return opened(casework, &row);
    }
    let made = wrapped(casework, user, &PersonKey::make());
    opened(casework, &person_keys::keep(pool, &made).await?)
}

/// A person's key as it is kept: sealed with the newest key of the installation.
pub(crate) fn wrapped(casework: &Casework, user: Uuid, key: &PersonKey) -> WrappedKeyRow {
    let (key_id, wrapped) = casework.secrets.field_keys.wrap(user, key);
    WrappedKeyRow {
        user_id: user,
        key_id,
        wrapped,
    }
}

pub(crate) fn opened(casework: &Casework, row: &WrappedKeyRow) -> CaseResult<PersonKey> {
    let ring = &casework.secrets.field_keys;
    ring.unwrap(row.user_id, &row.key_id, &row.wrapped)
        .ok_or_else(|| {
            CaseError::internal(format!(
                "the field key \"{}\" is missing or is not the one that sealed; put it back into the secrets file",
                row.key_id
            ))
        })
}

/// Seals every person's key with the newest key of the installation; returns how many were sealed anew.
pub async fn field_keys_rewrap(casework: &Casework) -> CaseResult<u64> {
    let pool = &casework.databases.identity;
    let ring = &casework.secrets.field_keys;
    let mut sealed: u64 = 0;
    loop {
        let rows = person_keys::sealed_by_others(pool, ring.newest(), REWRAP_PAGE).await?;
        if rows.is_empty() {
            return Ok(sealed);
        }
        for row in rows {
            let key = opened(casework, &row)?;
            let (key_id, wrapped) = ring.wrap(row.user_id, &key);
            if person_keys::replace(pool, &row, &key_id, &wrapped).await? {
                sealed = sealed.saturating_add(1);
            }
        }
    }
}
