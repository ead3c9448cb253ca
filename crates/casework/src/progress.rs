//! Live progress. A funder follows the ledger's rows of a round; an applicant follows the statuses
//! that were delivered into its own tenant, and nothing of the funder's.
use access::{Action, Actor};
use store::{applications, progress};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, ProgressView, rounds::own_round};

/// Rows of one poll.
const ROWS_MAX: i64 = 500;
/// What an applicant waits for: the status that is delivered, and the work behind it.
const AWAITED: [(&str, &str); 3] = [
    ("screened", "screen"),
    ("evaluated", "evaluate_sroi"),
    ("apportioned", "apportion"),
];

/// What somebody follows.
#[derive(Debug, Clone, Copy)]
pub enum ProgressSubject {
    /// An applicant's own application.
    Application(Uuid),
    /// A funder's own round.
    Round(Uuid),
}

/// What happened after a sequence, oldest first.
pub async fn progress_since(
    casework: &Casework,
    actor: &Actor,
    subject: ProgressSubject,
    after: i64,
) -> CaseResult<Vec<ProgressView>> {
    match subject {
        ProgressSubject::Application(id) => of_application(casework, actor, id, after).await,
        ProgressSubject::Round(id) => {
            let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
            own_round(&mut tx, actor, id).await?;
            let rows = progress::of_round_since(&mut tx, id, after, ROWS_MAX).await?;
            tx.end_read().await?;
            Ok(rows.into_iter().map(ProgressView::from).collect())
        }
    }
}

async fn of_application(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
    after: i64,
) -> CaseResult<Vec<ProgressView>> {
    let mut tx = casework.begin(actor, Action::ApplicationRead).await?;
    applications::find(&mut tx, id)
        .await?
        .ok_or(CaseError::NotFound)?;
    let submission = applications::submission(&mut tx, id).await?;
    let statuses = applications::statuses(&mut tx, id).await?;
    tx.end_read().await?;
    let Some(submission) = submission else {
        return Ok(Vec::new());
    };
    let mut sequence = 0;
    let mut rows = Vec::new();
    for (_, kind) in AWAITED {
        sequence += 1;
        rows.push(ProgressView {
            sequence,
            subject: id,
            kind: kind.to_owned(),
            state: "queued".to_owned(),
            at: submission.received_at,
        });
    }
    for status in statuses
        .iter()
        .filter(|status| status.at >= submission.received_at)
    {
        if let Some((_, kind)) = AWAITED.iter().find(|(code, _)| *code == status.code) {
            sequence += 1;
            rows.push(ProgressView {
                sequence,
                subject: id,
                kind: (*kind).to_owned(),
                state: "done".to_owned(),
                at: status.at,
            });
        }
    }
    rows.retain(|row| row.sequence > after);
    Ok(rows)
}

impl From<progress::ProgressRow> for ProgressView {
    fn from(row: progress::ProgressRow) -> Self {
        Self {
            sequence: row.sequence,
            subject: row.subject_id,
            kind: row.kind,
            state: row.state,
            at: row.at,
        }
    }
}
