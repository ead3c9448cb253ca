//! Work `evaluate_sroi`: the social return of the submission.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn evaluate(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::evaluate_sroi(casework, work).await)
}
