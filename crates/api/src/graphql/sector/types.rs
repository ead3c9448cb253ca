//! Cells of the sector report, already suppressed when they reach us.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{SectorCellView, SectorReportView};

use crate::graphql::{
    scalars::{DateTime, Decimal},
    types::{Text, id},
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SectorDimension {
    District,
    ServiceArea,
    SizeBand,
}

impl SectorDimension {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::ServiceArea => "service_area",
            Self::SizeBand => "size_band",
        }
    }
}

/// One dimension of the sector report.
#[derive(SimpleObject)]
pub(crate) struct SectorReport {
    dimension: SectorDimension,
    as_at: Option<DateTime>,
    snapshot_id: Option<ID>,
    /// Least number of organisations in a cell that is shown.
    threshold: i32,
    #[graphql(complexity = "20 * child_complexity + 1")]
    cells: Vec<SectorCell>,
    total: SectorCell,
}

impl SectorReport {
    pub(super) fn new(dimension: SectorDimension, view: SectorReportView) -> Self {
        let (snapshot_id, as_at) = view.snapshot.unzip();
        Self {
            dimension,
            as_at: as_at.map(DateTime),
            snapshot_id: snapshot_id.map(id),
            threshold: view.threshold,
            cells: view.cells.into_iter().map(SectorCell::from).collect(),
            total: view.total.into(),
        }
    }
}

/// A cell; its figures are null when it is suppressed. Applications are a sum of shares.
#[derive(SimpleObject)]
pub(crate) struct SectorCell {
    code: String,
    label: Text,
    suppressed: bool,
    organisations: Option<i32>,
    applications: Option<Decimal>,
    asked: Option<Decimal>,
    awarded: Option<Decimal>,
}

impl From<SectorCellView> for SectorCell {
    fn from(view: SectorCellView) -> Self {
        Self {
            code: view.code,
            label: view.label.into(),
            suppressed: view.suppressed,
            organisations: view.organisations,
            applications: view.applications.map(Decimal::from),
            asked: view.asked.map(Decimal::from),
            awarded: view.awarded.map(Decimal::from),
        }
    }
}
