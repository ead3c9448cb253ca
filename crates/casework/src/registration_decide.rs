//! The operator's side of a registration: what was said, what it may be a second time, and an answer that takes two
//! people where there are two. Nothing here reaches an organisation's content.
use std::collections::BTreeMap;

use access::{Action, Actor, Role, TenantKind};
use chrono::{DateTime, Utc};
use explain::{Problem, Problems, Text};
use store::{
    members,
    person_keys::WrappedKeyRow,
    registration_answers::{self as answers, NewProposal, Opening, ProposalRow},
    registrations::{self as rows, IdentifierRow, KnownRow, RegistrationRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    context::permitted,
    names::name_sealed,
    people::{deed, has_second},
};

/// Why a registration is refused; the words stand in the web app and in the mail.
const REFUSALS: [&str; 5] = [
    "identity_not_shown",
    "registered_already",
    "not_served",
    "details_wrong",
    "other",
];
/// Why one is let in.
const APPROVED: &str = "checked";
/// Longest reason.
const REASON_CHARS_MAX: usize = 1_000;
/// Most registrations of one list.
const LISTED_MAX: i64 = 200;
/// Names that share this much of their pairs of letters may be the same organisation's.
const ALIKE: f64 = 0.8;

/// A registration with a proven address.
#[derive(Debug, Clone)]
pub struct RegistrationView {
    /// Id.
    pub id: Uuid,
    /// NGO or funder.
    pub kind: TenantKind,
    /// Names.
    pub name: Text,
    /// Type and value.
    pub identifiers: Vec<(String, String)>,
    /// The first person.
    pub person: String,
    /// Their address.
    pub email: String,
    /// The notice they agreed to.
    pub notice: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// How.
    pub approved: Option<bool>,
    /// What it may be a second time.
    pub alike: Vec<AlikeView>,
    /// What was proposed and answered, oldest first.
    pub proposals: Vec<RegistrationProposalView>,
}

/// An organisation that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeView {
    /// Its name.
    pub name: Text,
    /// Whether it is in; otherwise it asks as well.
    pub is_tenant: bool,
    /// The type of an identifier that both have; none: the names are alike.
    pub identifier: Option<String>,
}

/// A proposal, and how another person answered it.
#[derive(Debug, Clone)]
pub struct RegistrationProposalView {
    /// Id.
    pub id: Uuid,
    /// To let it in, or not.
    pub approve: bool,
    /// Why, by code.
    pub reason_code: String,
    /// Why, in words.
    pub reason: String,
    /// Who proposed.
    pub proposed_by: Uuid,
    /// Their name.
    pub proposer: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who answered.
    pub answerer: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Whether it was confirmed.
    pub confirmed: Option<bool>,
}

/// Registrations that wait, oldest first, or those decided, newest first.
pub async fn registrations(
    casework: &Casework,
    actor: &Actor,
    decided: bool,
) -> CaseResult<Vec<RegistrationView>> {
    permitted(actor, Action::RegistrationDecide)?;
    let pool = &casework.databases.identity;
    let found = rows::list(pool, decided, LISTED_MAX).await?;
    let identifiers = rows::identifiers(pool).await?;
    let known = rows::known(pool).await?;
    let mut proposals: BTreeMap<Uuid, Vec<ProposalRow>> = BTreeMap::new();
    for proposal in answers::proposals(pool).await? {
        let of = proposals.entry(proposal.registration_id).or_default();
        of.push(proposal);
    }
    found
        .into_iter()
        .map(|row| {
            let own = proposals.remove(&row.registration_id).unwrap_or_default();
            view(row, &identifiers, &known, own)
        })
        .collect()
}

