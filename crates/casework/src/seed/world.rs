//! Rules, tenants, people, organisations, earlier awards, rounds.
use std::collections::BTreeMap;

use access::TenantId;
use explain::json::Json;
use serde_json::{Value, json};
use store::{
    TenantTx,
    organisations::FactRow,
    sector::{self, ContributionRow},
    seed::{self as rows, NewProgramme, NewRound},
};

use super::{Files, Row, SeedError, SeedTarget, fixed_id, roles};
use crate::{
    CaseError,
    assembly::{COSTSHARE_RULES, PROCUREMENT_RULES},
    context::job_deed,
    names::name_sealed,
    screen::contributor_key,
    settings::Settings,
};

const PROGRAMME: &str = "programmes/dedicated-fund-it.json";

/// Reference data and dated rules, each checked by the calculator that reads it.
pub(super) async fn rules(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    for name in ["reference", "facts", "notices", "glossary"] {
        rows::reference(target.owner, name, files.get(&format!("{name}.json"))?).await?;
    }
    let file = format!("rules/{PROCUREMENT_RULES}.json");
    let body = files.get(&file)?;
    procurement::read_ruleset(&Json::from(body)).map_err(|problems| first(&file, &problems))?;
    rows::rule_set(target.owner, PROCUREMENT_RULES, "1", body).await?;
    let body = files.get(&format!("rules/{COSTSHARE_RULES}.json"))?;
    rows::rule_set(
        target.owner,
        COSTSHARE_RULES,
        costshare::RULESET_VERSION,
        body,
    )
    .await?;
    Ok(())
}

pub(super) fn first(file: &str, problems: &explain::Problems) -> SeedError {
    let problem = problems.as_slice().first();
    SeedError::Content {
        file: file.to_owned(),
        path: problem.map_or_else(String::new, |problem| problem.path.clone()),
        cause: problem.map_or_else(String::new, |problem| problem.message.clone()),
    }
}

/// Programme body with its settings.
fn programme_body(files: &Files<'_>) -> Result<Value, SeedError> {
    let mut body = files.get(PROGRAMME)?.clone();
    body["settings"] = files
        .get("programmes/dedicated-fund-it.settings.json")?
        .clone();
    eligibility::Compiled::try_new(&Json::from(&body))
        .map_err(|problems| first(PROGRAMME, &problems))?;
    Settings::of(&body)?;
    Ok(body)
}

/// Tenants and their people.
pub(super) async fn tenants(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
) -> Result<usize, SeedError> {
    let tenants = files.list("demo/world.json", "tenants")?;
    for tenant in &tenants {
        let kind = tenant.text("kind")?.to_lowercase();
        let name = (tenant.text("name.en")?, tenant.text("name.zh")?);
        rows::tenant(target.owner, tenant.id("id")?, &kind, name).await?;
    }
    for user in files.list("demo/world.json", "users")? {
        let id = user.id("id")?;
        let (name, key) = name_sealed(target.casework, id, user.text("name")?);
        for membership in user.rows("memberships") {
            let of = (membership.id("tenant_id")?, &*roles(&membership));
            rows::user(
                target.owner,
                id,
                user.text("email")?,
                (&name, &key),
                target.password_hash,
                of,
            )
            .await?;
        }
    }
    Ok(tenants.len())
}

/// The fully drawn organisations with their facts by year.
pub(super) async fn organisations(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
) -> Result<(), SeedError> {
    for organisation in files.list("demo/organisations.json", "organisations")? {
        let tenant = TenantId(organisation.id("tenant_id")?);
        let id = organisation.id("id")?;
        let mut tx = TenantTx::begin_seed(target.owner, tenant).await?;
        let name = (organisation.text("name.en")?, organisation.text("name.zh")?);
        rows::organisation(&mut tx, id, name).await?;
        for identifier in organisation.rows("identifiers") {
            rows::identifier(
                &mut tx,
                id,
                identifier.text("type")?,
                identifier.text("value")?,
            )
            .await?;
        }
        for unit in organisation.rows("service_units") {
            let name = (unit.text("name.en")?, unit.text("name.zh")?);
            rows::service_unit(&mut tx, unit.id("id")?, id, name).await?;
        }
        for fact in organisation.rows("facts") {
            rows::fact(&mut tx, id, &fact_row(&fact)?).await?;
        }
        tx.commit(&[job_deed("seed", "organisation", id, json!({}))], &[])
            .await?;
    }
    Ok(())
}

fn fact_row(fact: &Row<'_>) -> Result<FactRow, SeedError> {
    Ok(FactRow {
        financial_year: fact.text("financial_year")?.to_owned(),
        path: fact.text("path")?.to_owned(),
        value: fact.value["value"].clone(),
        provenance: fact.text("provenance")?.to_owned(),
    })
}

