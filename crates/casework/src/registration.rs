//! An organisation registers: what it says of itself is kept under the address of its first person, who proves it by the
//! link of a mail and chooses a password there. Whatever the address and whatever is registered already, the answer and
//! the work behind it are the same.
use access::TenantKind;
use explain::{Problem, Problems, Text, canonical_json, sha256_hex};
use serde_json::json;
use store::{
    notices,
    registrations::{self as rows, Asked, IdentifierTypeRow, NewRegistration, OpenRow},
    sessions,
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    invitation_accept::check_name,
    notices::check_notice,
    password::hash_aside,
    password_strength::weak,
    sign_in::{is_email, secret_hash},
};

/// A link that nobody opened is void after this.
const LINK_DAYS: i32 = 7;
/// Registrations that one address may be sent a link for within an hour.
const ASKED_MAX: i64 = 3;
/// Registrations that may come from one place within an hour.
const ASKED_FROM_MAX: i64 = 20;
/// The window in which they are counted.
const ASKED_WINDOW_MINUTES: i32 = 60;
/// Longest name of an organisation.
const NAME_CHARS_MAX: usize = 200;
/// Most identifiers of one organisation.
const IDENTIFIERS_MAX: usize = 10;
/// Longest identifier.
const IDENTIFIER_CHARS_MAX: usize = 80;

/// What an organisation says of itself.
pub struct RegistrationInput {
    /// Made by the page, so that sending it twice is registering once.
    pub id: Uuid,
    /// An NGO or a funder.
    pub kind: String,
    /// Names in both languages.
    pub name: Text,
    /// Type and value.
    pub identifiers: Vec<(String, String)>,
    /// The first person's name.
    pub person: String,
    /// Their address.
    pub email: String,
    /// The version of the notice they agreed to.
    pub notice: Option<String>,
}

/// What an organisation can be identified by.
#[derive(Debug, Clone)]
pub struct IdentifierTypeView {
    /// Stable name.
    pub kind: String,
    /// Name.
    pub name: Text,
    /// Where it is printed.
    pub hint: Text,
}

/// The registration that a link belongs to.
#[derive(Debug, Clone)]
pub struct RegistrationOpenView {
    /// Where the link went.
    pub email: String,
    /// The first person.
    pub person: String,
    /// The organisation.
    pub name: Text,
    /// Whether the address has an account already.
    pub has_account: bool,
}

/// Every type, in the order of the form.
pub async fn identifier_types(casework: &Casework) -> CaseResult<Vec<IdentifierTypeView>> {
    let found = rows::identifier_types(&casework.databases.identity).await?;
    Ok(found
        .into_iter()
        .map(|row| IdentifierTypeView {
            kind: row.kind,
            name: Text::new(row.name_en, row.name_zh),
            hint: Text::new(row.hint_en, row.hint_zh),
        })
        .collect())
}

