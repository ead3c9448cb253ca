//! The authorisation matrix as a file to read and to review: every operation of the schema, every role, in the
//! own organisation and in another's. It is made from the same list by which every operation is tried.
use std::{collections::BTreeMap, fmt::Write as _};

use access::{Actor, Role, TenantId, TenantKind, UserId, may};
use testkit::root;
use uuid::Uuid;

use super::{
    fields::{Field, all},
    open_fields::OPEN,
};

const FILE: &str = "graphql/authz.golden";
/// Set to write the file instead of comparing it.
const WRITE: &str = "PLUMBLINE_WRITE_GOLDEN";

fn holder(role: Role) -> Actor {
    Actor {
        user: UserId(Uuid::nil()),
        name: String::new(),
        tenant: TenantId(Uuid::nil()),
        kind: TenantKind::Ngo,
        roles: [role].into(),
        token: None,
    }
}

/// One line per operation and kind of thing: what each role may do with one of its own organisation.
fn matrix() -> String {
    let mut text = String::from(
        "# What each role may do. Made by tests/isolation/golden.rs; written with `make authz`.\n\
         # own: in the own organisation. Another organisation's things answer every role, and somebody who is not\n\
         # signed in, as if they did not exist; each line is tried so in tests/isolation (trust 1).\n\
         # operation\tthing\taction\town\n",
    );
    let mut lines = BTreeMap::new();
    for field in all() {
        lines.insert(key(field), line(field));
    }
    for (name, reason) in OPEN {
        lines.insert((name, String::new()), format!("{name}\t-\topen\t{reason}"));
    }
    for line in lines.values() {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn key(field: &Field) -> (&'static str, String) {
    (field.name, thing(field))
}

fn thing(field: &Field) -> String {
    field
        .target
        .map_or_else(|| "-".to_owned(), |target| format!("{target:?}"))
}

fn line(field: &Field) -> String {
    let roles: Vec<&str> = Role::ALL
        .into_iter()
        .filter(|role| may(&holder(*role), field.action))
        .map(Role::as_str)
        .collect();
    let verb = if field.changes { "mutation" } else { "query" };
    format!(
        "{}\t{} ({verb})\t{:?}\t{}",
        field.name,
        thing(field),
        field.action,
        roles.join(" ")
    )
}

#[test]
fn trust_01_the_authorisation_matrix_is_the_one_that_was_reviewed() {
    let file = root().join(FILE);
    let made = matrix();
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&file, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == made,
        "{FILE} is not what the code says; read the difference, then run `make authz`:\n{made}"
    );
    println!(
        "trust-01 pass {} operations × {} roles",
        all().count() + OPEN.len(),
        Role::ALL.len()
    );
}