fn view(
    row: RegistrationRow,
    identifiers: &[IdentifierRow],
    known: &[KnownRow],
    proposals: Vec<ProposalRow>,
) -> CaseResult<RegistrationView> {
    let kind = TenantKind::from_name(&row.kind)
        .ok_or_else(|| CaseError::internal(format!("tenant kind {}", row.kind)))?;
    let own = identifiers
        .iter()
        .filter(|each| each.registration_id == row.registration_id);
    Ok(RegistrationView {
        alike: alike(&row, identifiers, known),
        id: row.registration_id,
        kind,
        name: Text::new(row.name_en, row.name_zh),
        identifiers: own
            .map(|each| (each.kind.clone(), each.value.clone()))
            .collect(),
        person: row.person,
        email: row.email,
        notice: row.notice_version,
        since: row.confirmed_at,
        decided_at: row.decided_at,
        approved: row.approved,
        proposals: proposals.into_iter().map(proposal).collect(),
    })
}

fn proposal(row: ProposalRow) -> RegistrationProposalView {
    RegistrationProposalView {
        id: row.proposal_id,
        approve: row.approve,
        reason_code: row.reason_code,
        reason: row.reason,
        proposed_by: row.proposed_by,
        proposer: row.proposer,
        proposed_at: row.proposed_at,
        answerer: row.answerer,
        answered_at: row.answered_at,
        confirmed: row.confirmed,
    }
}

/// What this registration may be a second time: the same number, or a name that is nearly the same.
fn alike(
    row: &RegistrationRow,
    identifiers: &[IdentifierRow],
    known: &[KnownRow],
) -> Vec<AlikeView> {
    let of = |id: Uuid| {
        identifiers
            .iter()
            .filter(move |each| each.registration_id == id)
    };
    let others = known
        .iter()
        .filter(|other| other.registration_id != Some(row.registration_id));
    others
        .filter_map(|other| {
            let shared = other.registration_id.and_then(|id| {
                of(id).find(|theirs| {
                    of(row.registration_id)
                        .any(|own| own.kind == theirs.kind && own.plain == theirs.plain)
                })
            });
            let named =
                is_alike(&row.name_en, &other.name_en) || is_alike(&row.name_zh, &other.name_zh);
            (shared.is_some() || named).then(|| AlikeView {
                name: Text::new(&other.name_en, &other.name_zh),
                is_tenant: other.is_tenant,
                identifier: shared.map(|each| each.kind.clone()),
            })
        })
        .collect()
}

fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (letters(one), letters(other));
    strsim::sorensen_dice(&one, &other) >= ALIKE
}

/// Letters and digits alone, without what says nothing of who it is.
fn letters(name: &str) -> String {
    let mut name = name.to_lowercase();
    for word in ["(fictional)", "（虛構）", "limited", "ltd", "有限公司"] {
        name = name.replace(word, "");
    }
    name.retain(char::is_alphanumeric);
    name
}

/// What an operator answers.
pub struct RegistrationAnswerInput {
    /// Which registration.
    pub registration: Uuid,
    /// To let it in, or not.
    pub approve: bool,
    /// Why not, by code; not looked at when it is let in.
    pub reason_code: String,
    /// Why, in words; a refusal needs them, and its mail carries them.
    pub reason: String,
}

/// Proposes an answer; where nobody else could confirm it, it holds at once.
pub async fn registration_answer(
    casework: &Casework,
    actor: &Actor,
    input: &RegistrationAnswerInput,
) -> CaseResult<()> {
    permitted(actor, Action::RegistrationDecide)?;
    let pool = &casework.databases.identity;
    let row = waiting(casework, input.registration).await?;
    let reason = input.reason.trim();
    let mut problems = Problems::new();
    check_reason(input, reason, &mut problems);
    let waits = answers::proposals(pool).await?.into_iter().any(|earlier| {
        earlier.registration_id == input.registration
            && earlier.answered_at.is_none()
            && earlier.proposed_by != actor.user.0
    });
    if waits {
        problems.add(
            "registration_answer_waits",
            "",
            "Another person has proposed an answer; confirm or return it first.",
        );
    }
    problems.into_result(Some(()))?;
    let people = members::list(pool, actor.tenant.0).await?;
    let roles = first_roles(&row.kind);
    let first = first_person(casework, &row.person);
    let new = NewProposal {
        registration: input.registration,
        approve: input.approve,
        reason_code: if input.approve {
            APPROVED
        } else {
            &input.reason_code
        },
        reason,
        alone: (!has_second(&people, actor, None)).then(|| opening(casework, &roles, &first)),
    };
    let done = answers::propose(pool, deed(actor, "registration_answer"), &new).await?;
    if done { Ok(()) } else { Err(overtaken()) }
}

