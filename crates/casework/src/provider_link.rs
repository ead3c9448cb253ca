//! The own link to the identity provider: made and taken away by its owner, for the password and, where the second step
//! is on, a code.
use access::Actor;
use chrono::{DateTime, Utc};
use store::provider_links;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    mail_words::Topic,
    provider::{ProviderJourney, journey, provider},
    second_step::{again, told},
    sign_in::{secret_hash, session_actor},
};

/// How the own link stands.
#[derive(Debug, Clone)]
pub struct ProviderLinkView {
    /// Since when the account is linked; none: it is not.
    pub since: Option<DateTime<Utc>>,
    /// When somebody last signed in by it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// How the own link stands.
pub async fn provider_link_own(casework: &Casework, actor: &Actor) -> CaseResult<ProviderLinkView> {
    let issuer = provider(casework)?.issuer();
    let pool = &casework.databases.identity;
    let link = provider_links::of_person(pool, actor.user.0, issuer).await?;
    Ok(ProviderLinkView {
        since: link.as_ref().map(|link| link.created_at),
        last_used_at: link.and_then(|link| link.last_used_at),
    })
}

/// Sends the browser of somebody who is signed in to the provider, to link the account.
pub async fn provider_link_begin(
    casework: &Casework,
    actor: &Actor,
    password: &str,
    code: Option<&str>,
    from: &str,
) -> CaseResult<ProviderJourney> {
    provider(casework)?;
    again(casework, actor, password, code).await?;
    journey(casework, Some(actor.user.0), from).await
}

/// Links the account of whoever began it, if they are still signed in.
pub(crate) async fn finish(
    casework: &Casework,
    user: Uuid,
    subject: &str,
    session: Option<&str>,
) -> CaseResult<()> {
    let signed_in = match session {
        Some(secret) => session_actor(casework, secret).await?,
        None => None,
    };
    let (Some(secret), Some(_)) = (session, signed_in.filter(|actor| actor.user.0 == user)) else {
        return Err(CaseError::problem("not_signed_in", "", "Sign in first."));
    };
    let issuer = provider(casework)?.issuer();
    let pool = &casework.databases.identity;
    if !provider_links::link(pool, user, (issuer, subject), &secret_hash(secret)).await? {
        return Err(CaseError::problem(
            "provider_linked_before",
            "",
            "Your account has such a link already, or the other account is linked to somebody else's.",
        ));
    }
    told(casework, user, Topic::ProviderLinked).await
}

/// Takes the own link away. Every other session that was begun with it ends.
pub async fn provider_unlink(
    casework: &Casework,
    actor: &Actor,
    session: &str,
    password: &str,
    code: Option<&str>,
) -> CaseResult<()> {
    let issuer = provider(casework)?.issuer();
    again(casework, actor, password, code).await?;
    let pool = &casework.databases.identity;
    let user = actor.user.0;
    if !provider_links::unlink(pool, user, issuer, &secret_hash(session)).await? {
        return Err(CaseError::NotFound);
    }
    told(casework, user, Topic::ProviderUnlinked).await
}
