//! Counts and sums over purchases.
use async_graphql::SimpleObject;
use casework::{ForecastView, PurchaseAnalysisView, PurchaseGroupView, RefusalCountView};

use crate::graphql::{scalars::Decimal, types::Text};

/// A department, or a kind of thing bought.
#[derive(SimpleObject)]
pub(crate) struct PurchaseGroup {
    code: String,
    label: Text,
    requested: i32,
    refused: i32,
    returned: i32,
    estimated: Decimal,
    committed: Decimal,
    paid: Decimal,
}

/// How often a reason was given.
#[derive(SimpleObject)]
pub(crate) struct RefusalCount {
    code: String,
    label: Text,
    category: Text,
    refused: i32,
    returned: i32,
}

/// Committed but not yet paid, by the month in which it is needed.
#[derive(SimpleObject)]
pub(crate) struct PurchaseForecast {
    /// `2027-02`; null where no day was stated.
    month: Option<String>,
    count: i32,
    amount: Decimal,
}

/// What purchases come to.
#[derive(SimpleObject)]
pub(crate) struct PurchaseAnalysis {
    departments: Vec<PurchaseGroup>,
    categories: Vec<PurchaseGroup>,
    /// Commonest first.
    refusals: Vec<RefusalCount>,
    forecast: Vec<PurchaseForecast>,
}

fn count(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

impl From<PurchaseGroupView> for PurchaseGroup {
    fn from(view: PurchaseGroupView) -> Self {
        Self {
            code: view.code,
            label: view.label.into(),
            requested: count(view.requested),
            refused: count(view.refused),
            returned: count(view.returned),
            estimated: view.estimated.into(),
            committed: view.committed.into(),
            paid: view.paid.into(),
        }
    }
}

impl From<RefusalCountView> for RefusalCount {
    fn from(view: RefusalCountView) -> Self {
        Self {
            code: view.code,
            label: view.label.into(),
            category: view.category.into(),
            refused: count(view.refused),
            returned: count(view.returned),
        }
    }
}

impl From<ForecastView> for PurchaseForecast {
    fn from(view: ForecastView) -> Self {
        Self {
            month: view.month,
            count: count(view.count),
            amount: view.amount.into(),
        }
    }
}

impl From<PurchaseAnalysisView> for PurchaseAnalysis {
    fn from(view: PurchaseAnalysisView) -> Self {
        Self {
            departments: view
                .departments
                .into_iter()
                .map(PurchaseGroup::from)
                .collect(),
            categories: view
                .categories
                .into_iter()
                .map(PurchaseGroup::from)
                .collect(),
            refusals: view.refusals.into_iter().map(RefusalCount::from).collect(),
            forecast: view
                .forecast
                .into_iter()
                .map(PurchaseForecast::from)
                .collect(),
        }
    }
}
