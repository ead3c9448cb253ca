//! Erasing a person: the account is closed, and every name of them in every organisation's rows ends with their key.
//! What they did stays, by an id that says nothing; the audit trail still verifies.
use access::Actor;
use explain::{Problem, Problems, sha256_hex};
use store::{
    erasure::{self, Erased, Erasing},
    identity,
};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, people::signing, second_step::again};

/// Erases the own person, for the password and, where there is a second step, a code.
pub async fn person_erase_own(
    casework: &Casework,
    actor: &Actor,
    password: &str,
    code: Option<&str>,
) -> CaseResult<()> {
    again(casework, actor, password, code).await?;
    erased(casework, actor.user.0, Some(&actor.name)).await
}

/// Erases whoever has this id or address, for the machine's owner, after a request on paper. None where the address has
/// no account: then what is kept under it is deleted, such as of a registration that was refused.
pub async fn person_erase(casework: &Casework, who: &str) -> CaseResult<Option<Uuid>> {
    let pool = &casework.databases.identity;
    let user = if let Ok(id) = who.parse::<Uuid>() {
        id
    } else {
        let email = who.trim().to_lowercase();
        let Some(row) = identity::user_by_email(pool, &email).await? else {
            let sha256 = sha256_hex(email.as_bytes());
            let gone = erasure::erase_address(pool, &email, &sha256).await?;
            return if gone > 0 {
                Ok(None)
            } else {
                Err(CaseError::NotFound)
            };
        };
        row.user_id
    };
    erased(casework, user, None).await?;
    Ok(Some(user))
}

async fn erased(casework: &Casework, user: Uuid, own_name: Option<&str>) -> CaseResult<()> {
    let pool = &casework.databases.identity;
    let email = identity::email_of(pool, user).await?;
    let email = email.ok_or(CaseError::NotFound)?;
    let erasing = Erasing {
        user,
        email: &email,
        email_sha256: &sha256_hex(email.as_bytes()),
        own_name,
        signing: &signing(),
    };
    match erasure::erase(pool, &erasing).await? {
        Erased::Done => {
            // In every log: after an older backup is restored, this id is erased again.
            tracing::warn!(%user, "a person's data was erased");
            Ok(())
        }
        Erased::Nobody => Err(CaseError::NotFound),
        Erased::LastOf(organisations) => {
            let word = |of: fn(&(String, String)) -> &String, mark: &str| {
                let names: Vec<&str> = organisations.iter().map(|each| of(each).as_str()).collect();
                names.join(mark)
            };
            let (en, zh) = (word(|each| &each.0, ", "), word(|each| &each.1, "、"));
            let problem = Problem::new(
                "last_signer",
                "",
                format!(
                    "Without you nobody would sign for {en}; give the role to somebody else first."
                ),
            );
            let problems = Problems::from(problem.with("en", en).with("zh", zh));
            Err(problems.into())
        }
    }
}
