//! Work as those who wait for it see it: kind, state, time; never content.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{CaseError, CaseResult, ProgressView, WorkStats};

use crate::graphql::{scalars::DateTime, types::id};

#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WorkState {
    Queued,
    Running,
    Done,
    Failed,
    Dead,
}

impl WorkState {
    fn from_word(word: &str) -> CaseResult<Self> {
        match word {
            "queued" => Ok(Self::Queued),
            "running" => Ok(Self::Running),
            "done" => Ok(Self::Done),
            "failed" => Ok(Self::Failed),
            "dead" => Ok(Self::Dead),
            other => Err(CaseError::Internal(format!(
                "unknown state of work {other}"
            ))),
        }
    }
}

/// Where a piece of work stands.
#[derive(SimpleObject)]
pub(crate) struct WorkProgress {
    kind: String,
    state: WorkState,
    at: DateTime,
}

impl TryFrom<ProgressView> for WorkProgress {
    type Error = CaseError;

    fn try_from(view: ProgressView) -> CaseResult<Self> {
        let state = WorkState::from_word(&view.state)?;
        Ok(Self {
            kind: view.kind,
            state,
            at: view.at.into(),
        })
    }
}

/// The newest step of each kind, in the order in which the kinds first appear.
pub(crate) fn newest_per_kind(steps: Vec<ProgressView>) -> Vec<ProgressView> {
    let mut newest: Vec<ProgressView> = Vec::new();
    for step in steps {
        match newest.iter_mut().find(|known| known.kind == step.kind) {
            Some(known) if known.sequence < step.sequence => *known = step,
            Some(_) => {}
            None => newest.push(step),
        }
    }
    newest
}

/// A step that happened, and how far the whole has come.
#[derive(SimpleObject)]
pub(crate) struct ProgressEvent {
    sequence: i64,
    subject: ID,
    kind: String,
    state: WorkState,
    at: DateTime,
    done: usize,
    total: usize,
}

impl ProgressEvent {
    pub(super) fn new(view: ProgressView, done: usize, total: usize) -> CaseResult<Self> {
        Ok(Self {
            sequence: view.sequence,
            subject: id(view.subject),
            state: WorkState::from_word(&view.state)?,
            kind: view.kind,
            at: view.at.into(),
            done,
            total,
        })
    }
}

/// Counts and ages of work.
#[derive(SimpleObject)]
pub(crate) struct Workload {
    queued: i64,
    running: i64,
    /// Null: counting millions of finished rows would cost more than the figure is worth.
    done: Option<i64>,
    failed: i64,
    dead: i64,
    oldest_queued_seconds: i64,
    oldest_running_seconds: i64,
}

impl From<WorkStats> for Workload {
    fn from(stats: WorkStats) -> Self {
        Self {
            queued: stats.queued,
            running: stats.running,
            done: None,
            failed: stats.failed,
            dead: stats.dead,
            oldest_queued_seconds: stats.oldest_due_seconds.unwrap_or_default(),
            oldest_running_seconds: stats.oldest_running_seconds.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn of_several_steps_of_a_kind_the_newest_counts() {
        let step = |sequence, kind: &str, state: &str| ProgressView {
            sequence,
            subject: Uuid::nil(),
            kind: kind.to_owned(),
            state: state.to_owned(),
            at: DateTime::UNIX_EPOCH,
        };
        let steps = vec![
            step(1, "screen", "queued"),
            step(2, "evaluate_sroi", "queued"),
            step(4, "screen", "done"),
            step(3, "screen", "running"),
        ];
        let newest = newest_per_kind(steps);
        let seen: Vec<(&str, &str)> = newest
            .iter()
            .map(|step| (step.kind.as_str(), step.state.as_str()))
            .collect();
        assert_eq!(seen, [("screen", "done"), ("evaluate_sroi", "queued")]);
    }
}