/// Keeps a registration and sends its link. Whatever the address, the answer is nothing.
pub async fn registration_ask(
    casework: &Casework,
    input: &RegistrationInput,
    from: &str,
) -> CaseResult<()> {
    let pool = &casework.databases.identity;
    let holds = notices::current(pool).await?.ok_or_else(closed)?;
    let types = rows::identifier_types(pool).await?;
    let email = input.email.trim().to_lowercase();
    let person = input.person.trim();
    let (name_en, name_zh) = (input.name.en.trim(), input.name.zh.trim());
    let mut problems = Problems::new();
    if !matches!(
        TenantKind::from_name(&input.kind),
        Some(TenantKind::Ngo | TenantKind::Funder)
    ) {
        problems.add(
            "registration_kind",
            "kind",
            "Say whether the organisation applies for grants or gives them: ngo or funder.",
        );
    }
    check_organisation_name(name_en, "nameEn", &mut problems);
    check_organisation_name(name_zh, "nameZh", &mut problems);
    let identifiers = check_identifiers(&input.identifiers, &types, &mut problems);
    check_name(person, "name", &mut problems);
    if !is_email(&email) {
        problems.add(
            "not_email",
            "email",
            "Give an e-mail address, such as officer@ngo.example.",
        );
    }
    check_notice(Some(&holds), input.notice.as_deref(), &mut problems);
    problems.into_result(Some(()))?;
    let place = format!("register-from:{from}");
    if !sessions::attempt(pool, &place, ASKED_WINDOW_MINUTES, ASKED_FROM_MAX).await? {
        return Err(CaseError::problem(
            "registration_throttled",
            "",
            "Too many registrations came from your network within the hour. Try again in an hour; what you typed stays.",
        ));
    }
    let account = format!("register:{}", sha256_hex(email.as_bytes()));
    // Beyond that nothing is kept or sent, and nothing tells.
    if !sessions::attempt(pool, &account, ASKED_WINDOW_MINUTES, ASKED_MAX).await? {
        return Ok(());
    }
    let content = json!([input.kind, name_en, name_zh, identifiers, person, email]);
    let new = NewRegistration {
        id: input.id,
        content_sha256: &sha256_hex(canonical_json(&content).as_bytes()),
        kind: &input.kind,
        name_en,
        name_zh,
        person,
        email: &email,
        notice: &holds,
        days: LINK_DAYS,
        identifiers: &identifiers,
    };
    match rows::ask(pool, &new).await? {
        Asked::New | Asked::Same => Ok(()),
        Asked::Other => Err(CaseError::problem(
            "idempotency_key_reused",
            "requestId",
            "This key came with another content before; use a new key for a new request.",
        )),
    }
}

fn closed() -> CaseError {
    CaseError::problem(
        "registration_closed",
        "",
        "Registration is not open here: the operator has not published a notice on personal data yet.",
    )
}

pub(crate) fn check_organisation_name(name: &str, path: &str, problems: &mut Problems) {
    let letters = name.chars().count();
    if letters == 0 {
        problems.add(
            "registration_name_blank",
            path,
            "Give the organisation's name in both languages; where it has one only, give that one twice.",
        );
    } else if letters > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        problems.push(too_long(path, letters, NAME_CHARS_MAX));
    }
}

fn too_long(path: &str, letters: usize, most: usize) -> Problem {
    let message = format!("{path} has {letters} characters; give at most {most}, on one line.");
    Problem::new("too_long", path, message)
        .with("count", letters.to_string())
        .with("most", most.to_string())
}

/// Type, value, and the value in capital letters and digits alone.
fn check_identifiers(
    given: &[(String, String)],
    types: &[IdentifierTypeRow],
    problems: &mut Problems,
) -> Vec<(String, String, String)> {
    if given.is_empty() {
        problems.add(
            "registration_identifier_wanted",
            "identifiers",
            "Give at least one number by which the organisation can be looked up, such as its business registration number.",
        );
    }
    if given.len() > IDENTIFIERS_MAX {
        let message = format!("Give at most {IDENTIFIERS_MAX} numbers.");
        let problem = Problem::new("registration_identifiers_many", "identifiers", message);
        problems.push(problem.with("most", IDENTIFIERS_MAX.to_string()));
    }
    let mut read: Vec<(String, String, String)> = Vec::new();
    for (position, (kind, value)) in given.iter().take(IDENTIFIERS_MAX).enumerate() {
        let at = format!("identifiers[{position}]");
        let value = value.trim();
        let plain = plain(value);
        let Some(known) = types.iter().find(|known| known.kind == *kind) else {
            problems.add(
                "identifier_type_unknown",
                format!("{at}.type"),
                "Choose what kind of number this is, such as ubi_brn.",
            );
            continue;
        };
        check_value(known, value, &plain, &format!("{at}.value"), problems);
        if read
            .iter()
            .any(|(earlier, _, same)| earlier == kind && *same == plain)
        {
            problems.add(
                "identifier_twice",
                format!("{at}.value"),
                "This number is given twice; give it once.",
            );
        }
        // A number of digits alone is kept without the spaces that it is printed with: criteria look at its form.
        let kept = if known.digits.is_some() {
            plain.clone()
        } else {
            value.to_owned()
        };
        read.push((kind.clone(), kept, plain));
    }
    read
}

