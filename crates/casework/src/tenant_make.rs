//! Making an organisation that nobody registers, an operator's or a council's, with the first person who signs for it:
//! a deed of the machine's owner. That person sets a password by the link of a forgotten one.
use access::{Role, TenantKind};
use explain::Problems;
use store::tenants::{self, NewTenant};
use uuid::Uuid;

use crate::{
    CaseResult, Casework,
    invitation_accept::check_name,
    names::name_sealed,
    password::hash_aside,
    registration::check_organisation_name,
    sign_in::{is_email, new_secret},
};

/// What the machine's owner says.
pub struct TenantInput<'a> {
    /// Operator or council.
    pub kind: &'a str,
    /// English name.
    pub name_en: &'a str,
    /// Chinese name.
    pub name_zh: &'a str,
    /// The first person's name.
    pub person: &'a str,
    /// Their address.
    pub email: &'a str,
}

/// Makes the organisation, and returns its id.
pub async fn tenant_make(casework: &Casework, input: &TenantInput<'_>) -> CaseResult<Uuid> {
    let (name_en, name_zh) = (input.name_en.trim(), input.name_zh.trim());
    let (person, email) = (input.person.trim(), input.email.trim().to_lowercase());
    let mut problems = Problems::new();
    let role = match TenantKind::from_name(input.kind) {
        Some(TenantKind::Operator) => Some(Role::Operator),
        Some(TenantKind::Council) => Some(Role::CouncilSteward),
        _ => {
            problems.add(
                "tenant_kind",
                "kind",
                "The machine's owner makes an operator or a council; NGOs and funders register.",
            );
            None
        }
    };
    check_organisation_name(name_en, "nameEn", &mut problems);
    check_organisation_name(name_zh, "nameZh", &mut problems);
    check_name(person, "name", &mut problems);
    if !is_email(&email) {
        problems.add(
            "not_email",
            "email",
            "Give an e-mail address, such as officer@operator.example.",
        );
    }
    let role = problems.into_result(role)?;
    let user = Uuid::now_v7();
    let (sealed, key) = name_sealed(casework, user, person);
    let password_hash = hash_aside(&casework.hashing, new_secret()).await?;
    let tenant = Uuid::now_v7();
    let new = NewTenant {
        tenant,
        kind: input.kind,
        name_en,
        name_zh,
        email: &email,
        user,
        person: &sealed,
        key: &key,
        password_hash: &password_hash,
        roles: &[role.as_str().to_owned()],
    };
    tenants::make(&casework.databases.identity, &new).await?;
    Ok(tenant)
}
