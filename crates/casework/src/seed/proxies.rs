//! The proxy library, the outcome catalogue, and two proposals of the demonstration. They go into a world that
//! was seeded before as well: an update brings new entries, and published versions never change.
use access::TenantId;
use chrono::{NaiveTime, TimeZone as _, Utc};
use serde_json::Value;
use store::seed as rows;

use super::{Files, Row, SeedError, SeedTarget, person, world::tenant_of_kind};
use crate::{CaseError, ProxyEntry, labels, proxy_decide, proxy_entry::Known, proxy_propose};

const CATALOGUE: &str = "catalogue.json";
const LIBRARY: &str = "proxies/library.json";
const PROPOSALS: &str = "demo/proxy_proposals.json";
/// Keys of an entry that say where it stands, beside what it says.
const PLACE: [&str; 4] = ["id", "version", "published_on", "illustrative"];
/// A file says its own years; this only keeps out a slip of the pen.
const YEAR_LAST: i64 = 2100;

/// Loads the catalogue and the library, each entry checked by the reader that checks proposals.
pub(super) async fn library(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    let catalogue = files.get(CATALOGUE)?;
    rows::reference(target.owner, "catalogue", catalogue).await?;
    let keeper = tenant_of_kind(files, "council")?;
    rows::proxy_keeper(target.owner, keeper.0).await?;
    let known = Known {
        outcomes: labels::codes(catalogue, "outcomes").into_iter().collect(),
        year_last: YEAR_LAST,
    };
    for row in files.list(LIBRARY, "entries")? {
        entry(target, &row, keeper, &known).await?;
    }
    Ok(())
}

async fn entry(
    target: &SeedTarget<'_>,
    row: &Row<'_>,
    keeper: TenantId,
    known: &Known,
) -> Result<(), SeedError> {
    let mut content = row.value.clone();
    if let Value::Object(fields) = &mut content {
        fields.retain(|key, _| !PLACE.contains(&key.as_str()));
    }
    let mut entry = ProxyEntry::read(&content, known).map_err(|problems| {
        let first = problems.into_vec().into_iter().next();
        first.map_or_else(
            || row.content("", "cannot be read"),
            |problem| row.content(&problem.path, &problem.message),
        )
    })?;
    entry.illustrative = row.value["illustrative"].as_bool().unwrap_or_default();
    let version = row.value["version"].as_i64();
    let version = version.and_then(|version| i32::try_from(version).ok());
    let version = version.ok_or_else(|| row.content("version", "is not a version"))?;
    let day = explain::date_from_text(row.text("published_on")?)
        .ok_or_else(|| row.content("published_on", "is not a date"))?;
    let body = serde_json::to_value(&entry).map_err(CaseError::internal)?;
    let at = Utc.from_utc_datetime(&day.and_time(NaiveTime::MIN));
    rows::proxy(target.owner, row.text("id")?, version, keeper.0, &body, at).await?;
    Ok(())
}

/// The proposals of the demonstration, and what was decided on them.
pub(super) async fn proposals(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    for row in files.list(PROPOSALS, "proposals")? {
        let proposer = person(target, files, row.text("by")?).await?;
        let proxy = row.value["proxy"].as_str();
        let content = &row.value["content"];
        let made =
            proxy_propose(target.casework, &proposer, proxy, content, row.text("key")?).await?;
        if made.decision.is_some() || row.value["decision"].is_null() {
            continue;
        }
        let steward = person(target, files, row.text("decision.by")?).await?;
        let approve = row.value["decision"]["approve"].as_bool();
        let approve =
            approve.ok_or_else(|| row.content("decision.approve", "is not a yes or no"))?;
        let reason = row.text("decision.reason")?;
        proxy_decide(target.casework, &steward, made.id, approve, reason).await?;
    }
    Ok(())
}
