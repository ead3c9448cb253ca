//! Work `evaluate_outturn`: the social return of what came of a project.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn outturn(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::evaluate_outturn(casework, work).await)
}
