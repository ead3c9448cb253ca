//! The bundle of an appeal, and what waits on the desk.
use async_graphql::{ID, SimpleObject};
use casework::{AppealBundleView, CaseError, CaseResult, DeskTaskView};
use serde_json::Value;

use crate::graphql::{
    scalars::{DateTime, Decimal},
    types::{Text, id},
};

/// Everything an appeal is decided on.
#[derive(SimpleObject)]
pub(crate) struct AppealBundle {
    appeal_id: ID,
    sha256: String,
    all_equal: bool,
    checks: Vec<BundleCheck>,
    #[graphql(complexity = 20)]
    document: Value,
}

impl TryFrom<AppealBundleView> for AppealBundle {
    type Error = CaseError;

    fn try_from(view: AppealBundleView) -> CaseResult<Self> {
        let document = serde_json::from_str(&view.text)
            .map_err(|_| CaseError::Internal("a bundle is not JSON".to_owned()))?;
        Ok(Self {
            appeal_id: id(view.appeal),
            sha256: view.sha256,
            all_equal: view.checks.iter().all(|check| check.equal),
            checks: view
                .checks
                .into_iter()
                .map(|check| BundleCheck {
                    run_id: id(check.run.id),
                    kind: check.run.kind,
                    input_hash: check.run.input_hash,
                    engine_version: check.run.engine_version,
                    equal: check.equal,
                })
                .collect(),
            document,
        })
    }
}

/// A run asked again.
#[derive(SimpleObject)]
pub(crate) struct BundleCheck {
    run_id: ID,
    kind: String,
    input_hash: String,
    engine_version: String,
    equal: bool,
}

/// Something that waits for a person.
#[derive(SimpleObject)]
pub(crate) struct DeskTask {
    /// `confirm` or `appeal`.
    kind: String,
    submission_id: ID,
    reference: String,
    organisation: Text,
    since: DateTime,
    amount: Option<Decimal>,
}

impl From<DeskTaskView> for DeskTask {
    fn from(view: DeskTaskView) -> Self {
        Self {
            kind: view.kind.to_owned(),
            submission_id: id(view.submission),
            reference: view.reference,
            organisation: view.organisation.into(),
            since: view.since.into(),
            amount: view.amount.map(Decimal::from),
        }
    }
}
