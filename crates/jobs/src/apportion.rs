//! Work `apportion`: the shared costs of the submission.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn apportion(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::apportion(casework, work).await)
}
