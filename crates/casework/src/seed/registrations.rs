//! The notice of the demonstration, which its people have agreed to, and an organisation that waits to be let in.
use explain::json::Json;
use store::{
    notices,
    registrations::{self as rows, NewRegistration},
};

use super::{Files, SeedError, SeedTarget};
use crate::notice_load;

pub(super) async fn load(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    notice_load(target.owner, &Json::from(files.get("notices/1.json")?)).await?;
    notices::agree_for_demonstration(target.owner).await?;
    for row in files.list("demo/registrations.json", "registrations")? {
        let mut identifiers = Vec::new();
        for each in row.rows("identifiers") {
            let (kind, value) = (each.text("type")?, each.text("value")?);
            let plain = value.chars().filter(char::is_ascii_alphanumeric).collect();
            identifiers.push((kind.to_owned(), value.to_owned(), plain));
        }
        let new = NewRegistration {
            id: row.id("id")?,
            content_sha256: "",
            kind: &row.text("kind")?.to_lowercase(),
            name_en: row.text("name.en")?,
            name_zh: row.text("name.zh")?,
            person: row.text("person")?,
            email: row.text("email")?,
            notice: row.text("notice")?,
            days: 7,
            identifiers: &identifiers,
        };
        rows::put_waiting(target.owner, &new, target.password_hash).await?;
    }
    Ok(())
}