fn check_value(
    known: &IdentifierTypeRow,
    value: &str,
    plain: &str,
    path: &str,
    problems: &mut Problems,
) {
    let letters = value.chars().count();
    if plain.is_empty() {
        problems.add(
            "identifier_blank",
            path,
            "Give the number as it is printed, or take this line away.",
        );
    } else if letters > IDENTIFIER_CHARS_MAX || value.chars().any(char::is_control) {
        problems.push(too_long(path, letters, IDENTIFIER_CHARS_MAX));
    } else if let Some(digits) = known.digits {
        let wanted = usize::try_from(digits).unwrap_or(usize::MAX);
        if plain.len() != wanted || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
            let message = format!(
                "This number has {digits} digits and nothing else, such as 99990001 where it is eight."
            );
            let problem = Problem::new("identifier_digits", path, message);
            problems.push(problem.with("digits", digits.to_string()));
        }
    }
}

/// Letters in capitals and digits alone: the same number, however it is spelt.
fn plain(value: &str) -> String {
    value
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// What the link of the mail belongs to.
pub async fn registration_read(
    casework: &Casework,
    token: &str,
) -> CaseResult<RegistrationOpenView> {
    let row = open(casework, token).await?;
    Ok(RegistrationOpenView {
        email: row.email,
        person: row.person,
        name: Text::new(row.name_en, row.name_zh),
        has_account: row.has_account,
    })
}

/// Proves the address and, where it has no account, takes the password; the operator sees the registration from now on.
pub async fn registration_accept(
    casework: &Casework,
    token: &str,
    password: &str,
) -> CaseResult<()> {
    let pool = &casework.databases.identity;
    let row = open(casework, token).await?;
    let hash = if row.has_account {
        None
    } else {
        let own = [row.email.as_str(), &row.person, &row.name_en, &row.name_zh];
        weak(casework, password, &own)
            .await?
            .into_result(Some(()))?;
        Some(hash_aside(&casework.hashing, password.to_owned()).await?)
    };
    if rows::confirm(pool, &secret_hash(token), hash.as_deref()).await? {
        Ok(())
    } else {
        Err(void())
    }
}

async fn open(casework: &Casework, token: &str) -> CaseResult<OpenRow> {
    let pool = &casework.databases.identity;
    let row = rows::find(pool, &secret_hash(token)).await?;
    row.ok_or_else(void)
}

fn void() -> CaseError {
    CaseError::problem(
        "registration_link_void",
        "token",
        "This link was used, or is older than 7 days. Register once more, and a new link is sent.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_found_however_it_is_spelt() {
        assert_eq!(plain(" 91/12-34 a"), "911234A");
        assert_eq!(plain("第1234章"), "第1234章");
        assert_eq!(plain(" -/ "), "");
    }

    #[test]
    fn every_identifier_that_cannot_be_one_is_named_at_once() {
        let types = [IdentifierTypeRow {
            kind: "ubi_brn".to_owned(),
            name_en: String::new(),
            name_zh: String::new(),
            hint_en: String::new(),
            hint_zh: String::new(),
            digits: Some(8),
        }];
        let given = [
            ("ubi_brn", "9999 0001"),
            ("ubi_brn", "99990001"),
            ("ubi_brn", "999"),
            ("ubi_brn", "9999000A"),
            ("passport", "1"),
            ("ubi_brn", " "),
        ]
        .map(|(kind, value)| (kind.to_owned(), value.to_owned()));
        let mut problems = Problems::new();
        check_identifiers(&given, &types, &mut problems);
        let found: Vec<String> = problems
            .into_vec()
            .into_iter()
            .map(|problem| format!("{} {}", problem.path, problem.code))
            .collect();
        assert_eq!(
            found,
            [
                "identifiers[1].value identifier_twice",
                "identifiers[2].value identifier_digits",
                "identifiers[3].value identifier_digits",
                "identifiers[4].type identifier_type_unknown",
                "identifiers[5].value identifier_blank",
            ]
        );
    }
}
