//! Job: counts the sector anew and publishes cells that are already suppressed. Only the report role
//! can read what goes in.
use std::collections::BTreeMap;

use money::{Decimal, Hkd};
use report::sector::{Contribution, Cube, THRESHOLD};
use serde_json::json;
use store::{
    TenantTx, published,
    sector::{self, CellRow, ContributionRow},
    work::ClaimedWork,
};

use crate::{
    CaseError, CaseResult, Casework, assembly::hkd, context::job_deed, labels, screen::finish,
};

/// Refreshes the sector report.
pub async fn report_sector(casework: &Casework, job: &ClaimedWork) -> CaseResult<()> {
    let mut tx = TenantTx::begin_job(&casework.databases.worker, job.tenant_id).await?;
    let reference = published::reference(&mut tx, "reference")
        .await?
        .ok_or(CaseError::NotFound)?;
    let rows = sector::contributions(&casework.databases.report).await?;
    let contributions: Vec<Contribution> = rows
        .into_iter()
        .map(contribution)
        .collect::<CaseResult<_>>()?;
    let mut cells = Vec::new();
    for (dimension, list) in [
        ("district", "districts"),
        ("service_area", "service_areas"),
        ("size_band", "size_bands"),
    ] {
        let codes = labels::codes(&reference, list);
        let cube = Cube::of(&contributions, dimension, &codes).map_err(CaseError::internal)?;
        cells.extend(cube.cells.iter().map(|cell| row(dimension, cell)));
        if dimension == "district" {
            cells.push(row("total", &cube.total));
        }
    }
    let snapshot = sector::publish(&casework.databases.report, THRESHOLD, &cells).await?;
    let entry = job_deed("report_sector", "snapshot", snapshot, json!({}));
    finish(casework, tx, job, entry, &[]).await
}

fn contribution(row: ContributionRow) -> CaseResult<Contribution> {
    let listed: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_value(row.shares).map_err(CaseError::internal)?;
    let mut shares = BTreeMap::new();
    for (kind, by_code) in listed {
        let mut read = BTreeMap::new();
        for (code, share) in by_code {
            read.insert(
                code,
                money::decimal_from_text(&share).map_err(CaseError::internal)?,
            );
        }
        shares.insert(kind, read);
    }
    shares.insert(
        "size_band".to_owned(),
        BTreeMap::from([(row.size_band, Decimal::ONE)]),
    );
    Ok(Contribution {
        contributor: row.contributor_key,
        asked: hkd(row.asked)?,
        awarded: hkd(row.awarded)?,
        shares,
    })
}

fn row(dimension: &str, cell: &report::sector::Cell) -> CellRow {
    let figures = cell.figures.as_ref();
    CellRow {
        dimension: dimension.to_owned(),
        code: cell.code.clone(),
        suppressed: figures.is_none(),
        organisations: figures.map(|figures| figures.organisations),
        applications: figures.map(|figures| figures.applications),
        asked: figures.map(|figures| Hkd::decimal(figures.asked)),
        awarded: figures.map(|figures| Hkd::decimal(figures.awarded)),
    }
}
