//! Work `report_sector`: the cells of the sector report.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn report(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::report_sector(casework, work).await)
}