/// Confirms what another person proposed, as it was read, which then holds; or returns it.
pub async fn registration_confirm(
    casework: &Casework,
    actor: &Actor,
    proposal: Uuid,
    confirm: bool,
) -> CaseResult<()> {
    permitted(actor, Action::RegistrationDecide)?;
    let pool = &casework.databases.identity;
    let open = answers::proposals(pool)
        .await?
        .into_iter()
        .find(|each| each.proposal_id == proposal && each.answered_at.is_none());
    let open = open.ok_or(CaseError::NotFound)?;
    let row = waiting(casework, open.registration_id).await?;
    if open.proposed_by == actor.user.0 {
        return Err(CaseError::problem(
            "own_request",
            "",
            "You asked for this, or it concerns you; another person answers.",
        ));
    }
    let roles = first_roles(&row.kind);
    let first = first_person(casework, &row.person);
    let opening = opening(casework, &roles, &first);
    let answered = deed(actor, "registration_confirm");
    let done = answers::answer(pool, answered, &open, confirm, &opening).await?;
    if done { Ok(()) } else { Err(overtaken()) }
}

async fn waiting(casework: &Casework, registration: Uuid) -> CaseResult<RegistrationRow> {
    let found = rows::waiting(&casework.databases.identity, registration).await?;
    found.ok_or(CaseError::NotFound)
}

fn overtaken() -> CaseError {
    CaseError::problem(
        "version_conflict",
        "",
        "Somebody else answered this at the same time. Read it and try again.",
    )
}

/// The role that signs: whoever registers an organisation says who else belongs to it.
fn first_roles(kind: &str) -> Vec<String> {
    let first = match TenantKind::from_name(kind) {
        Some(TenantKind::Funder) => Role::FunderChair,
        _ => Role::NgoEndorser,
    };
    vec![first.as_str().to_owned()]
}

/// The first person as an account keeps them, should they have none yet.
struct FirstPerson {
    user: Uuid,
    name: String,
    key: WrappedKeyRow,
}

fn first_person(casework: &Casework, name: &str) -> FirstPerson {
    let user = Uuid::now_v7();
    let (name, key) = name_sealed(casework, user, name);
    FirstPerson { user, name, key }
}

fn opening<'a>(casework: &Casework, roles: &'a [String], first: &'a FirstPerson) -> Opening<'a> {
    Opening {
        tenant: Uuid::now_v7(),
        organisation: Uuid::now_v7(),
        user: first.user,
        name: &first.name,
        key: &first.key,
        roles,
        fictional: casework.demo,
    }
}

fn check_reason(input: &RegistrationAnswerInput, reason: &str, problems: &mut Problems) {
    if !input.approve && !REFUSALS.contains(&input.reason_code.as_str()) {
        problems.add(
            "registration_reason_code",
            "reasonCode",
            "Choose why the organisation is not let in, such as identity_not_shown.",
        );
    }
    let letters = reason.chars().count();
    if !input.approve && letters == 0 {
        problems.add(
            "registration_reason_wanted",
            "reason",
            "Say in words why, and what can be done; the mail carries them to the person.",
        );
    } else if letters > REASON_CHARS_MAX {
        let message = format!("The reason has more than {REASON_CHARS_MAX} characters.");
        problems.push(
            Problem::new("too_long", "reason", message)
                .with("count", letters.to_string())
                .with("most", REASON_CHARS_MAX.to_string()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_the_same_name_is_found_and_another_is_not() {
        assert!(is_alike(
            "Harbour Lantern Community Service Ltd",
            "Harbour Lantern Community Services (fictional)"
        ));
        assert!(is_alike("海燈社區服務社有限公司", "海燈社區服務社（虛構）"));
        assert!(!is_alike(
            "Green Slope Rehabilitation Society",
            "Harbour Lantern Community Services"
        ));
        assert!(!is_alike("", "Harbour Lantern"));
    }
}
