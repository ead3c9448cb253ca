//! Retention: what is no longer needed goes after the days of its class in the register of personal fields. Run by a
//! job every hour, and by hand.
use std::collections::BTreeMap;

use privacy::Register;
use store::retention;

use crate::{CaseError, CaseResult, Casework};

/// Deletes everything that has aged; returns how many rows of each class went.
pub async fn personal_data_expire(casework: &Casework) -> CaseResult<BTreeMap<String, u64>> {
    let register = Register::read().map_err(CaseError::internal)?;
    let databases = &casework.databases;
    let organisations = retention::organisations(&databases.identity).await?;
    let mut gone = BTreeMap::new();
    for code in retention::classes() {
        let days = register.class(code).and_then(|class| class.days);
        let days = days.ok_or_else(|| CaseError::internal(format!("class {code} has no days")))?;
        let mut rows =
            retention::expire(&databases.identity, &databases.worker, code, days).await?;
        if retention::is_in_organisations(code) {
            for tenant in &organisations {
                let more = retention::expire_in(&databases.worker, *tenant, code, days).await?;
                rows = rows.saturating_add(more);
            }
        }
        gone.insert(code.to_owned(), rows);
    }
    Ok(gone)
}
