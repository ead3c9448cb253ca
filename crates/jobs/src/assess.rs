//! Work `evaluate_assessed`: the social return of the funder's assessed copy.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn assess(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::evaluate_assessed(casework, work).await)
}
