//! Work `settle_file`: a supporting document is scanned, or its bytes are dropped.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn settle(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::file_settle(casework, work).await)
}
