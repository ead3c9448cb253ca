//! Work `rank_round`: the provisional ranking of the round.
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn rank(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::rank_round(casework, work).await)
}
