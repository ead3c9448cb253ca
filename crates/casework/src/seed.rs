//! The demonstration world: published rules, fictional tenants, two rounds. Everything goes through
//! the same calculators and deeds as real work; only the dates of the past round are given. Safe to
//! run again: what is there is left alone.
use std::collections::BTreeMap;

use access::{Actor, Role, TenantId, TenantKind, UserId};
use serde_json::Value;
use store::{OwnerPool, identity, seed as rows};
use uuid::Uuid;

use crate::{CaseError, Casework, audit_seal};

mod applications;
mod drain;
mod outcome;
mod proxies;
mod purchases;
mod redress;
mod registrations;
mod sroi;
mod world;

/// Why the demonstration data could not be loaded: which file, where, why.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A file is missing.
    #[error("seed file {0} is missing")]
    Missing(String),
    /// A file does not say what it should.
    #[error("seed file {file}: {path}: {cause}")]
    Content {
        /// The file.
        file: String,
        /// Where in it.
        path: String,
        /// What is wrong.
        cause: String,
    },
    /// The database or a deed refused.
    #[error("{0}")]
    Case(#[from] CaseError),
}

impl From<store::StoreError> for SeedError {
    fn from(error: store::StoreError) -> Self {
        Self::Case(error.into())
    }
}

/// What was loaded.
#[derive(Debug, Clone, Copy, Default)]
pub struct SeedSummary {
    /// Whether everything was there before.
    pub was_there: bool,
    /// Tenants.
    pub tenants: usize,
    /// Applications.
    pub applications: usize,
    /// Pieces of work that were done.
    pub work: usize,
}

/// The files of `seed/` by path below it.
struct Files<'a>(&'a BTreeMap<String, Value>);

impl Files<'_> {
    fn get(&self, file: &str) -> Result<&Value, SeedError> {
        self.0
            .get(file)
            .ok_or_else(|| SeedError::Missing(file.to_owned()))
    }

    /// A list in a file, with the file's name for messages.
    fn list(&self, file: &str, key: &str) -> Result<Vec<Row<'_>>, SeedError> {
        let listed = self.get(file)?[key]
            .as_array()
            .ok_or_else(|| SeedError::Content {
                file: file.to_owned(),
                path: key.to_owned(),
                cause: "is not a list".to_owned(),
            })?;
        let row = |(position, value)| Row {
            file: file.to_owned(),
            path: format!("{key}[{position}]"),
            value,
        };
        Ok(listed.iter().enumerate().map(row).collect())
    }

    fn under(&self, folder: &str) -> impl Iterator<Item = Row<'_>> {
        self.0
            .iter()
            .filter(move |(file, _)| file.starts_with(folder))
            .map(|(file, value)| Row {
                file: file.clone(),
                path: String::new(),
                value,
            })
    }
}

/// One object of a seed file, which knows where it stands.
struct Row<'a> {
    file: String,
    path: String,
    value: &'a Value,
}

impl Row<'_> {
    fn content(&self, key: &str, cause: &str) -> SeedError {
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        };
        SeedError::Content {
            file: self.file.clone(),
            path,
            cause: cause.to_owned(),
        }
    }

    fn text(&self, key: &str) -> Result<&str, SeedError> {
        self.value
            .pointer(&format!("/{}", key.replace('.', "/")))
            .and_then(Value::as_str)
            .ok_or_else(|| self.content(key, "is not text"))
    }

    fn id(&self, key: &str) -> Result<Uuid, SeedError> {
        self.text(key)?
            .parse()
            .map_err(|_| self.content(key, "is not a uuid"))
    }

    fn time(&self, key: &str) -> Result<chrono::DateTime<chrono::Utc>, SeedError> {
        self.text(key)?
            .parse()
            .map_err(|_| self.content(key, "is not a time such as 2026-09-30T18:00:00+08:00"))
    }

    fn money(&self, key: &str) -> Result<money::Decimal, SeedError> {
        money::Hkd::try_from_text(self.text(key)?)
            .map(money::Hkd::decimal)
            .map_err(|error| self.content(key, &error.to_string()))
    }

    fn rows(&self, key: &str) -> Vec<Row<'_>> {
        let items = self.value[key].as_array();
        items
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(position, value)| Row {
                file: self.file.clone(),
                path: format!("{}.{key}[{position}]", self.path),
                value,
            })
            .collect()
    }
}

