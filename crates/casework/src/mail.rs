//! Mail: what is due is written and handed to the mailer, by a job. A deed only says that a mail is due, so that
//! neither its time nor its answer depends on whether somebody has that address.
use std::{future::Future, pin::Pin};

use store::{
    identity,
    invitations::{self, InvitedRow},
    mail::{self, DueMail},
    registration_answers::{self, AnsweredRow},
    registrations, resets,
};

use crate::{
    CaseError, CaseResult, Casework,
    mail_words::{Filling, Topic, words},
    names::name_read,
    sign_in::{new_secret, secret_hash},
};

/// Minutes for which a link is good.
pub(crate) const RESET_MINUTES: i32 = 30;
/// After this many tries a mail is given up; by then a day has passed.
const TRIES_MAX: i32 = 24;

/// A letter by electronic mail, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// What sending comes to.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Sends mail. Which way is the operator's choice.
pub trait Mailer: Send + Sync {
    /// Hands one mail over, or says why not.
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a>;
}

/// Sends nothing: what is due stays due.
pub struct NoMailer;

impl Mailer for NoMailer {
    fn send<'a>(&'a self, _: &'a Mail) -> Sending<'a> {
        Box::pin(async { Err("no mailer is set".to_owned()) })
    }
}

/// Says that a mail is due; it is sent within seconds.
pub(crate) async fn due(casework: &Casework, topic: Topic, email: &str) -> CaseResult<()> {
    Ok(mail::enqueue(&casework.databases.identity, topic.as_str(), email).await?)
}

/// Sends everything that is due; returns how many mails went out.
pub async fn mail_send_due(casework: &Casework) -> CaseResult<usize> {
    let pool = &casework.databases.identity;
    let mut sent: usize = 0;
    while let Some(next) = mail::take(pool).await? {
        match written(casework, &next).await? {
            None => mail::done(pool, next.mail_id).await?,
            Some(letter) => match casework.mailer.send(&letter).await {
                Ok(()) => {
                    mail::done(pool, next.mail_id).await?;
                    sent = sent.saturating_add(1);
                }
                Err(cause) if next.tries >= TRIES_MAX => {
                    tracing::error!(topic = %next.topic, %cause, "a mail was given up");
                    mail::done(pool, next.mail_id).await?;
                }
                Err(cause) => {
                    tracing::warn!(topic = %next.topic, tries = next.tries, %cause, "a mail was not sent; it is tried again later");
                }
            },
        }
    }
    Ok(sent)
}

/// The letter; none where nobody has that address, or what it is about is over.
async fn written(casework: &Casework, due: &DueMail) -> CaseResult<Option<Mail>> {
    let topic = Topic::from_name(&due.topic)
        .ok_or_else(|| CaseError::internal(format!("mail topic {}", due.topic)))?;
    let base = &casework.public_url;
    let mut about = About::default();
    let link = match topic {
        Topic::Invitation => {
            let Some((row, token)) = invitation(casework, due).await? else {
                return Ok(None);
            };
            about = About::invitation(row);
            format!("{base}/join#{token}")
        }
        Topic::Registration => {
            let Some(token) = registration(casework, due).await? else {
                return Ok(None);
            };
            format!("{base}/register/confirm#{token}")
        }
        Topic::RegistrationApproved | Topic::RegistrationRefused => {
            let Some(row) = answered(casework, due).await? else {
                return Ok(None);
            };
            about = About::organisation(row.name_en, row.name_zh);
            about.reason = row.reason;
            let page = if topic == Topic::RegistrationRefused {
                "register"
            } else {
                ""
            };
            format!("{base}/{page}")
        }
        Topic::PasswordReset => match reset(casework, due).await? {
            // After the sign: it reaches no server log and no other site.
            Some(token) => format!("{base}/reset#{token}"),
            None => return Ok(None),
        },
        Topic::PasswordChanged
        | Topic::SecondStepOn
        | Topic::SecondStepOff
        | Topic::RecoveryUsed
        | Topic::ProviderLinked
        | Topic::ProviderUnlinked
        | Topic::PasskeyAdded
        | Topic::PasskeyRemoved => format!("{base}/account"),
    };
    let host = name_read(casework, &about.inviter).await?;
    // Whoever invited may have been erased since.
    let (host_zh, host_en) = if host.is_empty() {
        (&about.tenant_zh, &about.tenant_en)
    } else {
        (&host, &host)
    };
    let (subject, text) = words(
        topic,
        &Filling {
            link: &link,
            minutes: RESET_MINUTES,
            inviter_zh: host_zh,
            inviter_en: host_en,
            tenant_zh: &about.tenant_zh,
            tenant_en: &about.tenant_en,
            reason: &about.reason,
        },
    );
    Ok(Some(Mail {
        to: due.email.clone(),
        subject,
        text,
    }))
}

/// What the words are filled with.
#[derive(Default)]
struct About {
    inviter: String,
    tenant_zh: String,
    tenant_en: String,
    reason: String,
}

impl About {
    fn invitation(row: InvitedRow) -> Self {
        Self {
            inviter: row.inviter,
            ..Self::organisation(row.tenant_en, row.tenant_zh)
        }
    }

    fn organisation(tenant_en: String, tenant_zh: String) -> Self {
        Self {
            tenant_zh,
            tenant_en,
            ..Self::default()
        }
    }
}

async fn registration(casework: &Casework, due: &DueMail) -> CaseResult<Option<String>> {
    let Some(id) = due.subject_id else {
        return Ok(None);
    };
    let token = new_secret();
    let pool = &casework.databases.identity;
    let row = registrations::link(pool, id, &secret_hash(&token)).await?;
    Ok(row.map(|_| token))
}

async fn answered(casework: &Casework, due: &DueMail) -> CaseResult<Option<AnsweredRow>> {
    let Some(id) = due.subject_id else {
        return Ok(None);
    };
    Ok(registration_answers::answered(&casework.databases.identity, id).await?)
}

async fn invitation(
    casework: &Casework,
    due: &DueMail,
) -> CaseResult<Option<(InvitedRow, String)>> {
    let Some(id) = due.subject_id else {
        return Ok(None);
    };
    let token = new_secret();
    let pool = &casework.databases.identity;
    let row = invitations::link(pool, id, &secret_hash(&token)).await?;
    Ok(row.map(|row| (row, token)))
}

async fn reset(casework: &Casework, due: &DueMail) -> CaseResult<Option<String>> {
    let pool = &casework.databases.identity;
    let Some(user) = identity::user_by_email(pool, &due.email).await? else {
        return Ok(None);
    };
    let token = new_secret();
    resets::begin(pool, user.user_id, &secret_hash(&token), RESET_MINUTES).await?;
    Ok(Some(token))
}
