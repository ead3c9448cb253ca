//! Work `screen`: is the submission eligible?
use casework::Casework;
use store::work::ClaimedWork;

use crate::{JobError, cases::judge};

pub(crate) async fn screen(casework: &Casework, work: &ClaimedWork) -> Result<(), JobError> {
    judge(work, casework::screen(casework, work).await)
}
