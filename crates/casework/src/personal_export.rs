//! Access: a person takes away what is held about them, in every organisation they act or acted for. What others did,
//! and what organisations wrote, is not theirs and is not in it.
use access::{Actor, TenantId};
use privacy::{Field, PersonKey, Register};
use serde_json::{Value, json};
use store::{TenantTx, identity, personal, sessions};

use crate::{
    CaseError, CaseResult, Casework, names::name_read, person_key::person_key,
    session_place::place_opened, sign_in::secret_hash,
};

/// Exports that a person may take within an hour: reading everything costs.
const EXPORTS_MAX: i64 = 5;
/// The window in which exports are counted.
const WINDOW_MINUTES: i32 = 60;
/// Deeds that are listed per organisation, newest first; the total says when there are more.
const DEEDS_MAX: i64 = 5_000;

/// What is held about the actor, as JSON with the purpose of each field.
pub async fn personal_data_export(
    casework: &Casework,
    actor: &Actor,
    session: &str,
) -> CaseResult<Value> {
    let pool = &casework.databases.identity;
    let user = actor.user.0;
    let subject = format!("export:{user}");
    if !sessions::attempt(pool, &subject, WINDOW_MINUTES, EXPORTS_MAX).await? {
        return Err(CaseError::problem(
            "export_throttled",
            "",
            "You took your data five times within an hour. Try again later.",
        ));
    }
    let register = Register::read().map_err(CaseError::internal)?;
    let (name, mut account) = personal::account(pool, user)
        .await?
        .ok_or(CaseError::NotFound)?;
    account["name"] = name_read(casework, &name).await?.into();
    let mut held = vec![table(&register, "identity.users", &[account])];
    let key = person_key(casework, user).await?;
    for (name, mut rows) in personal::held(pool, user).await? {
        if name == "identity.sessions" {
            for row in &mut rows {
                session_opened(&key, row);
            }
        }
        held.push(table(&register, name, &rows));
    }
    let mut deeds = Vec::new();
    for (tenant, en, zh) in personal::organisations(pool, user).await? {
        let mut tx = TenantTx::begin(&casework.databases.app, TenantId(tenant)).await?;
        let (total, rows) = personal::deeds(&mut tx, user, DEEDS_MAX).await?;
        tx.end_read().await?;
        deeds.push(json!({"organisation": {"id": tenant, "en": en, "zh": zh},
                          "total": total, "deeds": rows}));
    }
    sessions::personal_data_taken(pool, &secret_hash(session)).await?;
    let elsewhere = register
        .fields
        .iter()
        .filter(|field| !field.field.starts_with("identity."));
    Ok(json!({
        "format": 1,
        "made_at": identity::clock(pool).await?,
        "held": held,
        "deeds": deeds,
        "fields_in_organisations": elsewhere.map(described).collect::<Vec<_>>(),
        "grounds": register.grounds,
        "classes": register.classes,
    }))
}

fn session_opened(key: &PersonKey, row: &mut Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (device, address) = place_opened(key, &text(&row["device"]), &text(&row["address"]));
    row["device"] = device.into();
    row["address"] = address.into();
}

fn table(register: &Register, name: &str, rows: &[Value]) -> Value {
    let fields: Vec<Value> = register.of_table(name).map(described).collect();
    json!({"table": name, "rows": rows, "fields": fields})
}

fn described(field: &Field) -> Value {
    json!({"field": field.field, "whose": field.whose, "purpose": field.purpose, "class": field.class,
           "guard": field.guard.word(), "erased": field.erased})
}