/// Organisations known by past results only: they fill the sector report.
pub(super) async fn light_organisations(
    target: &SeedTarget<'_>,
    files: &Files<'_>,
) -> Result<(), SeedError> {
    let funder = funder(files)?;
    let mut tx = TenantTx::begin_seed(target.owner, funder).await?;
    for organisation in files.list("demo/light_organisations.json", "organisations")? {
        let id = organisation.id("id")?;
        let name = (organisation.text("name.en")?, organisation.text("name.zh")?);
        rows::tenant(target.owner, id, "ngo", name).await?;
        let shares = json!({
            "district": share_map(&organisation, "districts")?,
            "service_area": share_map(&organisation, "service_areas")?,
        });
        for application in organisation.rows("applications") {
            let submission = fixed_id(&format!("past:{id}:{}", application.text("code")?));
            let row = ContributionRow {
                contributor_key: contributor_key(target.casework, id),
                size_band: organisation.text("size_band")?.to_owned(),
                asked: application.money("asked")?,
                awarded: application.money("awarded")?,
                shares: shares.clone(),
            };
            sector::contribute(&mut tx, submission, &row).await?;
        }
    }
    tx.commit(&[job_deed("seed", "sector", funder.0, json!({}))], &[])
        .await?;
    Ok(())
}

fn share_map(row: &Row<'_>, key: &str) -> Result<BTreeMap<String, String>, SeedError> {
    row.rows(key)
        .iter()
        .map(|share| {
            Ok((
                share.text("code")?.to_owned(),
                share.text("share")?.to_owned(),
            ))
        })
        .collect()
}

/// The demonstration's one funder.
pub(super) fn funder(files: &Files<'_>) -> Result<TenantId, SeedError> {
    tenant_of_kind(files, "funder")
}

/// The demonstration's first tenant of a kind.
pub(super) fn tenant_of_kind(files: &Files<'_>, kind: &str) -> Result<TenantId, SeedError> {
    for tenant in files.list("demo/world.json", "tenants")? {
        if tenant.text("kind")?.eq_ignore_ascii_case(kind) {
            return Ok(TenantId(tenant.id("id")?));
        }
    }
    Err(SeedError::Content {
        file: "demo/world.json".to_owned(),
        path: "tenants".to_owned(),
        cause: format!("has no {kind}"),
    })
}

/// Earlier awards, in both copies of the ledger.
pub(super) async fn awards(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    for award in files.list("demo/awards.json", "awards")? {
        let (funder, applicant) = (award.id("funder_tenant_id")?, award.id("tenant_id")?);
        for (own, other) in [(funder, applicant), (applicant, funder)] {
            let mut tx = TenantTx::begin_seed(target.owner, TenantId(own)).await?;
            rows::ledger_entry(
                &mut tx,
                award.id("id")?,
                other,
                award.id("programme_id")?,
                award.text("reference")?,
                award.text("financial_year")?,
                award.money("amount")?,
            )
            .await?;
            tx.commit(
                &[job_deed("seed", "award", award.id("id")?, json!({}))],
                &[],
            )
            .await?;
        }
    }
    Ok(())
}

/// The programme with its form, and its rounds.
pub(super) async fn rounds(target: &SeedTarget<'_>, files: &Files<'_>) -> Result<(), SeedError> {
    let body = programme_body(files)?;
    let sections = files.get("programmes/dedicated-fund-it.sections.json")?;
    let day = |key: &str| {
        body[key]
            .as_str()
            .and_then(explain::date_from_text)
            .ok_or_else(|| SeedError::Content {
                file: PROGRAMME.to_owned(),
                path: key.to_owned(),
                cause: "is not a date".to_owned(),
            })
    };
    for round in files.list("demo/rounds.json", "rounds")? {
        let version = round.text("programme_version")?;
        let programme = NewProgramme {
            programme_id: round.id("programme_id")?,
            owner: round.id("owner_tenant_id")?,
            code: round.text("programme")?,
            version,
            body: &body,
            sections,
            effective_from: day("effective_from")?,
            known_from: day("known_from")?,
        };
        rows::programme(target.owner, &programme).await?;
        let new = NewRound {
            round_id: round.id("id")?,
            programme: (round.id("programme_id")?, version),
            owner: round.id("owner_tenant_id")?,
            code: round.text("code")?,
            name: (round.text("name.en")?, round.text("name.zh")?),
            opens_at: round.time("opens_at")?,
            closes_at: round.time("closes_at")?,
            budget: round.money("budget")?,
            stage: round.text("stage")?,
        };
        rows::round(target.owner, &new)
            .await
            .map_err(CaseError::from)?;
    }
    Ok(())
}