/// Where the demonstration goes, and how its people sign in.
pub struct SeedTarget<'a> {
    /// The owner's connection.
    pub owner: &'a OwnerPool,
    /// The product, for everything that has a deed of its own.
    pub casework: &'a Casework,
    /// Hash of the password that all demonstration users share.
    pub password_hash: &'a str,
}

/// Loads `seed/` (path below it → content).
pub async fn seed(
    target: &SeedTarget<'_>,
    files: &BTreeMap<String, Value>,
) -> Result<SeedSummary, SeedError> {
    if rows::is_seeded(target.owner).await? {
        let files = Files(files);
        proxies::library(target, &files).await?;
        proxies::proposals(target, &files).await?;
        purchases::example(target, &files).await?;
        registrations::load(target, &files).await?;
        return Ok(SeedSummary {
            was_there: true,
            ..SeedSummary::default()
        });
    }
    let files = Files(files);
    let mut summary = SeedSummary::default();
    world::rules(target, &files).await?;
    purchases::example(target, &files).await?;
    proxies::library(target, &files).await?;
    summary.tenants = world::tenants(target, &files).await?;
    registrations::load(target, &files).await?;
    world::organisations(target, &files).await?;
    proxies::proposals(target, &files).await?;
    world::light_organisations(target, &files).await?;
    world::awards(target, &files).await?;
    world::rounds(target, &files).await?;
    let by = applications::load(target, &files).await?;
    summary.applications = by.len();
    outcome::reviews(target, &files, &by).await?;
    sroi::assessed(target, &files, &by).await?;
    summary.work = drain::all_work(target.casework).await?;
    sroi::assured(target, &files, &by).await?;
    outcome::decisions(target, &files, &by).await?;
    redress::all(target, &files, &by).await?;
    sroi::came(target, &files).await?;
    purchases::bought(target, &files).await?;
    summary.work += drain::all_work(target.casework).await?;
    audit_seal(target.casework).await?;
    rows::seeded(target.owner).await?;
    Ok(summary)
}

/// A person of the demonstration, acting for their tenant.
async fn person(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
    email: &str,
) -> Result<Actor, SeedError> {
    let users = files.list("demo/world.json", "users")?;
    for user in users {
        if user.text("email")? != email {
            continue;
        }
        let memberships = user.rows("memberships");
        let membership = memberships
            .first()
            .ok_or_else(|| user.content("memberships", "is empty"))?;
        let tenant = membership.id("tenant_id")?;
        let id = user.id("id")?;
        let name = identity::name_of(&target.casework.databases.identity, id).await?;
        return Ok(Actor {
            user: UserId(id),
            name: name.ok_or_else(|| user.content("name", "is not in the database"))?,
            tenant: TenantId(tenant),
            kind: TenantKind::Funder,
            roles: roles(membership)
                .iter()
                .filter_map(|role| Role::from_name(role))
                .collect(),
            token: None,
        });
    }
    Err(SeedError::Content {
        file: "demo/world.json".to_owned(),
        path: "users".to_owned(),
        cause: format!("{email} is not among them"),
    })
}

fn roles(membership: &Row<'_>) -> Vec<String> {
    let names = membership.value["roles"].as_array();
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_lowercase)
        .collect()
}

/// An id that depends on nothing but its words, so that loading again finds the same row.
fn fixed_id(words: &str) -> Uuid {
    let hash = explain::sha256_hex(words.as_bytes());
    u128::from_str_radix(&hash[..32], 16).map_or(Uuid::nil(), Uuid::from_u128)
}
