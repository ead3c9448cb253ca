//! The council's report: the newest published cells of one dimension, already suppressed.
use access::{Action, Actor};
use money::Amount;
use serde_json::Value;
use store::{
    published,
    sector::{self as rows, CellRow},
};

use crate::{
    CaseError, CaseResult, Casework, SectorCellView, SectorReportView, assembly::hkd, labels,
};

/// Reads one dimension: `district`, `service_area` or `size_band`.
pub async fn sector_report(
    casework: &Casework,
    actor: &Actor,
    dimension: &str,
) -> CaseResult<SectorReportView> {
    let list = match dimension {
        "district" => "districts",
        "service_area" => "service_areas",
        "size_band" => "size_bands",
        _ => return Err(CaseError::NotFound),
    };
    let mut tx = casework.begin(actor, Action::SectorRead).await?;
    let reference = published::reference(&mut tx, "reference")
        .await?
        .unwrap_or_default();
    let Some(snapshot) = rows::snapshot(&mut tx).await? else {
        tx.end_read().await?;
        return Ok(SectorReportView {
            snapshot: None,
            threshold: report::sector::THRESHOLD,
            cells: Vec::new(),
            total: hidden("total", &reference, list),
        });
    };
    let cells = rows::cells(&mut tx, snapshot.snapshot_id, dimension).await?;
    tx.end_read().await?;
    let find = |dimension: &str, code: &str| {
        cells
            .iter()
            .find(|cell| cell.dimension == dimension && cell.code == code)
    };
    let listed = labels::codes(&reference, list)
        .iter()
        .filter_map(|code| find(dimension, code))
        .map(|cell| view(cell, &reference, list))
        .collect::<CaseResult<_>>()?;
    let total = find("total", "total").ok_or(CaseError::NotFound)?;
    Ok(SectorReportView {
        snapshot: Some((snapshot.snapshot_id, snapshot.as_at)),
        threshold: snapshot.threshold,
        cells: listed,
        total: view(total, &reference, list)?,
    })
}

fn hidden(code: &str, reference: &Value, list: &str) -> SectorCellView {
    SectorCellView {
        code: code.to_owned(),
        label: labels::label(reference, list, code),
        suppressed: true,
        organisations: None,
        applications: None,
        asked: None,
        awarded: None,
    }
}

fn view(cell: &CellRow, reference: &Value, list: &str) -> CaseResult<SectorCellView> {
    Ok(SectorCellView {
        suppressed: cell.suppressed,
        organisations: cell.organisations,
        applications: cell.applications.map(Amount::from_decimal),
        asked: cell.asked.map(hkd).transpose()?,
        awarded: cell.awarded.map(hkd).transpose()?,
        ..hidden(&cell.code, reference, list)
    })
}
