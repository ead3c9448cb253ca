//! How a deed can end when it does not succeed. What a person caused comes back as problems; what
//! they may not see does not exist; the rest is logged once with a reference and never sent.
use explain::{Problem, Problems};
use store::StoreError;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The person can put it right.
    #[error("{0}")]
    Problems(Problems),
    /// Not there, or not theirs to see.
    #[error("not found")]
    NotFound,
    /// The machine's fault.
    #[error("internal: {0}")]
    Internal(String),
}

impl CaseError {
    /// One problem.
    pub fn problem(code: &str, path: &str, message: impl Into<String>) -> Self {
        Self::Problems(Problem::new(code, path, message).into())
    }

    pub(crate) fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }
}

impl From<Problems> for CaseError {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<StoreError> for CaseError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::VersionConflict => Self::problem(
                "version_conflict",
                "",
                "Somebody else saved this since you opened it. Both texts are kept: compare them and save again.",
            ),
            StoreError::Constraint(name) => constraint_problem(&name),
            other @ (StoreError::Corrupt { .. }
            | StoreError::Migration(_)
            | StoreError::Database(_)) => Self::Internal(other.to_string()),
        }
    }
}

/// The constraints that a person can run into: name, code, path, message. Any other is the machine's fault.
const CONSTRAINTS: &[(&str, &str, &str, &str)] = &[
    (
        "decisions_chain_key",
        "version_conflict",
        "",
        "Somebody else recorded a decision at the same time. Read it and decide again.",
    ),
    (
        "assessments_version_key",
        "version_conflict",
        "",
        "Somebody else assessed this at the same time. Compare both lists and save again.",
    ),
    (
        "purchase_acts_pkey",
        "version_conflict",
        "",
        "Somebody else did something here at the same time. Read it and try again.",
    ),
    (
        "purchase_policies_pkey",
        "version_conflict",
        "",
        "Somebody else did something here at the same time. Read it and try again.",
    ),
    (
        "decision_answers_other_person",
        "own_proposal",
        "proposalId",
        "You proposed this decision; another person confirms or returns it.",
    ),
    (
        "appeal_decisions_other_person",
        "took_part",
        "",
        "You took part in this decision; somebody else decides the appeal.",
    ),
    (
        "funding_levels_pkey",
        "version_conflict",
        "",
        "Somebody else saved these levels at the same time. Read them and save again.",
    ),
    (
        "outturns_sent",
        "outturn_sent",
        "",
        "What came of this project was sent before; it cannot be changed.",
    ),
    (
        "idempotency_keys_key_length",
        "idempotency_key_length",
        "idempotencyKey",
        "The key has 8 to 100 characters, such as a random UUID.",
    ),
    (
        "proxy_decisions_pkey",
        "already_decided",
        "proposalId",
        "Somebody else has just decided on this proposal.",
    ),
    (
        "proxies_pkey",
        "proxy_version_taken",
        "proposalId",
        "Another proposal has become this version meanwhile; refuse this one, so that it can be proposed anew.",
    ),
    (
        "files_content_once",
        "file_already_there",
        "file",
        "The same file is attached to this application already.",
    ),
    (
        "submissions_version_key",
        "already_submitted",
        "",
        "This version has been submitted already.",
    ),
];

fn constraint_problem(name: &str) -> CaseError {
    CONSTRAINTS
        .iter()
        .find(|(constraint, ..)| *constraint == name)
        .map_or_else(
            || CaseError::Internal(format!("constraint {name} was violated")),
            |(_, code, path, message)| CaseError::problem(code, path, *message),
        )
}

/// What a deed returns.
pub type CaseResult<T> = Result<T, CaseError>;
