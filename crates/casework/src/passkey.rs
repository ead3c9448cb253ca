//! Passkeys of the own account: added for the password and, where the second step is on, a code; named; removed. The
//! address under which people reach the product is what a passkey is bound to.
use access::Actor;
use chrono::{DateTime, Utc};
use explain::{Problem, Problems};
use serde_json::Value;
use store::passkeys::{self, NewPasskey, PasskeyRow};
use url::{Host, Url};
use uuid::Uuid;
use webauthn_rs::prelude::{CredentialID, Passkey, Webauthn, WebauthnBuilder};

use crate::{
    CaseError, CaseResult, Casework,
    mail_words::Topic,
    names::name_read,
    second_step::{again, told},
    sign_in::secret_hash,
};

/// Minutes for which a question waits for its answer.
pub(crate) const QUESTION_MINUTES: i32 = 5;
/// What browsers show.
const SITE: &str = "Plumbline";
/// Passkeys of one person.
const PASSKEYS_MAX: i64 = 20;
/// Letters of a passkey's name.
const NAME_CHARS_MAX: usize = 80;
/// Stands in for a loopback address, to which no passkey can be bound.
const OWN_MACHINE: &str = "localhost";

/// A passkey as its owner sees it.
#[derive(Debug, Clone)]
pub struct PasskeyView {
    /// Id, which opens nothing.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When somebody last signed in with it.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl From<PasskeyRow> for PasskeyView {
    fn from(row: PasskeyRow) -> Self {
        Self {
            id: row.passkey_id,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// What a device is asked.
pub struct PasskeyQuestion {
    /// By which the answer names it.
    pub id: Uuid,
    /// The question, for the browser.
    pub options: Value,
}

/// What a device answered.
pub struct PasskeyAdded {
    /// Which question.
    pub question: Uuid,
    /// What its owner calls the passkey.
    pub name: String,
    /// The answer, as the browser gave it.
    pub credential: Value,
}

/// Where passkeys work: the one address that they are bound to, or none.
pub fn passkeys_place(casework: &Casework) -> Option<String> {
    let (_, origin) = place(&casework.public_url)?;
    Some(origin.origin().ascii_serialization())
}

/// What a passkey is bound to, and from where it may be used. Browsers bind none to a numeric address or to a name
/// without TLS, but for the own machine's.
fn place(public_url: &str) -> Option<(String, Url)> {
    let mut origin = Url::parse(public_url).ok()?;
    let loopback = match origin.host()? {
        Host::Domain(name) => name == OWN_MACHINE,
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    if loopback {
        origin.set_host(Some(OWN_MACHINE)).ok()?;
    }
    let safe = loopback || origin.scheme() == "https";
    let name = origin.domain()?.to_owned();
    safe.then_some((name, origin))
}

/// Who checks answers; without a place for passkeys, nothing of them exists.
pub(crate) fn checker(casework: &Casework) -> CaseResult<Webauthn> {
    let (name, origin) = place(&casework.public_url).ok_or(CaseError::NotFound)?;
    let builder = WebauthnBuilder::new(&name, &origin).map_err(CaseError::internal)?;
    builder.rp_name(SITE).build().map_err(CaseError::internal)
}

/// The person's passkeys, newest first.
pub async fn passkeys_own(casework: &Casework, actor: &Actor) -> CaseResult<Vec<PasskeyView>> {
    let rows = passkeys::of_person(&casework.databases.identity, actor.user.0).await?;
    Ok(rows.into_iter().map(PasskeyView::from).collect())
}

/// Begins to add a passkey.
pub async fn passkey_add_begin(
    casework: &Casework,
    actor: &Actor,
    password: &str,
    code: Option<&str>,
) -> CaseResult<PasskeyQuestion> {
    let checker = checker(casework)?;
    again(casework, actor, password, code).await?;
    let (pool, user) = (&casework.databases.identity, actor.user.0);
    let known: Vec<CredentialID> = passkeys::of_person(pool, user)
        .await?
        .into_iter()
        .map(|row| Ok(kept(row.credential)?.cred_id().clone()))
        .collect::<CaseResult<_>>()?;
    if i64::try_from(known.len()).is_ok_and(|count| count >= PASSKEYS_MAX) {
        return Err(too_many());
    }
    let email = store::identity::email_of(pool, user)
        .await?
        .unwrap_or_default();
    let name = name_read(casework, &actor.name).await?;
    let (mut options, state) = checker
        .start_passkey_registration(user, &email, &name, Some(known))
        .map_err(CaseError::internal)?;
    // Only a passkey that its device finds by itself signs in without an address.
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.require_resident_key = true;
        wanted.resident_key = serde_json::from_value("required".into()).ok();
    }
    let id = Uuid::new_v4();
    let state = serde_json::to_value(&state).map_err(CaseError::internal)?;
    passkeys::question_put(pool, id, Some(user), &state, QUESTION_MINUTES).await?;
    let options = serde_json::to_value(&options).map_err(CaseError::internal)?;
    Ok(PasskeyQuestion { id, options })
}

/// Adds the passkey that a device made.
pub async fn passkey_add(
    casework: &Casework,
    actor: &Actor,
    session: &str,
    added: PasskeyAdded,
) -> CaseResult<()> {
    let checker = checker(casework)?;
    let name = added.name.trim();
    check_name(name)?;
    let (pool, user) = (&casework.databases.identity, actor.user.0);
    let state = passkeys::question_take(pool, added.question, Some(user)).await?;
    let state = state.ok_or_else(refused)?;
    let state = serde_json::from_value(state).map_err(CaseError::internal)?;
    let answer = serde_json::from_value(added.credential).map_err(|_| refused())?;
    let passkey = checker
        .finish_passkey_registration(&answer, &state)
        .map_err(|cause| {
            tracing::warn!(%user, %cause, "a passkey was not added");
            refused()
        })?;
    let credential = serde_json::to_value(&passkey).map_err(CaseError::internal)?;
    let new = NewPasskey {
        passkey: Uuid::now_v7(),
        user,
        credential_id: passkey.cred_id().as_ref(),
        credential: &credential,
        name,
        most: PASSKEYS_MAX,
    };
    if !passkeys::add(pool, &new, &secret_hash(session)).await? {
        return Err(too_many());
    }
    told(casework, user, Topic::PasskeyAdded).await
}

/// Removes a passkey. Every other session that was begun with it ends.
pub async fn passkey_remove(
    casework: &Casework,
    actor: &Actor,
    session: &str,
    passkey: Uuid,
    password: &str,
    code: Option<&str>,
) -> CaseResult<()> {
    again(casework, actor, password, code).await?;
    let pool = &casework.databases.identity;
    if !passkeys::remove(pool, actor.user.0, passkey, &secret_hash(session)).await? {
        return Err(CaseError::NotFound);
    }
    told(casework, actor.user.0, Topic::PasskeyRemoved).await
}

/// A passkey as it was kept.
pub(crate) fn kept(credential: Value) -> CaseResult<Passkey> {
    serde_json::from_value(credential).map_err(CaseError::internal)
}

fn refused() -> CaseError {
    CaseError::problem(
        "passkey_refused",
        "",
        "This passkey was not taken, or it took longer than 5 minutes. Try again.",
    )
}

fn too_many() -> CaseError {
    let message = format!(
        "You have this passkey already, or {PASSKEYS_MAX} of them; remove one that is not used any more."
    );
    let problem = Problem::new("passkey_too_many", "", message);
    CaseError::Problems(problem.with("most", PASSKEYS_MAX.to_string()).into())
}

fn check_name(name: &str) -> CaseResult<()> {
    let mut problems = Problems::new();
    let letters = name.chars().count();
    if letters == 0 {
        problems.add(
            "blank",
            "name",
            "Give the passkey a name, such as \"Office laptop\".",
        );
    } else if letters > NAME_CHARS_MAX {
        let message = format!("The name has {letters} characters, at most {NAME_CHARS_MAX}.");
        let problem = Problem::new("too_long", "name", message);
        let problem = problem.with("count", letters.to_string());
        problems.push(problem.with("most", NAME_CHARS_MAX.to_string()));
    } else if name.chars().any(char::is_control) {
        problems.add("unreadable", "name", "The name holds control characters.");
    }
    Ok(problems.into_result(Some(()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_is_bound_to_a_name_over_tls_or_to_the_own_machine() {
        let bound = |url: &str| {
            place(url).map(|(name, origin)| (name, origin.origin().ascii_serialization()))
        };
        let own = |port: &str| Some((OWN_MACHINE.to_owned(), format!("http://localhost{port}")));
        assert_eq!(
            bound("https://grants.example/x"),
            Some((
                "grants.example".to_owned(),
                "https://grants.example".to_owned()
            ))
        );
        assert_eq!(bound("http://127.0.0.1:8080"), own(":8080"));
        assert_eq!(bound("http://[::1]:8081"), own(":8081"));
        assert_eq!(bound("http://localhost"), own(""));
        for nowhere in [
            "http://grants.example",
            "https://192.0.2.7",
            "http://192.0.2.7:80",
            "plumbline",
        ] {
            assert_eq!(bound(nowhere), None, "{nowhere}");
        }
    }
}
